"""Does an auditor see one entry whole: who, from where, its place in the chain, and what it changed?"""

import hashlib
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.words import pounds
from domain.account.facts import AdjustmentProposed, PeriodPosted
from domain.account.progress import cap_progress
from domain.account.statement import canonical
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.integration.posting import posted_run
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import Office
from tests.pages.reading import read


def page_of(council: Council, account: UUID, version: int) -> str:
    entry = council.ledger.account(account).entries[version - 1]
    return f"/audit/accounts/{account}/entries/{entry.id}"


@pytest.mark.parametrize("version", range(1, 10))
def test_an_entry_is_told_as_the_api_tells_it_with_the_hash_before_it(
    auditor: FlaskClient, site: Flask, kept: Kept, version: int
) -> None:
    told = ApiCaller(site, kept.council.code, "auditor").get(f"/v1/care-accounts/{kept.mr_b}/history").get_json()
    entry = told["items"][version - 1]
    before = told["items"][version - 2]["hash"] if version > 1 else "0" * 64
    words = read(auditor, page_of(kept.council, kept.mr_b, version))
    for field in ("entry_id", "topic", "recorded_at", "recorded_by", "hash"):
        assert entry[field] in words
    assert f"Hash before it {before}" in words


@pytest.mark.parametrize("who", ["hourly", "late", "moved", "dead", "assessed"])
def test_what_it_changed_is_what_the_figures_were_before_and_after(
    auditor_of_everything: FlaskClient, everything: Everything, who: str
) -> None:
    council, account_id = everything.council, getattr(everything, who)
    account, moved = council.ledger.account(account_id), 0
    for entry in account.entries[1:]:
        on, scheme = account.entries[-1].recorded_at.date(), council.scheme
        words = read(auditor_of_everything, f"{page_of(council, account_id, entry.version)}?on={on}")
        before, after = (
            cap_progress(account.first(version), scheme, on).accrued_costs
            for version in (entry.version - 1, entry.version)
        )
        told = f"Accrued costs {pounds(before)} {pounds(after)} {pounds(after - before)}"
        assert (told in words) == (before != after)
        moved += before != after
    assert moved


def test_an_entry_that_moves_nothing_says_so_and_the_first_began_the_account(auditor: FlaskClient, kept: Kept) -> None:
    assert "Nothing differs: it changed no figure of this day." in read(auditor, page_of(kept.council, kept.mr_b, 9))
    assert "It began the account: before it there was no figure." in read(auditor, page_of(kept.council, kept.mr_b, 1))


def test_an_adjustment_names_who_approved_it_and_a_correction_what_it_corrects(
    auditor_of_everything: FlaskClient, everything: Everything
) -> None:
    council = everything.council
    account = council.ledger.account(everything.moved)
    proposed, _ = account.of(AdjustmentProposed)[0]
    words = read(auditor_of_everything, page_of(council, everything.moved, proposed.version))
    assert f"Approved by entry {proposed.version + 1}, recorded by h.lindqvist (finance approver)" in words
    voided, correction = next(iter(account.voided_by.items()))
    words = read(auditor_of_everything, page_of(council, everything.moved, voided))
    assert "This entry counts as nothing." in words
    assert f"Corrected by entry {correction.version}, recorded by {correction.recorded_by}" in words


def test_an_entry_says_by_which_request_it_came_and_with_what(
    auditor_of_everything: FlaskClient, site: Flask, council: Council, everything: Everything
) -> None:
    account_id = Office(council).open("P-1", "Ada", "Ames")
    body = {"assessed_on": "2026-11-02", "eligible": True, "eligible_from": "2026-11-02"}
    assessor = ApiCaller(site, council.code, "assessor")
    answer = assessor.post(f"/v1/care-accounts/{account_id}/needs-assessments", body, Idempotency_Key="a-key-of-theirs")
    assert answer.status_code == 201
    auditor = signed_in_client(site, council, "auditor")
    words = read(auditor, page_of(council, account_id, 2))
    assert "Came by A request Key of the request a-key-of-theirs SHA-256 of the request" in words
    void = next(iter(everything.council.ledger.account(everything.hourly).voided_by.values()))
    words = read(auditor_of_everything, page_of(everything.council, everything.hourly, void.version))
    assert f"Recorded together with entry {void.version + 1}" in words


def test_an_entry_of_a_run_has_no_request(site: Flask, council: Council) -> None:
    account_id = Office(council).mrs_a()
    posted_run(council)
    entry, _ = council.ledger.account(account_id).of(PeriodPosted)[0]
    auditor = signed_in_client(site, council, "auditor")
    words = read(auditor, page_of(council, account_id, entry.version))
    assert "Came by A run that went through many accounts" in words
    assert "Key of the request" not in words


def test_the_hashes_shown_can_be_made_again_by_hand(auditor: FlaskClient, kept: Kept) -> None:
    entry = kept.council.ledger.account(kept.mrs_a).entries[0]
    topic, data = entry.stored_form
    envelope = {
        "account_id": str(entry.account_id),
        "data": data,
        "previous": "0" * 64,
        "recorded_at": entry.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "recorded_by": entry.recorded_by,
        "role": entry.role,
        "topic": topic,
        "version": 1,
    }
    made = hashlib.sha256(b"\x00" + canonical(envelope)).hexdigest()
    assert f"Hash {made}" in read(auditor, page_of(kept.council, kept.mrs_a, 1))


def test_what_is_no_entry_of_the_account_is_not_found(auditor: FlaskClient, kept: Kept) -> None:
    other = kept.council.ledger.account(kept.mr_b).entries[0].id
    assert auditor.get(f"/audit/accounts/{kept.mrs_a}/entries/{other}").status_code == 404
    assert auditor.get(f"/audit/accounts/{kept.mrs_a}/entries/nothing").status_code == 404
    assert "Enter a day with its month" in read(auditor, f"{page_of(kept.council, kept.mr_b, 4)}?on=never", 422)


@pytest.mark.parametrize("who", ["hourly", "late", "moved"])
def test_the_chart_and_its_table_tell_what_was_counted_as_known_after_each_entry(
    auditor_of_everything: FlaskClient, everything: Everything, who: str
) -> None:
    council, account_id = everything.council, getattr(everything, who)
    account = council.ledger.account(account_id)
    on = account.entries[-1].recorded_at.date()
    path = f"/audit/accounts/{account_id}"
    html = auditor_of_everything.get(f"{path}?version={account.version}&on={on}").get_data(as_text=True)
    shown = account.entries[-8:]
    assert len(shown) == html.count('<a class="cl-point')
    for entry in shown:
        counted = cap_progress(account.first(entry.version), council.scheme, on).accrued_costs
        assert f'href="{path}?version={entry.version}&amp;on={on}"' in html
        assert f"entry {entry.version}: {pounds(counted)}" in html
