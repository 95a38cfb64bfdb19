"""Has everything that can be recorded words for staff and for the person, and is it shown whether it counts?"""

import re

import pytest
from flask.testing import FlaskClient

from api.pages import unsettled
from api.pages.listed import listed
from api.pages.recorded import for_staff
from api.pages.recorded.person import thing
from domain.account.commands import Correct, EvidenceOpening
from domain.account.facts import BY_TOPIC, Fact
from tests.pages.everything import Everything
from tests.pages.office import carried_in
from tests.pages.reading import read, words_of
from tests.pages.test_changes import FIRST, Told


@pytest.mark.parametrize("kind", BY_TOPIC.values(), ids=BY_TOPIC)
def test_every_kind_of_fact_has_words_for_staff_and_for_the_person(kind: type[Fact], everything: Everything) -> None:
    accounts = [everything.council.ledger.account(account) for account in everything.accounts]
    recorded = [(entry.fact, account) for account in accounts for entry in account.entries if type(entry.fact) is kind]
    assert recorded, "let it happen to one of the accounts of everything.py"
    for fact, account in recorded:
        heading, sentence = for_staff(fact, account)
        assert heading[0].isupper()
        assert sentence.endswith(".")
        assert re.match(r"(a|an|the|your|our|proof) ", thing(fact, account))


@pytest.mark.parametrize(
    "said",
    [
        "£12,345.67 accrued and £0.00 of daily living costs at the start of 1 April 2025, from another council,",
        "from another council, reference T-77.",
        "Evidence bundle-7 for the balance of entry 2 was seen on 11 September 2025.",
        "£416.00 for 1 May 2025 to 28 May 2025, reference INV-1.",
        "£416.00 for 1 May 2025 to 28 May 2025, reference INV-1, counts as nothing. Reason: charged twice.",
        "£25.00 taken off accrued costs on 10 September 2025, reason: ombudsman decision. It counts once",
        "on 10 September 2025, reason: ombudsman decision, asked for by alice in entry 16.",
        'Entry 19, "Account closed", counts as nothing. Reason: wrong person. Nothing stands in its place.',
        'Entry 8, "Charge raised", counts as nothing. Reason: wrong amount. The next entry stands in its place.',
        "About the days 1 July 2025 to 28 July 2025 of a statement. Raised on 23 September 2025, to be answered by",
        'About entry 9, "Charge raised". Raised on 16 November 2026, to be answered by 16 May 2027.',
        "Dispute answered: partly upheld by alice (finance)",
        "Answered on 6 October 2025, the dispute of entry 22.",
        "In words: I was in hospital.",
    ],
)
def test_staff_read_what_was_recorded(finance_of_everything: FlaskClient, everything: Everything, said: str) -> None:
    words = read(finance_of_everything, f"/accounts/{everything.moved}/entries")
    assert said in words


def test_a_posted_period_and_a_reopening_have_words(finance_of_everything: FlaskClient, everything: Everything) -> None:
    late = read(finance_of_everything, f"/accounts/{everything.late}/entries")
    assert "To the close of 25 March 2026: 2 lines, £11,840.71 accrued, under the scheme reform-2023." in late
    dead = read(finance_of_everything, f"/accounts/{everything.dead}/entries")
    assert "Kept again from 1 October 2024. Reason: came back." in dead


def entry(html: str, version: int) -> str:
    """One entry of a list."""
    return html.partition(f'id="entry-{version}"')[2].partition('<li class="cl-timeline__item"')[0]


@pytest.mark.parametrize("page", ["/accounts/{}/entries", "/audit/accounts/{}"])
def test_an_entry_that_was_corrected_is_struck_and_leads_to_its_correction_and_back(
    finance_of_everything: FlaskClient, auditor_of_everything: FlaskClient, everything: Everything, page: str
) -> None:
    client = auditor_of_everything if page.startswith("/audit") else finance_of_everything
    html = client.get(page.format(everything.moved)).get_data(as_text=True)
    wrong, correction, instead = entry(html, 8), entry(html, 13), entry(html, 14)
    assert '<s class="cl-voided">8. Charge raised</s>' in wrong
    assert "Corrected This entry counts as nothing. Reason: wrong amount." in words_of(wrong)
    assert 'Corrected by <a class="govuk-link" href="#entry-13">entry 13</a>' in wrong
    assert 'Corrects <a class="govuk-link" href="#entry-8">entry 8</a>' in correction
    assert 'Puts in its place <a class="govuk-link" href="#entry-14">entry 14</a>' in correction
    assert 'In the place of <a class="govuk-link" href="#entry-8">entry 8</a>' in instead
    assert "<s " not in correction + instead


@pytest.mark.parametrize(
    ("version", "words", "other"),
    [
        (2, "Proved by", 18),
        (18, "Proves", 2),
        (7, "Retracted by", 12),
        (12, "Retracts", 7),
        (16, "Approved by", 17),
        (17, "Approves", 16),
        (22, "Answered by", 23),
        (23, "Answers", 22),
        (22, "About", 11),
        (11, "Disputed by", 22),
        (27, "About", 9),
    ],
)
def test_entries_that_belong_together_lead_to_each_other(
    finance_of_everything: FlaskClient, everything: Everything, version: int, words: str, other: int
) -> None:
    html = finance_of_everything.get(f"/accounts/{everything.moved}/entries").get_data(as_text=True)
    assert f'{words} <a class="govuk-link" href="#entry-{other}">entry {other}</a>' in entry(html, version)


def test_before_the_correction_was_known_the_entry_counts(
    finance_of_everything: FlaskClient, everything: Everything
) -> None:
    html = finance_of_everything.get(f"/accounts/{everything.moved}/entries?known_at=2025-09-03").get_data(as_text=True)
    assert "cl-voided" not in html
    assert "counts as nothing" in words_of(html)  # the charge retracted on that day
    assert "Corrected" not in words_of(html)


def test_an_auditor_is_shown_no_words_that_stand_in_the_vault(
    auditor_of_everything: FlaskClient, everything: Everything
) -> None:
    assert "I was in hospital." not in read(auditor_of_everything, f"/audit/accounts/{everything.moved}")


def test_as_an_entry_left_the_account_what_came_later_is_not_named(
    auditor_of_everything: FlaskClient, everything: Everything
) -> None:
    html = auditor_of_everything.get(f"/audit/accounts/{everything.moved}?version=13").get_data(as_text=True)
    assert "Corrects" in entry(html, 13)
    assert "entry-14" not in html


def test_what_was_proved_by_mistake_is_proved_no_more() -> None:
    told = Told().hears(carried_in(FIRST, "1000.00"))
    told.hears(EvidenceOpening(opening=told.id(2), on=FIRST, evidence="bundle-7"))
    told.hears(Correct(entry_id=told.id(3), reason_code="another-bundle"))
    _, evidence, opening, _ = listed(told.account)
    assert opening.links == ()
    assert {link.words for link in evidence.links} == {"Corrected by", "Proves"}
    assert evidence.corrected_because == "another bundle"
    assert [carried.evidence for carried in unsettled.carried_in(told.account)] == [None]
