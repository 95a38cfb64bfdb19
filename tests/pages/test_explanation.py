"""Do the pages tell what makes up a figure: in plain words to the person, in full to staff, adding up for both?"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.explained import NAMES
from api.pages.words import pounds
from domain.account.explanation import FIGURES
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import Office, budget
from tests.pages.reading import grade, read, sentences_of, words_of
from tests.pages.test_audit import NAMES as PEOPLE
from tests.pages.test_plain_words import HARDEST, LONGEST, UNSAID

PATH = "/account/explanation"


def amounts(html: str) -> list[Decimal]:
    """The amounts of the outermost parts of a tree, in order, without the totals."""
    tree = html[html.index('<ul class="cl-tree">') :]
    lines = re.findall(r'<ul|</ul>|<p class="cl-tree__line ">.*?</p>', tree, re.DOTALL)
    depth, found = 0, []
    for line in lines:
        depth += {"<ul": 1, "</ul>": -1}.get(line, 0)
        if depth == 1 and line.startswith("<p"):
            found.append(Decimal(re.sub(r".*£([0-9,.]+)</span></p>", r"\1", line, flags=re.DOTALL).replace(",", "")))
        if depth == 0:
            break
    return found


def test_a_person_reads_how_the_total_was_worked_out(mrs_a: FlaskClient) -> None:
    words = read(mrs_a, PATH)
    assert "By 22 November 2026, £86,000.00 of your care costs count towards the cap." in words
    assert "2 October 2023 to 11 December 2025: 114 weeks and 4 days at £750.00 a week. £85,928.57" in words
    assert "12 December 2025: you reached the cap, so only the rest counts. £71.43" in words
    assert "£200.00 a week for food, heating and rent does not count. -£22,914.29" in words
    assert "a weekly cost of £950.00 from 2 October 2023" in words
    assert "nothing, as you had reached the cap. £0.00" in words
    assert "Together £86,000.00" in words


def test_what_a_person_reads_adds_up(mrs_a: FlaskClient) -> None:
    html = mrs_a.get(PATH).get_data(as_text=True)
    found = amounts(html)
    assert (len(found), sum(found)) == (3, Decimal("86000.00"))


@pytest.mark.parametrize("who", ["hourly", "late", "moved", "dead"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_person_reads_plain_words_of_every_figure_whatever_happened(
    site: Flask, everything: Everything, who: str, figure: str
) -> None:
    own = signed_in_client(site, everything.council, "citizen", getattr(everything, who))
    html = own.get(f"{PATH}?figure={figure}").get_data(as_text=True)
    sentences = sentences_of(html)
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST]
    assert grade(sentences) <= HARDEST
    assert UNSAID.findall(words_of(html)) == []


def test_a_figure_nobody_knows_is_taken_for_the_total(mrs_a: FlaskClient) -> None:
    assert "of your care costs count towards the cap" in read(mrs_a, f"{PATH}?figure=nothing")


def test_the_way_to_the_explanation_stands_beside_the_total(mrs_a: FlaskClient) -> None:
    html = mrs_a.get("/account").get_data(as_text=True)
    assert f'href="{PATH}"' in html
    for link in re.findall(rf'href="({PATH}[^"]*)"', html):
        assert mrs_a.get(link).status_code == 200


@pytest.mark.parametrize("figure", FIGURES)
def test_staff_read_the_tree_in_full_as_the_api_tells_it(
    finance: FlaskClient, site: Flask, kept: Kept, figure: str
) -> None:
    asked = f"figure={figure}&on=2025-12-11"
    api = ApiCaller(site, kept.council.code, "finance")
    words = read(finance, f"/accounts/{kept.mrs_a}/explanation?{asked}")

    def told(part: dict[str, object]) -> None:
        for said in (part["words"], part["arithmetic"], part["provision"]):
            assert str(said or "") in words
        if part["amount"] is not None:
            assert pounds(str(part["amount"])) in words
        law = part["parameter"]
        if isinstance(law, dict):
            assert (
                f"{law['amount']} {law['unit']} from 1 October 2023 ({law['authority']}; {law['certainty']};" in words
            )
        for child in part["children"]:  # type: ignore[attr-defined]
            told(child)

    told(api.get(f"/v1/care-accounts/{kept.mrs_a}/explanation?{asked}").get_json())
    if figure not in ("percent", "expected_to_reach_cap_on"):
        assert "This is the figure." in words
    assert NAMES[figure] in words  # type: ignore[index]


def test_entries_lead_to_where_they_are_listed(finance: FlaskClient, auditor: FlaskClient, kept: Kept) -> None:
    staff = finance.get(f"/accounts/{kept.mrs_a}/explanation?known_at=2026-01-05").get_data(as_text=True)
    assert f'href="/accounts/{kept.mrs_a}/entries?known_at=2026-01-05#entry-3"' in staff
    audit = auditor.get(f"/audit/accounts/{kept.mrs_a}/explanation").get_data(as_text=True)
    assert f'href="/audit/accounts/{kept.mrs_a}#entry-3"' in audit


def test_an_auditor_reads_the_tree_as_it_was_known(auditor: FlaskClient, kept: Kept) -> None:
    path = f"/audit/accounts/{kept.mr_b}/explanation?on=2026-02-15"
    at = "known_at-day=20&known_at-month=2&known_at-year=2026"
    before = read(auditor, f"{path}&{at}&time=14:03:20")
    after = read(auditor, f"{path}&{at}&time=14:03:21")
    assert "Accrued costs: £42,700.00" in before
    assert "Accrued costs: £43,975.00" in after
    assert "You are looking at the past" in after
    assert "Accrued costs: £42,700.00" in read(auditor, f"{path}&version=6")
    assert "(the lower of 350.00 and 900.00) ÷ 7" in before


def test_an_auditor_reads_no_name_and_nothing_from_the_vault(
    auditor: FlaskClient, kept: Kept, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise AssertionError("the vault was opened")

    monkeypatch.setattr(site.extensions["careledger"].council(kept.council.code).people, "_rows", closed)
    for page in ("explanation", "compare?on=2026-02-15"):
        html = auditor.get(f"/audit/accounts/{kept.mr_b}/{page}").get_data(as_text=True)
        assert kept.council.ledger.account(kept.mr_b).opened.reference in html
        assert not [name for name in PEOPLE if name in html]


@pytest.mark.parametrize(
    ("asked", "mended"),
    [("on=never", "Enter a day with its month and year"), ("version=99", "Enter a whole number from 1 to 9")],
)
def test_what_an_auditor_typed_wrong_is_mended(auditor: FlaskClient, kept: Kept, asked: str, mended: str) -> None:
    for page in ("explanation", "compare"):
        assert mended in read(auditor, f"/audit/accounts/{kept.mr_b}/{page}?{asked}", 422)


def test_mrs_a_s_total_is_explained_on_the_eve_of_the_cap(site_at: object, kept: Kept) -> None:
    eve = site_at(datetime(2025, 12, 11, 15, tzinfo=UTC))  # type: ignore[operator]
    own = signed_in_client(eve, kept.council, "citizen", kept.mrs_a)
    assert "Together £85,928.57" in read(own, PATH)
    words = read(own, f"{PATH}?figure=expected_to_reach_cap_on")
    assert "If nothing changes, you reach the cap on 12 December 2025." in words


@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_a_link_that_is_copied_shows_the_same_though_more_is_known_since(
    site_at: Callable[[datetime], Flask], new_council: Callable[[], Council], role: str
) -> None:
    office = Office(new_council())
    account = office.mrs_a()
    path = f"/accounts/{account}/explanation" if role == "finance" else f"/audit/accounts/{account}/explanation"
    then = datetime(2024, 3, 31, 15, 4, 5, 123456, tzinfo=UTC)
    page = signed_in_client(site_at(then), office.council, role).get(path).get_data(as_text=True)
    (link,) = re.findall(r'id="link" type="text" value="([^"]*)" readonly', page)
    assert link.startswith(f"http://localhost{path}?figure=accrued_costs&amp;on=2024-03-31&amp;known_at=2024-03-31T15")
    office.record(account, budget("500.00", date(2023, 10, 2)), datetime(2024, 4, 2, 9, tzinfo=UTC))
    later = signed_in_client(site_at(datetime(2024, 5, 1, tzinfo=UTC)), office.council, role)
    again = later.get(unescape(link)).get_data(as_text=True)
    assert "Accrued costs: £19,500.00" in words_of(again)
    assert link in again
    assert "Accrued costs: £19,500.00" not in read(later, f"{path}?on=2024-03-31")


@pytest.mark.parametrize("moment", ["2027-01-01T00:00:00Z", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z"])
def test_a_link_to_a_moment_that_is_none_is_told(finance: FlaskClient, kept: Kept, moment: str) -> None:
    assert "There is a problem" in read(finance, f"/accounts/{kept.mr_b}/explanation?known_at={moment}", 422)
