"""Does an auditor see what was known and when, exactly, and nobody's name?"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.dates import instant_text
from tests.api.caller import ApiCaller
from tests.pages.conftest import Kept
from tests.pages.reading import read, words_of

NAMES = ("Ames", "Ada ", "O'Brien", "O&#39;Brien", "Bert", "Clough", "Desai", "P-100", "High Street", "2 May 1941")


def test_an_auditor_finds_accounts_by_reference_and_sees_no_name(auditor: FlaskClient, kept: Kept) -> None:
    reference = kept.council.ledger.account(kept.mr_b).opened.reference
    pages = ["/audit/accounts", f"/audit/accounts?q={reference}", f"/audit/accounts/{kept.mr_b}"]
    pages += [f"/audit/accounts/{kept.mr_b}?version={version}" for version in (1, 9)]
    for page in pages:
        html = auditor.get(page).get_data(as_text=True)
        assert reference in html
        assert not [name for name in NAMES if name in html]
    assert "1 account," in read(auditor, pages[1])


def test_nothing_of_these_pages_is_read_from_the_vault(
    auditor: FlaskClient, kept: Kept, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = site.extensions["careledger"].council(kept.council.code)

    def closed(*_: object) -> None:
        raise AssertionError("the vault was opened")

    monkeypatch.setattr(council.people, "_rows", closed)
    assert auditor.get("/audit/accounts").status_code == 200
    assert auditor.get(f"/audit/accounts/{kept.mr_b}").status_code == 200


def test_what_is_no_reference_is_told_so(auditor: FlaskClient) -> None:
    assert "This is no account reference" in read(auditor, "/audit/accounts?q=Ames", 422)


@pytest.mark.parametrize("version", range(1, 10))
def test_every_entry_is_shown_as_the_api_tells_it(auditor: FlaskClient, site: Flask, kept: Kept, version: int) -> None:
    api = ApiCaller(site, kept.council.code, "auditor")
    told = api.get(f"/v1/care-accounts/{kept.mr_b}/history").get_json()["items"]
    assert len(told) == 9
    words = read(auditor, f"/audit/accounts/{kept.mr_b}?version={version}")
    for entry in told[:version]:
        for figure in ("entry_id", "hash", "recorded_at"):
            assert entry[figure] in words
        assert f"by {entry['recorded_by']} ({entry['role']})" in words
    assert not [entry for entry in told[version:] if entry["hash"] in words]


def test_an_entry_is_known_from_its_instant_on_and_not_before(auditor: FlaskClient, kept: Kept) -> None:
    page = f"/audit/accounts/{kept.mr_b}?known_at-day=20&known_at-month=2&known_at-year=2026&on=2026-02-15"
    assert "Accrued costs £42,700.00" in read(auditor, f"{page}&time=14:03:20")
    known = read(auditor, f"{page}&time=14:03:21")  # recorded 0.123456 seconds into that second
    assert "Accrued costs £43,975.00" in known
    assert "as known on 20 February 2026 at 2:03:21pm" in known
    assert "Recorded 20 February 2026 at 2:03:21pm." in known
    assert "Recorded at 2026-02-20T14:03:21.123456Z" in known


def test_an_account_as_an_entry_left_it_has_the_figures_of_its_day(auditor: FlaskClient, kept: Kept) -> None:
    words = read(auditor, f"/audit/accounts/{kept.mrs_a}?version=3")
    assert "Correct up to 3 October 2023, as known on 3 October 2023 at 10:30:00am" in words
    assert "Accrued costs £214.29" in words
    assert "You are looking at the past" in words


def test_the_ways_to_the_entries_beside_it_end_where_the_entries_end(auditor: FlaskClient, kept: Kept) -> None:
    path = f"/audit/accounts/{kept.mr_b}"
    middle = auditor.get(f"{path}?version=5").get_data(as_text=True)
    assert f'href="{path}?version=4"' in middle
    assert f'href="{path}?version=6"' in middle
    assert "Entry 6, 16 February 2026" in words_of(middle)
    assert "Previous entry" not in read(auditor, f"{path}?version=1")
    newest = read(auditor, path)
    assert "Next entry" not in newest
    assert "You are looking at the past" not in newest


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ("version=10", "Enter a whole number from 1 to 9"),
        ("version=last", "Enter a whole number from 1 to 9"),
        ("time=14:30", "Enter the day as well as the time"),
        ("known_at-day=1&known_at-month=1&known_at-year=2026&time=late", "Enter a time on the 24-hour clock"),
        ("known_at-day=1&known_at-month=1&known_at-year=2023", "Nothing was recorded of this account by then"),
        ("on=never", "Enter a day with its month and year"),
    ],
)
def test_what_cannot_be_read_is_mended(auditor: FlaskClient, kept: Kept, asked: str, mended: str) -> None:
    assert mended in read(auditor, f"/audit/accounts/{kept.mr_b}?{asked}", 422)


def test_every_field_of_a_fact_is_shown_as_it_is_stored(auditor: FlaskClient, kept: Kept) -> None:
    entry = kept.council.ledger.account(kept.mr_b).entries[3]
    words = read(auditor, f"/audit/accounts/{kept.mr_b}?version=4")
    stored = entry.fact.model_dump(mode="json", by_alias=True)
    assert instant_text(entry.recorded_at) in words
    for field, value in stored.items():
        said = {None: "none", False: "no", True: "yes"}.get(value, value)
        assert f"{field.replace('_', ' ').capitalize()} {said}" in words
