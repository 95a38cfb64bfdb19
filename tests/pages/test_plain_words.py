"""Can the pages of the person be read by somebody who left school at eleven?"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask

from api.pages.anyone.signing_in.account import WHY_NOT as NOT_SIGNED_IN
from api.pages.metering import METERING
from domain.account.assessments import assessments
from domain.account.explanation.words import WHY_NOT
from domain.account.facts import StatementIssued
from ledger.council import Council
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.estimating import SPREAD, go_through
from tests.pages.everything import Everything
from tests.pages.office import Office
from tests.pages.reading import grade, sentences_of, words_of
from tests.pages.test_changes import LATE, PUT_RIGHT
from tests.pages.test_questions import DAYS, NEW, held, sent

LONGEST = 20  # words in a sentence
HARDEST = 6.0  # grade; a pupil of grade 6 is 11
FORMAL_NAME = "The full name of this is a deferred payment agreement."
"""Said once, so that a person finds their agreement in a letter or the law."""
SIGNING_IN = (
    "/",
    "/still-there",
    "/sign-in?council={council}",
    "/sign-in?go=1",
    "/sign-in/phone?council={council}",
    "/sign-in/code?council={council}",
    "/sign-in/account?council={council}",
    *(f"/sign-in/failed?why={why}" for why in NOT_SIGNED_IN),
)
IF_THINGS_CHANGE = "/account/if-things-change"
OF_EVERYBODY = (
    "/account",
    "/account/money-check",
    "/account/delayed-payments",
    "/account/changes",
    "/account/questions",
    "/account/questions/new",
    "/account/moving",
    IF_THINGS_CHANGE,
    f"{IF_THINGS_CHANGE}?what=cost&asked=amount",
    f"{IF_THINGS_CHANGE}?what=cost&amount=700.00",
    f"{IF_THINGS_CHANGE}?what=home&amount=1000.00",
    f"{IF_THINGS_CHANGE}?what=income&kind=state_pension&amount=20.00",
)
"""Pages on which every account has something to say, in whatever state it is."""
UNSAID = re.compile(
    r"\b(accrued|metered|metering|daily living costs|personal budget|IPB|top-?up|adjustment|deferred payment|"
    r"outstanding|wks|please|pursuant|liability|commenced|eligible needs)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="session")
def pages(site: Flask, kept: Kept, everything: Everything, new_council: Callable[[str], Council]) -> dict[str, str]:
    """Every page that a person can meet, in each state of an account."""
    office = Office(new_council("national"))
    account = office.mrs_a()
    statement = office.statement(account, date(2026, 3, 31), datetime(2026, 4, 1, 9, tzinfo=UTC))
    asked = [
        (kept.council, kept.mrs_a, f"/account/statements/{kept.statement_a}"),
        (kept.council, kept.mr_b, "/account"),
        (kept.council, kept.mr_b, "/account/statements"),
        (kept.council, kept.mr_b, f"/account/statements/{kept.first_b}"),
        (kept.council, kept.mr_b, f"/account/statements/{kept.second_b}"),
        (kept.council, kept.mrs_a, "/account"),
        (kept.council, kept.mrs_c, "/account"),
        (kept.council, kept.mr_d, "/account"),
        (kept.council, kept.mr_d, "/account/statements"),
        (kept.council, kept.mr_b, "/account/who-looked?own=yes"),
        (kept.council, kept.mr_d, "/account/who-looked"),
        (kept.council, kept.mr_d, "/account/people"),
        (kept.council, kept.mr_d, "/account/people/new"),
        (everything.council, everything.moved, "/account/people"),
        (kept.council, kept.mr_d, "/nothing-here"),
        (kept.council, kept.mr_d, "/accounts"),
        (office.council, account, "/account"),
        (office.council, account, f"/account/statements/{statement}"),
        (office.council, account, "/account/changes"),
        (office.council, account, f"{IF_THINGS_CHANGE}?what=cost&amount=700.00"),
    ]
    for own in everything.accounts:
        asked += [(everything.council, own, path) for path in OF_EVERYBODY]
        asked += [
            (everything.council, own, f"/account/changes?since={made.id}")
            for made, _ in everything.council.ledger.account(own).of(StatementIssued)
        ]
        for check, _ in assessments(everything.council.ledger.account(own)):
            asked.append((everything.council, own, f"/account/money-check?entry={check.id}"))
        for made, _ in everything.council.ledger.account(own).of(StatementIssued):
            asked.append((everything.council, own, f"/account/statements/{made.id}"))
    found = {}
    for council, own, path in asked:
        client = signed_in_client(site, council, "citizen", own)
        found[f"{own} {path}"] = client.get(path).get_data(as_text=True)
    for path in SIGNING_IN:
        client = site.test_client()
        found[path] = client.get(path.format(council=kept.council.code)).get_data(as_text=True)
    for path in ("/", "/contact", "/accessibility", "/privacy", "/cookies"):
        found[f"anybody {path}"] = site.test_client().get(path).get_data(as_text=True)
    found["signed out"] = site.test_client().get("/account").get_data(as_text=True)
    return found | dict(_estimates(site, kept.council)) | dict(_asking(site, office.council, account))


def _asking(site: Flask, council: Council, account: UUID) -> Iterator[tuple[str, str]]:
    """The pages that are only reached by asking a question: with a mistake, checked, and sent."""
    ada = signed_in_client(site, council, "citizen", account)
    yield "a question with a mistake", sent(ada, about="some-days").get_data(as_text=True)
    paper = (BytesIO(b"%PDF-1.7 a diary"), "diary.pdf")
    wrong = sent(ada, text="Nobody came.", paper=paper).get_data(as_text=True)
    yield "a question with a paper and a mistake", wrong
    check = ada.post(NEW, data=held(wrong) | DAYS | {"text": "Nobody came."}).get_data(as_text=True)
    yield "a question checked", check
    done = ada.post(NEW, data=held(check) | {"do": "record"})
    yield "a question sent", ada.get(done.headers["Location"]).get_data(as_text=True)
    yield "a question that waits", ada.get("/account/questions").get_data(as_text=True)


def _estimates(site: Flask, council: Council) -> Iterator[tuple[str, str]]:
    """Every page of the estimate, with whatever is asked on the way."""
    for name, answers in SPREAD.items():
        client = site.test_client()
        client.get(f"/estimate?council={council.code}")
        asked = go_through(client, answers)
        for part in ("", *(f"/{slug}" for slug in asked), "/check-answers", "/result", "/send"):
            yield f"{name} /estimate{part}", client.get(f"/estimate{part}").get_data(as_text=True)


def test_no_sentence_is_longer_than_twenty_words(pages: dict[str, str]) -> None:
    sentences = {sentence for html in pages.values() for sentence in sentences_of(html)}
    assert len(sentences) > 50
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST]


def test_each_page_reads_at_the_age_of_eleven_or_below(pages: dict[str, str]) -> None:
    grades = {name: grade(sentences_of(html)) for name, html in pages.items()}
    assert {name: found for name, found in grades.items() if found > HARDEST} == {}


def test_the_office_s_own_words_are_not_used(pages: dict[str, str]) -> None:
    said = [words_of(html).replace(FORMAL_NAME, "", 1) for html in pages.values()]
    found = {word for words in said for word in UNSAID.findall(words)}
    assert found == set()


def test_the_measure_tells_a_hard_sentence_from_an_easy_one() -> None:
    assert grade(["We count what your care costs."]) < HARDEST
    assert (
        grade(["Metered expenditure accrues notwithstanding any discretionary disregard of contributory capital."]) > 15
    )


def test_every_state_of_an_account_has_words_for_the_person() -> None:
    assert set(WHY_NOT) == set(METERING) - {"metering"}


def test_every_sentence_about_what_was_late_or_wrong_is_short_and_easy() -> None:
    rows = [*(why for _, _, why, _ in LATE.values()), *(f"On 4 July 2024 {said}." for *_, said in PUT_RIGHT.values())]
    sentences = [sentence for why in rows for sentence in sentences_of(f"<p>{why}</p>")]
    assert len(sentences) > 2 * len(LATE) - 1
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST]
    assert grade(sentences) <= HARDEST
