"""What is known of a person, and how each part of it must be written."""

import re
from typing import Annotated, Any

import nhs_number
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.dates import Day
from domain.terms import Code, Terms
from ledger.vault.words import Text


def _nhs_number(value: str) -> str:
    digits = value.replace(" ", "").replace("-", "")
    if not re.fullmatch(r"[0-9]{10}", digits, re.ASCII) or not nhs_number.is_valid(digits):
        raise PydanticCustomError(
            "nhs_number", "This is no NHS number: compare the ten digits, the last is a check on the others."
        )
    return digits


def _postcode(value: str) -> str:
    compact = "".join(value.split()).upper()
    if not re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", compact, re.ASCII):
        raise PydanticCustomError("postcode", 'Write a full UK postcode, for example "CM1 1QH".')
    return f"{compact[:-3]} {compact[-3:]}"


def _schema(**described: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **described})


NhsNumber = Annotated[str, AfterValidator(_nhs_number), _schema(pattern="^[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}$")]
"""Ten digits, the last a check on the others; kept without spaces."""

Postcode = Annotated[
    str, AfterValidator(_postcode), _schema(pattern="^ *[A-Za-z]{1,2}[0-9][A-Za-z0-9]? *[0-9][A-Za-z]{2} *$")
]
"""A full UK postcode; kept in capitals with its space."""


class Contact(Terms):
    """How to reach the person."""

    email: Text | None = None
    phone: Text | None = None
    address: tuple[Text, ...] = ()


class Person(Terms):
    """The person an account is kept for. Only the council's own identifier is required."""

    local_id: Code
    nhs_number: NhsNumber | None = None
    given_name: Text | None = None
    family_name: Text | None = None
    date_of_birth: Day | None = None
    postcode: Postcode | None = None
    contact: Contact = Contact()

    @property
    def name(self) -> str | None:
        """The name as it is written to the person, if any is known."""
        return " ".join(part for part in (self.given_name, self.family_name) if part) or None

    @property
    def sorted_name(self) -> str | None:
        """The name as a list shows it: the family name first."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part) or None


def as_written(fields: dict[str, Any]) -> Person:
    """The person that the vault's columns hold; they were checked when they were written."""
    return Person.model_construct(**fields | {"contact": Contact.model_validate(fields["contact"], strict=False)})
