"""/estimate: how is somebody asked one question after another, and how do they change an answer?"""

from typing import NamedTuple

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.kit.problems import ApiError
from api.pages.anyone.estimate.answers import answer, answers, choose_council, forget
from api.pages.anyone.estimate.fields import Field
from api.pages.anyone.estimate.questions import Question, first_open, questions
from api.pages.asked import Asked, address
from api.pages.page import PUBLIC, Visit, form, page

START, CHECK = "/estimate", "/estimate/check-answers"
_QUESTION = START + "/{question}"


class Answered(NamedTuple):
    """A question with its answer, a list of lines for each of its fields."""

    question: Question
    said: list[tuple[Field, list[str]]]


@page(START, PUBLIC)
def start_estimate(visit: Visit) -> ResponseReturnValue:
    """What the estimate is, and that nothing is kept. An address may say for which council it is."""
    if code := visit.request.args.get("council"):
        if code not in visit.installation.codes():
            raise ApiError(404, "not-found", "There is no such council here.")
        choose_council(code)
        return redirect(START, 303)
    return render_template(
        "anyone/estimate/start.html",
        page_title="Estimate what you might pay for care",
        answered=bool(answers()),
        go_on=_next(None, change=True),
    )


@page(CHECK, PUBLIC)
def check_answers(visit: Visit) -> ResponseReturnValue:
    """Every answer, each with a way to change it."""
    return still_open() or answers_shown()


@page(_QUESTION, PUBLIC)
def ask(visit: Visit) -> ResponseReturnValue:
    """One question, with what was answered before."""
    question = _question(visit)
    if question is None:
        return redirect(_next(None, change=True), 303)
    kept = answers().get(question.slug)
    shown = {field.name: field.filled(text) for field, text in zip(question.fields, kept or (), strict=False)}
    return _asked(question, shown, {}, change="change" in visit.request.args)


@form(_QUESTION, PUBLIC)
def take_answer(visit: Visit) -> ResponseReturnValue:
    """Keep an answer in the browser and go on; ask again where it cannot be read."""
    question, asked = _question(visit), Asked(visit.request.form)
    if question is None:
        return redirect(_next(None, change=True), 303)
    change = asked.text("change") == "yes"
    texts = [text for field in question.fields if (text := field.read(asked)) is not None]
    if asked.errors:
        shown = {field.name: field.typed(asked) for field in question.fields}
        return _asked(question, shown, asked.errors, change)
    answer(question.slug, texts)
    return redirect(_next(question, change), 303)


@form(f"{START}/forget", PUBLIC)
def forget_answers(visit: Visit) -> ResponseReturnValue:
    """Forget what was answered in this browser."""
    forget()
    return redirect(START, 303)


def answers_shown(errors: dict[str, str] | None = None) -> ResponseReturnValue:
    """The list of answers; 422 with what is wrong with some of them, by question."""
    found = answers()
    answered = [
        Answered(each, [(f, f.said(t)) for f, t in zip(each.fields, found[each.slug], strict=True)])
        for each in questions(found)
    ]
    shown = render_template(
        "anyone/estimate/check_answers.html", page_title="Check your answers", answered=answered, errors=errors or {}
    )
    return make_response(shown, 422 if errors else 200)


def still_open() -> ResponseReturnValue | None:
    """The way to what has to be answered before there is a result; none where everything is."""
    left = first_open(answers())
    return redirect(f"{START}/{left.slug}", 303) if left else None


def _question(visit: Visit) -> Question | None:
    """The question an address names; none where others come first. Raises ApiError 404 where there is none of it."""
    asked, slug = questions(answers()), visit.ids["question"]
    place = next((n for n, each in enumerate(asked) if each.slug == slug), None)
    if place is None:
        if slug in answers():
            return None  # it was asked before another answer was changed
        raise ApiError(404, "not-found", "There is no such question.")
    before = [each for each in asked[:place] if each.slug not in answers()]
    return None if before else asked[place]


def _next(question: Question | None, change: bool) -> str:
    """Where to go on: to the question after this one; to the first open one, or the list, after a change."""
    asked = questions(answers())
    place = next((n for n, each in enumerate(asked) if question and each.slug == question.slug), -1)
    following = asked[place + 1 :] if not change else []
    found = following[0] if following else first_open(answers())
    if found is None:
        return CHECK
    return address(f"{START}/{found.slug}", change="yes" if change and question else None)


def _asked(question: Question, shown: dict[str, object], errors: dict[str, str], change: bool) -> ResponseReturnValue:
    """The page of a question; 422 where what was typed cannot be read."""
    before = [each.slug for each in questions(answers())]
    place = before.index(question.slug)
    back = CHECK if change else f"{START}/{before[place - 1]}" if place else START
    shown_page = render_template(
        "anyone/estimate/question.html",
        page_title=question.title,
        question=question,
        shown=shown,
        errors=errors,
        change=change,
        back=back,
    )
    return make_response(shown_page, 422 if errors else 200)
