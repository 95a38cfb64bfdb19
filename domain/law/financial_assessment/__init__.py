"""What can an adult be charged for care, and out of what? (Care Act 2014 ss 14 and 17; SI 2014/2672, "R")"""

from domain.law.financial_assessment.asked import (
    AssessmentSetting,
    Circumstances,
    Expense,
    FullAssessment,
    Holding,
    Income,
    LightTouchAssessment,
    LocalDisregard,
    MoreGenerous,
    Outgoing,
    RefusedAssessment,
)
from domain.law.financial_assessment.assess import ToAssess, assess
from domain.law.financial_assessment.effects import Effect, effects
from domain.law.financial_assessment.faults import CannotBeAssessed
from domain.law.financial_assessment.pension_age import AgeGroup
from domain.law.financial_assessment.working import FiguresWorkedOut, Line

__all__ = [
    "AgeGroup",
    "AssessmentSetting",
    "CannotBeAssessed",
    "Circumstances",
    "Effect",
    "Expense",
    "FiguresWorkedOut",
    "FullAssessment",
    "Holding",
    "Income",
    "LightTouchAssessment",
    "Line",
    "LocalDisregard",
    "MoreGenerous",
    "Outgoing",
    "RefusedAssessment",
    "ToAssess",
    "assess",
    "effects",
]
