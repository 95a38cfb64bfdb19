"""Does whoever helps a person get copies of their letters: once, at their own address, and nobody else?"""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from api.delivery.sending import delivery_of
from api.wiring import Installation
from domain.account.commands import EndRepresentative, IssueStatement, NameRepresentative
from ledger.council import Council
from ledger.letters import State, Told, first_letter
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.integration.posting import told
from tests.integration.recording import ALICE, asking
from tests.integration.stating import TO, written_to

NADIA = {"name": "Nadia Ames", "address": "4 Weir Cottages\nNorth Stour\nEM4 6TD"}


@pytest.fixture
def ada(council: Council) -> UUID:
    """Somebody who was made a statement, by the account's fourth entry."""
    account_id = written_to(council, given_name="Ada", family_name="Ames")
    told(council, account_id, IssueStatement(to=TO, kind="on_request", known_at=NOON))
    return account_id


def helped(council: Council, account_id: UUID, *permissions: str, **words: str) -> UUID:
    """Somebody is named who helps; the entry that names them."""
    command = NameRepresentative.model_validate(
        {"authority": "informal", "permissions": permissions, "effective_from": TO, "evidence": "scan:1"}
    )
    done = council.ledger.handle(account_id, command, by=ALICE, now=NOON, request=asking(), texts=(words,))
    return done.entries[0].id


def put_in(council: Council, account_id: UUID) -> Told:
    """The letter about the statement waits."""
    about = Told(account_id, "statement", 4)
    Letters(council.app, council.names).ask(first_letter(about), about, by="bert", now=NOON)
    return about


def worked(installation: Installation, council: Council) -> Counter[State]:
    return delivery_of(installation, council, lambda: NOON).work()


def words_of(home: Path, council: Council, letter_id: UUID) -> str:
    """Every word of a letter that lies in the folder."""
    file = home / "letters" / "2026-11-22" / council.code / f"{letter_id}.pdf"
    pages = PdfReader(BytesIO(file.read_bytes())).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_copy_goes_to_the_helpers_own_address_and_says_that_it_is_one(
    installation: Installation, council: Council, ada: UUID, home: Path
) -> None:
    helped(council, ada, "view_finance", "correspond", **NADIA)
    about = put_in(council, ada)
    assert worked(installation, council) == {"sent": 2}
    copy = words_of(home, council, first_letter(about._replace(copy_for=5)))
    assert "Nadia Ames 4 Weir Cottages North Stour EM4 6TD" in copy
    assert "This is a copy. You have it because you help with this account." in copy
    assert "1 High Street" not in copy
    letter = words_of(home, council, first_letter(about))
    assert "1 High Street" in letter
    assert "This is a copy" not in letter


def test_the_copy_has_the_check_code_of_the_letter(
    installation: Installation, council: Council, ada: UUID, home: Path
) -> None:
    helped(council, ada, "correspond", **NADIA)
    about = put_in(council, ada)
    worked(installation, council)
    codes = [
        re.findall(r"check code (\S+)", words_of(home, council, first_letter(each)), re.IGNORECASE)
        for each in (about, about._replace(copy_for=5))
    ]
    assert codes[0]
    assert codes[0] == codes[1]


def test_who_may_only_see_figures_gets_no_copy(installation: Installation, council: Council, ada: UUID) -> None:
    helped(council, ada, "view_finance", **NADIA)
    put_in(council, ada)
    assert worked(installation, council) == {"sent": 1}


def test_a_letter_that_somebody_asked_for_is_not_copied(
    installation: Installation, council: Council, ada: UUID
) -> None:
    helped(council, ada, "correspond", **NADIA)
    Letters(council.app, council.names).ask(uuid4(), Told(ada, "statement", 4), by="ada", now=NOON)
    assert worked(installation, council) == {"sent": 1}


def test_a_letter_tried_again_is_copied_once(installation: Installation, council: Council, ada: UUID) -> None:
    helped(council, ada, "correspond", **NADIA)
    about = put_in(council, ada)
    delivery = delivery_of(installation, council, lambda: NOON)
    letter = delivery.letters.one(first_letter(about)).letter
    for _ in range(2):
        delivery._done(letter, NOON)  # as when whoever handed it over was killed before that was noted
    assert worked(installation, council) == {"sent": 2}


def test_without_an_address_somebody_is_told_to_find_it(
    installation: Installation, council: Council, ada: UUID
) -> None:
    helped(council, ada, "correspond", name="Nadia Ames")
    about = put_in(council, ada)
    assert worked(installation, council) == {"sent": 1, "failed": 1}
    (event,) = Letters(council.app, council.names).events(first_letter(about._replace(copy_for=5)))
    assert event.said == "no-address-for-copies"


def test_a_copy_that_waits_when_the_authority_ends_is_not_sent(
    installation: Installation, council: Council, ada: UUID
) -> None:
    named = helped(council, ada, "correspond", **NADIA)
    copy = put_in(council, ada)._replace(copy_for=5)
    letters = Letters(council.app, council.names)
    letters.ask(first_letter(copy), copy, by="bert", now=NOON)
    end = EndRepresentative(representative=str(named), ending_before=NOON.date(), reason_code="revoked")
    told(council, ada, end)
    assert worked(installation, council) == {"sent": 1, "failed": 1}
    assert [event.said for event in letters.events(first_letter(copy))] == ["nobody-to-write-to"]
