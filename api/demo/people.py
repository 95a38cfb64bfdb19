"""Who is fictitious person number n? Nobody: the names, numbers and addresses are ones that no real person can have."""

from datetime import date
from random import Random

import nhs_number

from api.demo import names
from domain.account.facts import Setting
from ledger.reference import NoReference, read_reference
from ledger.vault.person import Contact, Person

FIRST_LOCAL_ID = 1001
_BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def local_id(number: int) -> str:
    """The council's own identifier of person 0, 1, 2 and so on."""
    return f"P-{FIRST_LOCAL_ID + number}"


def person(number: int, born: date, day: date, setting: Setting) -> Person:
    """The person of a number, whose name is fit for the age they have on the day."""
    rng = Random(f"care account demonstration, person {number}")
    given = rng.choice(_given_names(day.year - born.year, rng))
    street = rng.choice(names.CARE_HOMES) if setting == "care_home" else f"{rng.randint(1, 120)}"
    postcode = f"EM{rng.randint(1, 9)} {rng.randint(1, 9)}{rng.choice(_INWARD)}{rng.choice(_INWARD)}"
    return Person(
        local_id=local_id(number),
        nhs_number=synthetic_nhs_number(number),
        given_name=given,
        family_name=names.FAMILIES[number * 41 % len(names.FAMILIES)],
        date_of_birth=born,
        postcode=postcode,
        contact=Contact(
            phone=f"01632 960 {rng.randint(1, 999):03}" if rng.randrange(3) else None,
            address=_address(street, rng, postcode),
        ),
    )


def _given_names(age: int, rng: Random) -> tuple[str, ...]:
    """The names of a generation; of the oldest, two in three are women."""
    if age > 65:
        return rng.choice((names.OLDER_WOMEN, names.OLDER_WOMEN, names.OLDER_MEN))
    return names.IN_MIDDLE_AGE if age > 42 else names.YOUNGER


def _address(house: str, rng: Random, postcode: str) -> tuple[str, ...]:
    street, town = rng.choice(names.STREETS), rng.choice(names.TOWNS)
    first = (f"{house} {street}",) if house.isdigit() else (house, street)
    return (*first, town, postcode)


def synthetic_nhs_number(number: int) -> str:
    """A number from the range that the NHS keeps for tests and never gives to a patient."""
    digits = 999_000_000 + number * 97
    while (check := nhs_number.calculate_checksum(str(digits))) == 10:  # the sum that no digit stands for
        digits += 1
    return f"{digits}{check}"


def reference(number: int) -> str:
    """The account reference of a person, the same at every filling; its check character fits."""
    rng = Random(f"care account demonstration, reference {number}")
    while True:
        signs = "".join(rng.choices(_BASE_32, k=7))
        for check in _BASE_32:
            try:
                return read_reference(f"{signs}{check}")
            except NoReference:
                continue
