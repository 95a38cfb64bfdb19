"""Is a notice on paper accessible, in plain words, and does it say the figures that it rests on?"""

from datetime import date

import pytest

from api.letters.notice import notice_letter
from api.letters.plain import PlainLetter
from api.letters.typesetting import PRINT_SIZES, pdf
from domain.account.commands import GiveNotices
from domain.account.facts import NoticeGiven
from domain.account.figures import PrintSize
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.letters.reading import said_on, squeezed
from tests.letters.states import COUNCIL, somebody
from tests.letters.test_paper import faults_of
from tests.pages.reading import grade, sentences_of
from tests.rules.asking import NOW, asked
from tests.rules.build import REFORM_2023, account, budget, needs, self_funder
from tests.rules.test_notices import IN_FORCE

LACKING: dict[str, CareAccount] = {
    "needs": account(),
    "cost": account(needs()),
    "money check": account(needs(), budget("300.00", kind="personal")),
}


def letter(found: CareAccount, on: str, scheme: Scheme = IN_FORCE) -> PlainLetter:
    """The first notice of the account on a day."""
    given = asked(found, GiveNotices(on=date.fromisoformat(on), known_at=NOW), scheme=scheme)
    entry, _ = given.of(NoticeGiven)[-1]
    return notice_letter(COUNCIL, given, entry, scheme, somebody())


LETTERS: dict[str, PlainLetter] = {
    "near": letter(self_funder(), "2024-06-30"),
    "most": letter(self_funder(), "2025-07-05"),
    "reached": letter(self_funder(), "2025-12-12"),
    **{name: letter(found, "2024-01-31") for name, found in LACKING.items()},
}


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_each_notice_is_accessible_at_every_size(size: PrintSize) -> None:
    assert {name: faults_of(pdf(found, size)) for name, found in LETTERS.items()} == {name: [] for name in LETTERS}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("near", "you may reach the cap on care costs on: 12 December 2025"),
        ("most", "counted towards the cap up to 5 July 2025: £68,892.86"),
        ("most", "The cap is £86,000.00. You have £17,107.14 left to reach it."),
        ("reached", "You reached the cap of £86,000.00 on: 12 December 2025"),
        ("needs", "This has to be done first: A talk about the care you need"),
        ("cost", "This has to be done first: A talk about what your care should cost"),
        ("money check", "This has to be done first: Your money check"),
    ],
)
def test_a_notice_says_the_figures_it_rests_on(name: str, said: str) -> None:
    assert squeezed(said) in said_on(pdf(LETTERS[name]))


@pytest.mark.parametrize("name", LETTERS)
def test_a_notice_reads_at_the_age_of_eleven_in_short_sentences(name: str) -> None:
    sentences = sentences_of("".join(f"<p>{text}</p>" for text in LETTERS[name].texts()))
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []
    assert grade(sentences) <= 6.0


def test_where_the_cap_is_not_in_force_a_notice_says_so() -> None:
    said = "The cap on care costs is not in force in England."
    assert squeezed(said) in said_on(pdf(letter(LACKING["needs"], "2024-01-31", REFORM_2023)))
    assert squeezed(said) not in said_on(pdf(LETTERS["needs"]))
