"""Which questions does the estimate ask, in which order, given what was answered so far?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.pages.anyone.estimate.fields import NONE, Field
from api.pages.money import CAPITAL, FREQUENCIES, HOUSEHOLDS, INCOME, OUTGOINGS, PREMIUMS, RELATIVES, SETTINGS
from domain.law.financial_assessment.income import DISABILITY_BENEFITS
from domain.law.financial_assessment.treatment import group_of

Answers = Mapping[str, Sequence[str]]
"""By question what was answered, a text for each of its fields in turn."""

LAND = ("main_home", "second_property")
SAME_KIND = {"private_pension_2": "private_pension", "savings_shared": "savings"}
"""What is asked about twice, since many people have two of it, and the kind that it is."""

_INCOME = {**INCOME, "private_pension_2": "A second private or work pension"}
_CAPITAL = {**CAPITAL, "savings_shared": "Savings that you share with someone"}
_AGES = {
    "birth": "I will give my date of birth",
    "pension_age": "I would rather not. I have reached State Pension age",
    "25_to_pension_age": "I would rather not. I am 25 or over, and under State Pension age",
    "18_to_24": "I would rather not. I am 18 to 24",
}
_YES_OR_NO = {"yes": "Yes", "no": "No"}
_AMOUNT = Field("amount", "pounds", "Amount", "Enter an amount, such as 312.50", hint="Enter 0 if it is nothing")
_FREQUENCY = Field("frequency", "one_of", "How often", "Choose how often", FREQUENCIES)
_OWNERS = Field(
    "owners",
    "number",
    "How many people own it",
    "Enter how many people own it",
    hint="Count yourself. Enter 1 if it is yours alone",
    least=1,
    most=100,
)


@dataclass(frozen=True)
class Question:
    """One page: its heading, what helps to answer, and what is asked. The caption names what it is about."""

    slug: str
    heading: str
    fields: tuple[Field, ...]
    caption: str = ""
    help: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.caption}: {self.heading}" if self.caption else self.heading

    @property
    def is_heading(self) -> bool:
        """Whether the one field's own words are the heading of the page."""
        return len(self.fields) == 1 and self.fields[0].label == self.heading


def questions(answers: Answers) -> list[Question]:
    """Every question that is asked of somebody who has answered so."""
    return list(_asked(answers))


def first_open(answers: Answers) -> Question | None:
    """The first question that is not answered yet."""
    return next((question for question in questions(answers) if question.slug not in answers), None)


def chosen(answers: Answers, slug: str) -> list[str]:
    """What was chosen of a list."""
    found = answers.get(slug, ("",))[0].split(",")
    return [value for value in found if value not in ("", NONE)]


def at_home(answers: Answers) -> bool:
    """Whether care is, or is charged as if it were, outside a care home."""
    return _group(answers) == "at_home"


def _group(answers: Answers) -> str:
    return group_of(answers["care"][0]) if "care" in answers else "at_home"  # type: ignore[arg-type]


def _asked(answers: Answers) -> Iterator[Question]:
    yield _one("care", "one_of", "Where will you get care?", "Choose where you will get care", SETTINGS)
    yield from _who(answers)
    yield _list("income", "Which of these do you get?", _INCOME, "I get none of these", _INCOME_HELP)
    for kind in chosen(answers, "income"):
        yield Question(f"income-{kind}", "How much do you get?", (_AMOUNT, _FREQUENCY), _INCOME[kind], _AMOUNT_HELP)
    yield _list("capital", "Which of these do you have?", _CAPITAL, "I have none of these", _CAPITAL_HELP)
    for kind in chosen(answers, "capital"):
        yield from _holding(kind, answers)
    if _group(answers) != "permanent":
        yield _list("outgoings", "Which of these do you pay?", OUTGOINGS, "I pay none of these", _OUTGOINGS_HELP)
        for kind in chosen(answers, "outgoings"):
            yield Question(f"outgoing-{kind}", "How much do you pay?", (_AMOUNT, _FREQUENCY), OUTGOINGS[kind])
    if at_home(answers) and DISABILITY_BENEFITS & set(chosen(answers, "income")):
        yield Question("disability-costs", "What does disability cost you?", (_AMOUNT, _FREQUENCY), help=_COSTS_HELP)
    yield from _care(answers)


def _who(answers: Answers) -> Iterator[Question]:
    yield _one("age", "one_of", "How old are you?", "Choose one of these", _AGES, _AGE_HELP)
    if answers.get("age", ("",))[0] == "birth":
        yield _one("date-of-birth", "day", "What is your date of birth?", "Enter your date of birth")
    yield _one("household", "one_of", "Do you live with a partner?", "Choose one of these", HOUSEHOLDS)
    if at_home(answers):
        children = Field(
            "children", "number", "How many children do you bring up?", _CHILDREN, hint="Enter 0 if none", most=20
        )
        yield Question("children", children.label, (children,))
        yield _list("premiums", "Do your benefits have any of these in them?", PREMIUMS, "None of these", _PREMIUM_HELP)


def _holding(kind: str, answers: Answers) -> Iterator[Question]:
    value = Field("value", "pounds", "What it is worth in all", "Enter what it is worth, such as 12500")
    if kind not in LAND:
        yield Question(f"capital-{kind}", "What is it worth?", (value, _OWNERS), _CAPITAL[kind], _WORTH_HELP)
        return
    debt = Field("debt", "pounds", "Loans secured on it", "Enter 0 if there is no loan", hint="Such as a mortgage")
    costs = Field("costs", "one_of", "Would it cost you money to sell it?", "Choose yes or no", _YES_OR_NO)
    yield Question(f"capital-{kind}", "What is it worth?", (value, debt, costs, _OWNERS), _CAPITAL[kind])
    if kind == "main_home" and _group(answers) == "permanent":
        yield _one("home-lives", "one_of", "Who lives in your home?", "Choose one of these", _LIVES)
        if answers.get("home-lives", ("",))[0] == NONE:
            yield _one("home-since", "day", "When did you move, or will you move, to the care home for good?", _SINCE)


def _care(answers: Answers) -> Iterator[Question]:
    yield _one("cost-known", "one_of", "Do you know what your care costs?", "Choose yes or no", _YES_OR_NO)
    if answers.get("cost-known", ("",))[0] == "yes":
        cost = Field("cost", "pounds", "What does your care cost each week?", "Enter the cost of a week, such as 850")
        yield Question("cost", cost.label, (cost,))
    yield _one("day", "day", "From which day do you want to know?", "Enter a day", help=_DAY_HELP)


def _one(
    slug: str,
    kind: str,
    heading: str,
    missing: str,
    options: Mapping[str, str] | None = None,
    help: tuple[str, ...] = (),
) -> Question:
    field = Field(slug, kind, heading, missing, options or {})  # type: ignore[arg-type]
    return Question(slug, heading, (field,), help=help)


def _list(slug: str, heading: str, options: Mapping[str, str], none: str, help: tuple[str, ...]) -> Question:
    field = Field(slug, "some_of", heading, f"Choose what applies to you, or “{none}”", options, none)
    return Question(slug, heading, (field,), help=help)


_CHILDREN = "Enter how many children, or 0"
_SINCE = "Enter the day you moved or will move"
_LIVES = {**RELATIVES, NONE: "None of these people"}
_AGE_HELP = ("How much you are left to live on depends on your age.",)
_PREMIUM_HELP = ("A letter about your benefits says so. If you do not know, choose none of these.",)
_INCOME_HELP = ("Choose all that you get. If you have a partner, count only what is yours.",)
_AMOUNT_HELP = ("Enter what you get after tax.",)
_CAPITAL_HELP = ("Choose all that you have. If you have a partner, leave out what is only theirs.",)
_WORTH_HELP = ("Enter what all of it is worth. We work out your share.",)
_OUTGOINGS_HELP = ("Choose what you pay for your own home.",)
_COSTS_HELP = (
    "Add up what you pay for because you are ill or disabled.",
    "This could be extra heating, a special diet or an alarm.",
)
_DAY_HELP = ("Amounts in law change each April, so the day matters.",)
