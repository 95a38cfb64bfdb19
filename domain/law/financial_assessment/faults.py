"""How is it told that a request, well written as it is, cannot be assessed?"""


class CannotBeAssessed(Exception):
    """The assessment cannot be made as asked. `field` is where, from the outermost; the message says what to do."""

    def __init__(self, field: tuple[str | int, ...], sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
