"""/account/questions: what did you ask us, where does each question stand, and by when do we answer?"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.attached import handed_out, papers_of
from api.pages.citizen.own import may_also, own_account, own_words
from api.pages.citizen.questions.about import in_words
from api.pages.page import Visit, page
from api.pages.unsettled import Dispute, dispute_named, disputes
from api.v1.person import sees_words
from domain.account.state import CareAccount

PATH = "/account/questions"
ANSWERS = {
    "upheld": "We agreed with you.",
    "partly_upheld": "We agreed with part of it.",
    "not_upheld": "We did not agree.",
    "withdrawn": "You took your question back.",
}


class Question(NamedTuple):
    """A question, what it is about in words, and what each side wrote, and the paper, where that is shown."""

    dispute: Dispute
    about: str
    said: str | None
    answer: str | None
    paper: str | None

    @property
    def by_a_helper(self) -> bool:
        return self.dispute.entry.role == "representative"

    @property
    def found(self) -> str:
        """What we found, in a sentence; nothing while it is open."""
        return ANSWERS[self.dispute.answer.outcome] if self.dispute.answer else ""


@page(PATH, "read_account", people=True)
def your_questions(visit: Visit) -> ResponseReturnValue:
    """Each with its clock, the open ones first."""
    account = own_account(visit)
    return render_template(
        "citizen/questions/followed.html",
        page_title="Your questions to us",
        account=account,
        questions=questions(visit, account),
        today=visit.today,
        may_ask=may_also(visit, "raise_dispute"),
    )


@page(f"{PATH}/{{entry_id}}/paper", "read_history", people=True)
def own_paper(visit: Visit) -> ResponseReturnValue:
    """The paper of a question, as it was sent, to whoever is shown its words; raises NoSuchEntry."""
    return handed_out(visit.council, dispute_named(own_account(visit), visit.ids["entry_id"]))


def questions(visit: Visit, account: CareAccount) -> Sequence[Question]:
    """Every question that was asked about an account."""
    found, words = disputes(account), own_words(visit)
    papers = papers_of(visit.council, found) if sees_words(visit.identity) else {}
    return [_question(each, account, words, papers) for each in found]


def _question(
    dispute: Dispute, account: CareAccount, words: Mapping[int, Mapping[str, str]], papers: Mapping[int, str]
) -> Question:
    answered = dispute.answered.version if dispute.answered else 0
    said, answer = (words.get(version, {}).get("text") for version in (dispute.entry.version, answered))
    about, paper = in_words(dispute.raised.about, account), papers.get(dispute.entry.version)
    return Question(dispute, about, said, answer, paper)
