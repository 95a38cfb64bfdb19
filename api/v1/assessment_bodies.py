"""How a financial assessment is asked for: the fields of the domain, and the words that belong to them."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, RootModel

from api.kit.recording import words_given
from domain.account.commands import ImportFinancialAssessment
from domain.law.financial_assessment import (
    Expense,
    FullAssessment,
    LightTouchAssessment,
    LocalDisregard,
    MoreGenerous,
    RefusedAssessment,
    ToAssess,
)
from ledger.vault.words import Words


class DescribedExpense(Expense):
    """Disability-related expenditure, and what it is for."""

    description: Words | None = None


class ReasonedDisregard(LocalDisregard):
    """What this council leaves out of its own will, and why."""

    description: Words
    reason: Words


class ReasonedAmount(MoreGenerous):
    """What a council leaves in place of the amount of law, and why."""

    reason: Words


class FullAssessmentAsked(FullAssessment):
    """A full financial assessment: everything the adult has and receives (SI 2014/2672 reg 9)."""

    disability_related_expenditure: tuple[DescribedExpense, ...] = Field(default=(), max_length=100)
    local_disregards: tuple[ReasonedDisregard, ...] = Field(default=(), max_length=100)
    minimum_income_guarantee: ReasonedAmount | None = None
    personal_expenses_allowance: ReasonedAmount | None = None


class LightTouchAssessmentAsked(LightTouchAssessment):
    """A light-touch assessment, by consent and on evidence (SI 2014/2672 reg 10(2) and (3))."""

    evidence: Words
    disability_related_expenditure: tuple[DescribedExpense, ...] = Field(default=(), max_length=100)
    local_disregards: tuple[ReasonedDisregard, ...] = Field(default=(), max_length=100)
    minimum_income_guarantee: ReasonedAmount | None = None
    personal_expenses_allowance: ReasonedAmount | None = None


class RefusedAssessmentAsked(RefusedAssessment):
    """An assessment that the adult refused (SI 2014/2672 reg 10(1)), and what there is to say about it."""

    note: Words | None = None


Asked = FullAssessmentAsked | LightTouchAssessmentAsked | RefusedAssessmentAsked


class AssessmentToWorkOut(RootModel[Annotated[Asked, Field(discriminator="type")]]):
    """What is said of somebody's money: in full, by a light touch, or that they refused to say it."""


class AssessmentAsked(RootModel[Annotated[Asked | ImportFinancialAssessment, Field(discriminator="type")]]):
    """What is said of somebody's money, to be worked out here; or a result that was decided elsewhere."""


_WORDS_OF: Mapping[Literal["lists", "alone"], Mapping[str, tuple[str, ...]]] = {
    "lists": {"disability_related_expenditure": ("description",), "local_disregards": ("description", "reason")},
    "alone": {"minimum_income_guarantee": ("reason",), "personal_expenses_allowance": ("reason",)},
}
_DOMAIN: Mapping[str, type[ToAssess]] = {
    "full": FullAssessment,
    "light_touch": LightTouchAssessment,
    "refused": RefusedAssessment,
}
_WITHOUT_WORDS: dict[str, object] = {
    **{field: {"__all__": set(words)} for field, words in _WORDS_OF["lists"].items()},
    **{field: set(words) for field, words in _WORDS_OF["alone"].items()},
    "evidence": True,
    "note": True,
}


def to_assess(asked: Asked) -> ToAssess:
    """What the domain is asked, the words left out."""
    without = {field: value for field, value in _WITHOUT_WORDS.items() if field in type(asked).model_fields}
    return _DOMAIN[asked.type].model_validate_json(asked.model_dump_json(exclude=without))  # type: ignore[arg-type]


def words_of(asked: Asked) -> Mapping[str, str]:
    """The words, each under the field it was given in, as an address within the body: local_disregards.0.reason."""
    found = {name: getattr(asked, name, None) for name in ("evidence", "note")}
    for field, names in _WORDS_OF["lists"].items():
        for n, item in enumerate(getattr(asked, field, ())):
            found |= {f"{field}.{n}.{name}": getattr(item, name) for name in names}
    for field, names in _WORDS_OF["alone"].items():
        if item := getattr(asked, field, None):
            found |= {f"{field}.{name}": getattr(item, name) for name in names}
    return words_given(found)
