"""What every fact is: something that happened to one account, under a name it is stored by for good."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from domain.terms import Terms


class Fact(Terms):
    """Something that happened to one account, complete in itself, never changed."""

    TOPIC: ClassVar[str]

    if TYPE_CHECKING:  # a field in some facts, derived in others

        @property
        def effective_from(self) -> date:
            """The day from which the fact is true, whenever it was recorded."""

    @classmethod
    def on_the_terms_of(cls, terms: Terms) -> Self:
        """This fact with the fields of the terms it shares with the request for it."""
        return cls.model_validate_json(terms.model_dump_json(by_alias=True))


def type_of(fact: type[Fact] | Fact) -> str:
    """The fact's name for readers: its stored name without the version of its shape."""
    return fact.TOPIC.rpartition(".")[0]
