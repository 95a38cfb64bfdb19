"""What stands in the boxes of the form of an assessment: as typed or as a request says it, with more lines or fewer."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from api.pages.asked import Asked
from api.pages.assessing.lines import LISTS, MOST_LINES, Column, Lines, field_id

Typed = MultiDict[str, str]

_SINGLE = {"setting": "setting", "cost": "cost_of_care", "evidence": "evidence", "note": "note"}
_DAYS = ("assessed_on", "effective_from", "ending_before")
_MORE = {"guarantee": "minimum_income_guarantee", "allowance": "personal_expenses_allowance"}


def numbered(typed: Typed, lines: Lines) -> range:
    """The numbers of the lines that a list has."""
    return range(1, (Asked(typed).number(f"{lines.name}-count", MOST_LINES, 0) or 0) + 1)


def with_another_line(typed: Typed, name: str) -> Typed:
    """The same form with an empty line at the end of a list."""
    found = MultiDict(typed)
    for lines in LISTS:
        if lines.name == name:
            found[f"{name}-count"] = str(min(len(numbered(typed, lines)) + 1, MOST_LINES))
    return found


def without_line(typed: Typed, name: str, number: int) -> Typed:
    """The same form without one line of a list; those after it move up."""
    found = MultiDict(typed)
    for lines in LISTS:
        if lines.name != name or number not in numbered(typed, lines):
            continue
        kept = [_line(typed, lines, n) for n in numbered(typed, lines) if n != number]
        for n in numbered(typed, lines):
            for column in lines.columns:
                found.pop(field_id(lines, n, column), None)
        for n, line in enumerate(kept, start=1):
            found.update({field_id(lines, n, name): text for name, text in line.items()})
        found[f"{name}-count"] = str(len(kept))
    return found


def _line(typed: Typed, lines: Lines, number: int) -> dict[str, str]:
    ids = {column.name: field_id(lines, number, column) for column in lines.columns}
    return {name: typed[field] for name, field in ids.items() if field in typed}


def empty_form(today: date) -> Typed:
    """What the form of a new assessment begins with."""
    day = said_day(today.isoformat())
    return MultiDict({"type": "full", "assessed_on": day, "effective_from": day, "children": "0", "percentage": "100"})


def form_of(body: Mapping[str, Any]) -> Typed:
    """The form that a request is read from."""
    found = {name: str(body[asked_as]) for name, asked_as in _SINGLE.items() if body.get(asked_as)}
    found |= {name: said_day(body[name]) for name in _DAYS if body.get(name)}
    found |= {"type": body["type"], "percentage": str(body.get("council_percentage", "100"))}
    for name, asked_as in _MORE.items():
        found |= {f"{name}-{part}": text for part, text in (body.get(asked_as) or {}).items()}
    if isinstance(body.get("capital"), str):
        found |= {"taken_to_be": body["capital"], "consent": "yes"}
    found |= _of_the_adult(body.get("circumstances", {}))
    for lines in LISTS:
        found |= dict(_of_lines(lines, body.get(lines.asked_as) or ()))
    typed = MultiDict(found)
    typed.setlist("premiums", body.get("circumstances", {}).get("premiums", []))
    return typed


def _of_the_adult(who: Mapping[str, Any]) -> dict[str, str]:
    if not who:
        return {}
    age = who.get("age_group") or {True: "pension_age", False: "25_to_pension_age"}.get(who.get("over_pension_age"))  # type: ignore[arg-type]
    found = {"household": who["household"], "children": str(who.get("children", 0)), "age": age or ""}
    if who.get("date_of_birth"):
        found |= {"age": "birth", "born": said_day(who["date_of_birth"])}
    return found


def _of_lines(lines: Lines, given: Any) -> Iterator[tuple[str, str]]:
    if isinstance(given, str):  # of a light touch: what its capital is taken to be
        return
    yield f"{lines.name}-count", str(len(given))
    for number, line in enumerate(given, start=1):
        periodic = {"amount": line["weekly"], "frequency": "weekly"} if line.get("weekly") else {}
        for column in lines.columns:
            value = {**line, **periodic}.get(column.asked_as)
            if value:
                yield field_id(lines, number, column), _said(column, value)


def _said(column: Column, value: Any) -> str:
    if column.kind == "day":
        return said_day(value)
    if column.kind == "stays":
        return ", ".join(f"{said_day(s['effective_from'])} to {said_day(s['ending_before'])}" for s in value)
    return "yes" if value is True else str(value)


def said_day(written: str) -> str:
    """A day of a request as people type it: 27/3/2026."""
    year, month, day = written.split("-")
    return f"{int(day)}/{int(month)}/{year}"
