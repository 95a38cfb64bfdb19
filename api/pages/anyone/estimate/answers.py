"""Where are the answers of somebody who makes an estimate? In their own browser, and nowhere else.

They stand in the session's signed cookie, which ends when the browser is closed. Nothing is written down here.
"""

from typing import Any

from flask import session

from api.pages.anyone.estimate.questions import Answers

_KEPT = "estimate"


def answers() -> Answers:
    """What was answered so far."""
    found: Answers = _kept().get("answers", {})
    return found


def answer(slug: str, texts: list[str]) -> None:
    """Keep the answer to a question in place of an earlier one."""
    _keep(answers={**answers(), slug: texts})


def forget() -> None:
    """Forget every answer, and keep for which council they were."""
    session[_KEPT] = {name: value for name, value in _kept().items() if name == "council"}


def chosen_council() -> str | None:
    """The council whose address somebody came by, where they came by one."""
    found: str | None = _kept().get("council")
    return found


def choose_council(code: str) -> None:
    """Remember for which council the estimate is."""
    _keep(council=code)


def sent_as() -> str | None:
    """The reference under which the answers were sent to the council, once they were."""
    found: str | None = _kept().get("sent")
    return found


def note_sent(reference: str) -> None:
    """Remember the reference that the sender is shown."""
    _keep(sent=reference)


def _kept() -> dict[str, Any]:
    found: dict[str, Any] = session.get(_KEPT, {})
    return found


def _keep(**more: object) -> None:
    session[_KEPT] = {**_kept(), **more}
