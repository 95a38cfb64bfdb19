"""Does a statement say on which entry it rests, in every form, so that a history written anew contradicts it?"""

from uuid import UUID

import pytest

from api.letters import headed
from api.letters.reperforming import reperformed
from api.letters.statement import FIRST_TEMPLATE
from api.wiring import Installation
from domain.account.facts import StatementIssued
from ledger.council import Council
from ledger.evidence.missing import fill_in
from tests.api.caller import ApiCaller
from tests.integration.conftest import Admin
from tests.letters.reading import said_on, squeezed

MADE = {"to": "2024-03-31", "kind": "annual"}


def made(finance: ApiCaller, account: UUID) -> str:
    """The address of a statement that is made."""
    answer = finance.post(f"/v1/care-accounts/{account}/statements", MADE)
    assert answer.status_code == 201
    return f"/v1/care-accounts/{account}/statements/{answer.get_json()['statement_id']}"


def same(council: Council, account_id: UUID) -> bool:
    """Whether the last statement comes out byte for byte when it is made again."""
    account = council.ledger.account(account_id)
    return reperformed(council, account, account.of(StatementIssued)[-1][0]).same


def test_a_statement_names_the_last_entry_it_rests_on_in_every_form(finance: ApiCaller, mrs_a: UUID) -> None:
    address = made(finance, mrs_a)
    history = finance.get(f"/v1/care-accounts/{mrs_a}/history").get_json()["items"]
    before = history[-2]
    document = finance.get(address).get_json()["document"]
    assert document["head"] == {"version": len(history) - 1, "position": len(history) - 1, "hash": before["hash"]}
    said = f"It rests on the first {len(history) - 1} entries of the account."
    assert said in document["proof"]
    for shown in (
        finance.get(f"{address}?format=html").get_data(as_text=True),
        *(said_on(finance.get(f"{address}?format=pdf&print={size}").data) for size in (14, 18, 22)),
    ):
        words = squeezed(shown).replace(" ", "")
        assert said.replace(" ", "") in words
        assert f"Itsfingerprintis{before['hash']}." in words


def test_a_statement_of_before_says_nothing_of_it_and_is_the_same_bytes(
    council: Council, finance: ApiCaller, mrs_a: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(headed, "NEWEST_TEMPLATE", FIRST_TEMPLATE)
        document = finance.get(made(finance, mrs_a)).get_json()["document"]
    assert (document["template"], "head" in document, "fingerprint" in document["proof"]) == (
        FIRST_TEMPLATE,
        False,
        False,
    )
    assert same(council, mrs_a)


def test_a_history_that_is_written_anew_with_all_its_hashes_is_not_what_the_statement_says(
    council: Council, finance: ApiCaller, mrs_a: UUID, admin: Admin, installation: Installation
) -> None:
    made(finance, mrs_a)
    assert same(council, mrs_a)
    with admin() as statements:
        statements.execute(f"UPDATE {council.names.schema}.events SET leaf = NULL, role = 'assessor'")
    with installation.administering() as owner:
        fill_in(owner, council.names)
    assert not same(council, mrs_a)
