"""Does everything hold of an account while it grows, request by request, and does the reference agree all along?"""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.account.commands import (
    AnswerDispute,
    ApproveAdjustment,
    ChooseContact,
    Command,
    Correct,
    EndRepresentative,
    EvidenceOpening,
    GiveNotices,
    IssueStatement,
    NameRepresentative,
    OpenAccount,
    PostPeriod,
    RaiseDispute,
    RetractCharge,
    ReturnAdjustment,
)
from domain.account.decisions import REPLACED_BY, Facts, decide, open_account
from domain.account.facts import (
    BY_TOPIC,
    AdjustmentProposed,
    ChargeRaised,
    DisputedLine,
    DisputedThing,
    DisputeRaised,
    Fact,
    OpeningCarriedIn,
    PeriodPosted,
    RepresentativeNamed,
    type_of,
)
from domain.account.figures import PrintSize
from domain.account.invariants import Look, look, violations
from domain.account.progress import cap_progress
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY, day_in_london
from tests.properties.histories import (
    ACCOUNT,
    assessments,
    breaks,
    budgets,
    charges,
    closures,
    days,
    happenings,
    manual_adjustments,
    needs,
    openings,
    reopenings,
)
from tests.properties.schemes import Rules, rules
from tests.reference import metering as reference
from tests.reference.posting import adjustments

LONG = bool(os.environ.get("CARELEDGER_LONG"))
FIRST = datetime(2026, 8, 1, 9, tzinfo=UTC)
"""After all days that facts are drawn of, so that most of them can be posted and stated, and more is then told late."""
REFERENCE = "CA-0000-0000"
ALICE, BERT = "alice", "bert"

Drawn = tuple[str, dict[str, Any]]
"""What happened, as a fact's name and data."""

FIRST_OF_CARE = date(2023, 10, 2)
STEADY_CARE: tuple[Drawn, ...] = (
    ("needs-assessed", {"assessed_on": "2023-10-02", "eligible": True, "eligible_from": "2023-10-02"}),
    (
        "budget-set",
        {"kind": "independent", "setting": "own_home", "weekly_cost": "213.37", "effective_from": "2023-10-02"},
    ),
)
"""Care that goes on from the day of opening, so that whatever is told late changes something."""

AGAIN: dict[str, st.SearchStrategy[Drawn]] = {
    "account-opened": days.map(
        lambda day: ("account-opened", {"reference": REFERENCE, "opened_on": day.isoformat()}),
    ),
    "needs-assessed": needs(),
    "budget-set": budgets(),
    "financial-assessment-imported": assessments(),
    "charge-raised": charges(),
    "break-recorded": breaks(),
    "opening-carried-in": openings(),
    "adjustment-proposed": manual_adjustments(),
    "account-closed": closures,
    "account-reopened": reopenings,
}
"""For each kind of entry that another may replace, what may be put in its place."""


def request(drawn: Drawn) -> Any:
    """The request for what was drawn as a fact."""
    name, data = drawn
    return REPLACED_BY[BY_TOPIC[f"{name}.1"]].model_validate_json(json.dumps(data))


class GrowingAccount(RuleBasedStateMachine):
    """An account to which everything happens that can be asked of it, in any order, while time passes."""

    account: CareAccount
    under: Rules
    looked: Look | None = None

    @initialize(rules=rules(), opened_on=days, steady=st.sampled_from([True, True, False]))
    def open(self, rules: Rules, opened_on: date, steady: bool) -> None:
        self.under, self.now = rules, FIRST
        self.account = CareAccount(())
        first = FIRST_OF_CARE if steady else opened_on
        self._record(open_account(OpenAccount(reference=REFERENCE, opened_on=first)))
        for each in STEADY_CARE if steady else ():
            self._ask(request(each))

    @rule(passing=st.integers(0, 120))
    def time_passes(self, passing: int) -> None:
        self.now += timedelta(days=passing)

    @rule(drawn=happenings)
    def something_happens(self, drawn: Drawn) -> None:
        self._ask(request(drawn))

    @rule(data=st.data(), replaced=st.booleans())
    def an_entry_is_corrected(self, data: st.DataObject, replaced: bool) -> None:
        wrong = data.draw(st.sampled_from(self.account.entries))
        drawn = data.draw(AGAIN[type_of(wrong.fact)]) if replaced and type_of(wrong.fact) in AGAIN else None
        replacement = request(drawn) if drawn else None
        self._ask(Correct(entry_id=str(wrong.id), reason_code="wrong", replacement=replacement))

    @precondition(lambda self: self._has(ChargeRaised))
    @rule(data=st.data())
    def a_charge_is_retracted(self, data: st.DataObject) -> None:
        charge = data.draw(st.sampled_from(self._of(ChargeRaised))).fact
        self._ask(RetractCharge(reference=charge.reference, reason_code="not-given"))

    @precondition(lambda self: self._has(AdjustmentProposed))
    @rule(data=st.data(), approver=st.sampled_from([BERT, BERT, ALICE]))
    def an_adjustment_is_approved(self, data: st.DataObject, approver: str) -> None:
        proposed = data.draw(st.sampled_from(self._of(AdjustmentProposed)))
        self._ask(ApproveAdjustment(adjustment=str(proposed.id), approver=approver))

    @precondition(lambda self: self._has(AdjustmentProposed))
    @rule(data=st.data(), returner=st.sampled_from([BERT, ALICE]))
    def an_adjustment_is_sent_back(self, data: st.DataObject, returner: str) -> None:
        proposed = data.draw(st.sampled_from(self._of(AdjustmentProposed)))
        back = {"adjustment": str(proposed.id), "on": self._today(), "reason_code": "not-shown", "returner": returner}
        self._ask(ReturnAdjustment.model_validate(back))

    @precondition(lambda self: self._has(OpeningCarriedIn))
    @rule(data=st.data(), on=days)
    def an_opening_is_evidenced(self, data: st.DataObject, on: date) -> None:
        opening = data.draw(st.sampled_from(self._of(OpeningCarriedIn)))
        self._ask(EvidenceOpening(opening=str(opening.id), on=on, evidence="bundle-7"))

    @rule(month=st.integers(0, 36))
    def a_period_is_posted(self, month: int) -> None:
        """Through any month's end: what was posted to a later one already is posted once."""
        before, through = self.account, date(2023 + (month + 7) // 12, (month + 7) % 12 + 1, 1) - ONE_DAY
        posted = self._ask(PostPeriod(through=through, known_at=self.now))
        if posted and before.last_posting:
            self._require_the_references_adjustments(*before.last_posting)

    @rule(month=st.integers(0, 36), late=st.lists(happenings, min_size=1, max_size=3), corrected=st.data())
    def something_is_told_late(self, month: int, late: list[Drawn], corrected: st.DataObject) -> None:
        self.a_period_is_posted(month)
        for drawn in late:
            self._ask(request(drawn))
        self.an_entry_is_corrected(corrected, replaced=True)
        self.a_period_is_posted(month + 1)

    @rule(back=st.integers(0, 400), kind=st.sampled_from(["annual", "on_request", "closing"]))
    def a_statement_is_issued(self, back: int, kind: Any) -> None:
        self._ask(IssueStatement(to=self._today(back), kind=kind, known_at=self.now))

    @rule(data=st.data(), line=st.booleans(), attachment=st.sampled_from([None, "0" * 64]))
    def something_is_disputed(self, data: st.DataObject, line: bool, attachment: str | None) -> None:
        day, entry = data.draw(days), data.draw(st.sampled_from(self.account.entries))
        questioned = DisputedLine.model_validate({"from": day, "to": day}) if line else None
        about = DisputedThing(entry_id=None if line else str(entry.id), line=questioned)
        self._ask(RaiseDispute(about=about, raised_on=self._today(), attachment=attachment))

    @precondition(lambda self: self._has(DisputeRaised))
    @rule(data=st.data())
    def a_dispute_is_answered(self, data: st.DataObject) -> None:
        dispute = data.draw(st.sampled_from(self._of(DisputeRaised)))
        self._ask(AnswerDispute(dispute=str(dispute.id), on=self._today(), outcome="upheld"))

    @rule(first=days, ends=st.booleans())
    def somebody_is_named(self, first: date, ends: bool) -> None:
        given = {"permissions": ("view_finance",), "effective_from": first, "evidence": "scan:1"}
        until = first + timedelta(days=90) if ends else None
        self._ask(NameRepresentative.model_validate({"authority": "deputy", "ending_before": until, **given}))

    @precondition(lambda self: self._has(RepresentativeNamed))
    @rule(data=st.data(), ending_before=days)
    def somebody_represents_no_longer(self, data: st.DataObject, ending_before: date) -> None:
        named = data.draw(st.sampled_from(self._of(RepresentativeNamed)))
        self._ask(EndRepresentative(representative=str(named.id), ending_before=ending_before, reason_code="revoked"))

    @rule(on=days, print_size=st.sampled_from((14, 18, 22)))
    def somebody_says_how_to_be_written_to(self, on: date, print_size: PrintSize) -> None:
        self._ask(ChooseContact(on=on, channel="letter", print_size=print_size, formats=()))

    @rule(back=st.integers(0, 400))
    def somebody_is_told_what_has_come_about(self, back: int) -> None:
        """Once: asked for the same day again, there is nothing to tell."""
        notices = GiveNotices(on=self._today(back), known_at=self.now)
        self._ask(notices)
        assert self._ask(notices) == ()

    @rule(on=days, data=st.data())
    def every_figure_is_the_references(self, on: date, data: st.DataObject) -> None:
        """At any pair of times."""
        known_at = data.draw(st.sampled_from(self.account.entries)).recorded_at
        account = self.account.as_known_at(known_at)
        assert account is not None
        ours = cap_progress(account, self.under.scheme, on)
        theirs = reference.figures(self._for_the_reference(), self.under.policy, on, known_at)
        for name in ("accrued_costs", "daily_living_costs", "cap", "metering", "cap_reached_on"):
            assert getattr(ours, name) == getattr(theirs, name), (name, on, known_at)
        assert ours.expected_to_reach_cap_on == theirs.expected_to_reach_cap_on

    @invariant()
    def everything_holds_that_always_must(self) -> None:
        if self.looked is None or self.looked.account.version < self.account.version:
            scheme = self.under.scheme
            self.looked = look(self.account, lambda _: scheme, scheme, self.looked)
            assert list(map(str, violations(self.looked))) == []

    def _require_the_references_adjustments(self, last: Entry, posted: PeriodPosted) -> None:
        """What the posting just made says of the days posted before is what the reference says of them."""
        assert self.account.last_posting
        made = self.account.last_posting[1]
        late = [line for line in made.lines if line.kind == "adjustment" and line.to <= posted.through and line.metered]
        theirs = adjustments(self._for_the_reference()[:-1], self.under.policy, posted.through, last.version, self.now)
        assert [(line.cause, line.from_, line.to, line.metered) for line in late] == [tuple(each) for each in theirs]

    def _ask(self, command: Command) -> Facts:
        try:
            facts = decide(command, self.account, self.under.scheme)
        except (Refused, NoSuchEntry):
            return ()
        self._record(facts)
        return facts

    def _record(self, facts: Facts) -> None:
        """Facts of one request are recorded at one instant, later than all before."""
        self.now += timedelta(microseconds=1)
        for fact in facts:
            version = len(self.account.entries) + 1
            entry = Entry(ACCOUNT, version, fact, self.now, ALICE, "finance")
            self.account = CareAccount((*self.account.entries, entry))

    def _today(self, back: int = 0) -> date:
        return day_in_london(self.now) - timedelta(days=back)

    def _of(self, kind: type[Fact]) -> list[Any]:
        return [entry for entry in self.account.entries if isinstance(entry.fact, kind)]

    def _has(self, kind: type[Fact]) -> bool:
        return bool(self._of(kind))

    def _for_the_reference(self) -> list[reference.Entry]:
        return [
            reference.Entry(
                e.version, e.recorded_at, type_of(e.fact), e.fact.model_dump(mode="json", by_alias=True), ACCOUNT
            )
            for e in self.account.entries
        ]


TestGrowingAccount: Callable[..., Any] = GrowingAccount.TestCase
GrowingAccount.TestCase.settings = settings(
    max_examples=2_000 if LONG else 80,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
