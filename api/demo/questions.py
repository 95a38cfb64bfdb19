"""Who questioned a figure, and what did two people decide about one?"""

from datetime import date, timedelta
from decimal import Decimal

from api.demo import acts
from api.demo.beginnings import begins
from api.demo.care import Care
from api.demo.charging import charged_since
from api.demo.life import Life
from domain.account.facts import DisputedLine

_HELP_AT_HOME = Care("personal", "own_home", Decimal("288.00"), Decimal("81.60"))


def ombudsman_decided(life: Life) -> None:
    """Visits that nobody could prove were counted for weeks; the Ombudsman had a sum taken off, and it was."""
    begins(life, _HELP_AT_HOME, date(2024, 6, 3))
    on = life.days_ago(75)
    proposal = acts.proposes(life, on, Decimal("-186.40"), "ombudsman-decision", on + timedelta(days=6))
    acts.approves(life, proposal, on + timedelta(days=9))
    life.states(on + timedelta(days=25), "on_request", noted=on + timedelta(days=27))


def waits_for_a_second_person(life: Life) -> None:
    """After a complaint somebody asked for a sum to be added; nobody has agreed to it yet.

    Ten times as much was asked for first, and sent back; that entry is still to be taken out.
    """
    begins(life, _HELP_AT_HOME.costing(Decimal("22.00")), date(2024, 10, 21))
    slip = acts.proposes(life, life.days_ago(20), Decimal("640.00"), "complaint-upheld", life.days_ago(19))
    acts.sends_back(life, slip, "wrong-amount", "The letter says 64.00.", life.days_ago(15))
    acts.proposes(life, life.days_ago(20), Decimal("64.00"), "complaint-upheld", life.days_ago(11))


def question_is_open(life: Life) -> None:
    """Her son thinks that a charge was raised for weeks of which one had no visits."""
    first = life.days_ago(132)
    begins(life, _HELP_AT_HOME, first)
    charge = charged_since(life, first)[2]
    acts.asks_about(life, charge, "Nobody came in one of these weeks. I have my mother's diary.", life.days_ago(24))


def question_was_answered(life: Life) -> None:
    """He asked about two weeks and was right in part; the answer came within the time that was promised."""
    first = life.days_ago(180)
    begins(life, _HELP_AT_HOME.costing(Decimal("35.00")), first)
    days = _line(first + timedelta(days=28), first + timedelta(days=41))
    question = acts.asks_about(life, days, "I was with my brother for two days.", life.days_ago(90))
    life.pauses(first + timedelta(days=30), first + timedelta(days=32), "away", noted=life.days_ago(72))
    answer = "You were away on two of these days. We have stopped counting them."
    acts.answers(life, question, "partly_upheld", answer, life.days_ago(70))


def _line(first: date, last: date) -> DisputedLine:
    return DisputedLine.model_validate({"from": first, "to": last})
