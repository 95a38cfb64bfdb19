"""How a fault is written down for us: where it arose, and none of the values it arose from."""

from traceback import format_tb


def without_values(fault: BaseException) -> str:
    """The kinds of a fault and of what led to it, with the lines of code they came from.

    Messages are left out: a database repeats the row it could not take, names and all.
    """
    led_to_it = fault.__cause__ or fault.__context__
    before = f"{without_values(led_to_it)}\nwhich led to\n" if led_to_it else ""
    return f"{before}{''.join(format_tb(fault.__traceback__))}{type(fault).__module__}.{type(fault).__qualname__}"
