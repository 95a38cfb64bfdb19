"""Which request does the form of an assessment come to, and where is it said what cannot be read?"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from api.kit.problems import ApiError, invalid
from api.pages.asked import Asked, read_day
from api.pages.assessing.lines import LISTS, Column, Lines, field_id
from api.pages.assessing.typed import Typed, numbered
from api.pages.money import PREMIUMS
from api.v1.assessment_bodies import Asked as Request
from api.v1.assessment_bodies import AssessmentToWorkOut
from domain.law.financial_assessment import CannotBeAssessed
from domain.parameters import NotInForce

AGES = {
    "": "As kept for the person",
    "birth": "By the date of birth below",
    "18_to_24": "18 to 24",
    "25_to_pension_age": "25 to pension age",
    "pension_age": "Pension age",
}
_BOXES = {
    "cost_of_care": "cost",
    "minimum_income_guarantee": "guarantee-amount",
    "personal_expenses_allowance": "allowance-amount",
    "council_percentage": "percentage",
    "date_of_birth": "born",
    "circumstances": "age",
    "weekly": "amount",
}
_SHARE = re.compile(r"0|1|0?[.][0-9]{1,4}", re.ASCII)


def read_request(asked: Asked, typed: Typed) -> Request | None:
    """The request, as strictly as the API reads it; None with the mistakes kept by box where it cannot be read."""
    body = _body(asked, typed)
    if asked.errors:
        return None
    try:
        return AssessmentToWorkOut.model_validate_json(json.dumps(body)).root
    except ValidationError as fault:
        note_faults(asked, invalid(fault, tagged=True))
        return None


def note_faults(asked: Asked, fault: Exception) -> None:
    """Keep, by box, what the law or the request's own rules make of it; anything else is raised again."""
    if isinstance(fault, ApiError) and fault.errors:
        for problem in fault.errors:
            asked.errors.setdefault(box_of(problem.pointer.split("/")[1:]), problem.detail.rstrip("."))
    elif isinstance(fault, CannotBeAssessed):
        asked.errors[box_of(map(str, fault.field))] = str(fault).rstrip(".")
    elif isinstance(fault, NotInForce):
        asked.errors["effective_from"] = str(fault).rstrip(".")
    else:
        raise fault


def box_of(path: Iterable[str]) -> str:
    """The box in which a part of the request was typed."""
    first, *more = path
    lines = next((each for each in LISTS if each.asked_as == first), None)
    if lines is None:
        part = more[0] if more and first == "circumstances" else first
        return _BOXES.get(part, part)
    if not more:
        return f"{lines.name}-add"
    names = {column.asked_as: column.name for column in lines.columns} | _BOXES
    known = names.get(more[1]) if len(more) > 1 else None
    return field_id(lines, int(more[0]) + 1, known or lines.columns[0].name)


def _body(asked: Asked, typed: Typed) -> dict[str, Any]:
    kind = asked.one_of("type", ("full", "light_touch", "refused"), "full")
    body = {"type": kind, **_of_every_kind(asked)}
    if kind == "refused":
        return body | _given({"note": asked.words("note")})
    body |= _with_money(asked, typed)
    if kind == "full":
        return body | {"capital": _lines(asked, typed, LISTS[1])}
    evidence, consent = asked.words("evidence"), asked.text("consent")
    if not evidence:
        asked.errors["evidence"] = "Say what evidence it rests on"
    if not consent:
        asked.errors["consent"] = "A light touch needs the adult's consent"
    taken = asked.one_of("taken_to_be", ("below", "above"), "below")
    return body | {"capital": taken, "consent": True, "evidence": evidence}


def _of_every_kind(asked: Asked) -> dict[str, Any]:
    days = {name: asked.day(name) for name in ("assessed_on", "effective_from", "ending_before")}
    for name in ("assessed_on", "effective_from"):
        if days[name] is None:
            asked.errors.setdefault(name, "Enter a day, such as 27/3/2026")
    cost = asked.pounds("cost")
    if cost is None:
        asked.errors.setdefault("cost", "Enter what the care costs a week")
    written = {name: day.isoformat() for name, day in days.items() if day}
    return {**written, "setting": asked.text("setting"), "cost_of_care": _written(cost)}


def _with_money(asked: Asked, typed: Typed) -> dict[str, Any]:
    without_capital = (lines for lines in LISTS if lines.asked_as != "capital")
    return {
        "circumstances": _circumstances(asked),
        "council_percentage": _written(asked.percent("percentage"), "100"),
        **{lines.asked_as: _lines(asked, typed, lines) for lines in without_capital},
        **_given(
            {
                "minimum_income_guarantee": _more_generous(asked, "guarantee"),
                "personal_expenses_allowance": _more_generous(asked, "allowance"),
            }
        ),
    }


def _circumstances(asked: Asked) -> dict[str, Any]:
    age, born = asked.one_of("age", tuple(AGES), ""), asked.day("born")
    if age == "birth" and born is None:
        asked.errors.setdefault("born", "Enter the date of birth, such as 27/3/1940")
    by_age = {} if age in ("", "birth") else {"age_group": age}
    return {
        **(by_age if age != "birth" or born is None else {"date_of_birth": born.isoformat()}),
        "household": asked.text("household"),
        "premiums": asked.some_of("premiums", tuple(PREMIUMS)),
        "children": asked.number("children", 20, 0) or 0,
    }


def _more_generous(asked: Asked, name: str) -> dict[str, str] | None:
    amount, reason = asked.pounds(f"{name}-amount"), asked.words(f"{name}-reason")
    if amount is not None and not reason:
        asked.errors[f"{name}-reason"] = "Say why the council leaves more"
    return {"amount": str(amount), "reason": reason} if amount is not None else None


def _lines(asked: Asked, typed: Typed, lines: Lines) -> list[dict[str, Any]]:
    return [_line(asked, lines, number) for number in numbered(typed, lines)]


def _line(asked: Asked, lines: Lines, number: int) -> dict[str, Any]:
    found = {column.asked_as: _box(asked, column, field_id(lines, number, column)) for column in lines.columns}
    kept = {name: value for name, value in found.items() if value not in (None, "", [])}
    if kept.get("frequency") == "weekly" and "amount" in kept:
        kept["weekly"] = kept.pop("amount")
        del kept["frequency"]
    return kept


def _box(asked: Asked, column: Column, name: str) -> Any:
    found = _READ[column.kind](asked, name)
    missing = column.required or column.name in ("amount", "value") or _needs_words(name, column)
    if missing and not found and name not in asked.errors:
        asked.errors[name] = "Fill this in, or remove the line"
    return found


def _needs_words(name: str, column: Column) -> bool:
    """Whether a line has to say in words what it is, as what a council leaves out of its own will has to."""
    return column.kind == "text" and name.startswith("left_out-")


def _pounds(asked: Asked, name: str) -> str | None:
    return _written(asked.pounds(name))


def _day(asked: Asked, name: str) -> str | None:
    found = asked.day(name)
    return found.isoformat() if found else None


def _share(asked: Asked, name: str) -> str | None:
    text = asked.text(name)
    if text and not _SHARE.fullmatch(text):
        asked.errors[name] = "Enter the share as part of the whole, such as 0.25"
    return str(Decimal(text)) if text and name not in asked.errors else None


def _stays(asked: Asked, name: str) -> list[dict[str, str]] | None:
    def spans(text: str) -> list[dict[str, str]]:
        found = []
        for span in text.split(","):
            first, to, last = span.partition(" to ")
            if not to:
                raise ValueError("Enter each stay as its first day, “to”, and the day it ended: 1/2/2025 to 3/4/2025")
            days = read_day(first.strip()).isoformat(), read_day(last.strip()).isoformat()
            found.append({"effective_from": days[0], "ending_before": days[1]})
        return found

    return asked.read(name, spans, asked.text(name))


def _written(number: Decimal | None, otherwise: str | None = None) -> str | None:
    return otherwise if number is None else str(number)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


_READ: Mapping[str, Callable[[Asked, str], Any]] = {
    "one_of": Asked.text,
    "text": Asked.text,
    "pounds": _pounds,
    "day": _day,
    "number": lambda asked, name: asked.number(name, 100),
    "share": _share,
    "yes": lambda asked, name: bool(asked.text(name)) or None,
    "stays": _stays,
}
