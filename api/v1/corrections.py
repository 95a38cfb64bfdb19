"""/v1/care-accounts/{id}/corrections: an entry that was wrong is voided, and may be replaced. Both stay visible."""

from typing import Annotated, Any
from uuid import UUID

from api.auth import Forbidden
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.reading import OneOf, Unread, part
from api.kit.recording import Recorded, Weighed, carry_out, recorded, weigh, words_given
from api.policy import may_correct
from api.v1.assessment_bodies import AssessmentToWorkOut, words_of
from api.v1.bodies import BODIES, Asked, DayOfOpening, asked
from api.v1.financial_assessments import record_of
from api.v1.shared import ACCOUNT
from domain.account.agreeing import AskedUnderAgreement, to_agree, under_agreement
from domain.account.commands import Correct, OpenAccount
from domain.account.decisions.correcting import STAYS
from domain.account.facts import (
    DeferredPayment,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    EntryVoided,
    Fact,
    PaymentDeferred,
)
from domain.account.refusals import CannotBeReplaced, CannotBeVoided, NoSuchEntry
from domain.account.state import CareAccount, Entry
from domain.terms import Code, EntryId, Terms
from ledger.vault.words import Words


class Correction(Terms):
    """Which entry was wrong and why, and what to put in its place: the body by which its kind is recorded."""

    entry_id: EntryId
    reason_code: Code
    note: Words | None = None
    replacement: Annotated[Unread, OneOf(*BODIES.values())] | None = None


class Corrected(Recorded):
    """What was recorded: `entry_id` is the correction's, `replaced_by` that of the entry in the wrong one's place."""

    replaced_by: UUID | None


@post(f"{ACCOUNT}/corrections", "correct_entry", Correction, {201: Corrected, 200: Weighed})
def correct_entry(call: Call[Correction, Write]) -> Answer:
    """Void an entry that was wrong, and put another in its place where one is given.

    To undo a correction, correct it: the entry it had voided counts again. Finance may correct every entry but an
    approval; an assessor may correct needs assessments, budgets and financial assessments.
    """
    account = call.council.ledger.account(call.account_id)
    replacement = _replacement(call, account, _wrong_entry(call, account))
    command = Correct(
        entry_id=call.body.entry_id,
        reason_code=call.body.reason_code,
        replacement=replacement.command if replacement else None,
    )
    if call.query.dry_run:
        return weigh(call, command)
    words = [words_given({"note": call.body.note}), replacement.words if replacement else {}]
    outcome = carry_out(call, command, *words)
    return recorded(outcome, Corrected, replaced_by=outcome.entries[1].id if replacement else None)


def _wrong_entry(call: Call[Correction, Any], account: CareAccount) -> Entry:
    """The entry that was wrong; raises NoSuchEntry, and Forbidden for a kind that is not the caller's to correct."""
    wrong = account.entry(call.body.entry_id)
    if wrong is None:
        raise NoSuchEntry
    if not may_correct(call.identity.role, kind_of(account, wrong)):
        raise Forbidden(Forbidden.__doc__)
    return wrong


def kind_of(account: CareAccount, entry: Entry) -> type[Fact]:
    """The kind of fact that correcting an entry moves: of a correction, that of the entry it was about."""
    while isinstance(entry.fact, EntryVoided):
        entry = account.entries[entry.fact.version - 1]
    return type(entry.fact)


def _replacement(call: Call[Correction, Any], account: CareAccount, wrong: Entry) -> Asked | None:
    """The replacement, read as the kind of the entry it is to replace asks; raises Refused, ApiError 422."""
    body = call.body
    if body.replacement is None:
        return None
    kind = type(wrong.fact)
    if kind not in BODIES:
        raise CannotBeVoided if kind in STAYS else CannotBeReplaced
    given = part(body.replacement, BODIES[kind], "/replacement")
    if isinstance(given, DayOfOpening):
        return Asked(OpenAccount(reference=account.opened.reference, opened_on=given.opened_on), {})
    if isinstance(given, AssessmentToWorkOut):
        return Asked(record_of(call.council, account.id, given.root), words_of(given.root))
    if isinstance(given, DeferredPayment):
        return Asked(to_agree(given, call.council.amounts_now), {})
    if isinstance(given, AskedUnderAgreement):
        assert isinstance(wrong.fact, PaymentDeferred | DeferredPaymentRepaid | DeferredPaymentEnded)  # of its kind
        return Asked(under_agreement(given, wrong.fact.reference, call.council.amounts_now), {})
    return asked(given)
