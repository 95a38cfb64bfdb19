"""Does posting ever move a figure? A council that posts on random days is asked beside a twin that never does."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.account.refusals import NoSuchEntry, Refused
from domain.schemes import AnnualAdjustment
from ledger.council import Council
from tests.conftest import NOON
from tests.integration.posting import posted_run, self_funder
from tests.integration.recording import ALICE, asking
from tests.integration.years import Years, a_seed

ACCOUNTS, FACTS, POSTINGS = 6, 12, 12
QUESTIONS = 400 if os.environ.get("CARELEDGER_LONG") else 40


class Lived:
    """A council's years, and the moment at which each request had been recorded."""

    def __init__(self, council: Council, seed: int, *, posts: bool) -> None:
        self.council, self.years = council, Years(seed)
        self.ids = [self_funder(council) for _ in range(ACCOUNTS)]
        self.moments: list[datetime] = []
        self.posted = self.adjusted = 0
        for day in self._days_to_post(Random(seed)):
            self._live()
            if posts and day:
                self._post(day)

    def _days_to_post(self, chance: Random) -> Iterator[date | None]:
        """After each request the day to post to, if any. Days rise, as a council's do."""
        requests = ACCOUNTS * FACTS
        days = sorted(a_day(chance) for _ in range(POSTINGS))
        after = dict(zip(sorted(chance.sample(range(requests), POSTINGS)), days, strict=True))
        return (after.get(n) for n in range(requests))

    def _live(self) -> None:
        account_id = self.years.one_of(self.ids)
        command = self.years.happening(self.council.ledger.account(account_id))
        with suppress(Refused, NoSuchEntry):
            self.council.ledger.handle(account_id, command, by=ALICE, now=self.years.later(), request=asking())
        self.moments.append(self.council.ledger.recorder.latest(NOON))

    def _post(self, day: date) -> None:
        run = posted_run(self.council, day, now=max(self.years.now, NOON))
        assert not run.not_posted
        self.posted += run.posted
        self.adjusted += bool(run.totals.adjustments)

    def progress(self, n: int, moment: int, on: date) -> CapProgress | None:
        """An account's figures for a day, as known when the request of that number had been recorded."""
        account = self.council.ledger.account(self.ids[n]).as_known_at(self.moments[moment])
        return cap_progress(account, self.council.scheme, on) if account else None


def a_day(chance: Random) -> date:
    return date(2023, 10, 1) + timedelta(days=chance.randrange(1100))


def with_annual_adjustments(council: Council) -> Council:
    """The council with rules by which accrued costs are varied now and then."""
    rules, source = council.scheme.cap, {"authority": "none", "certainty": "recalled", "status": "in force"}
    made = tuple(
        AnnualAdjustment.model_validate({"from": on, "percentage": percentage, **source})
        for on, percentage in (("2024-04-06", "5.1"), ("2025-04-06", "-2.5"), ("2026-04-06", "3.0"))
    )
    varied = rules and rules.model_copy(update={"annual_adjustments": made})
    own = council.scheme.model_copy(update={"name": "varied", "cap": varied})
    council.scheme_changes.keep(own, "its file", by="alice", now=NOON)
    council.scheme_changes.adopt("varied", by="alice", now=NOON)
    return council


@pytest.mark.parametrize("ruled", [lambda council: council, with_annual_adjustments], ids=["plain", "varied"])
def test_posting_never_changes_any_figure_of_any_day_as_known_at_any_moment(
    new_council: Callable[..., Council], ruled: Callable[[Council], Council]
) -> None:
    seed = a_seed()
    never, now_and_then = (Lived(ruled(new_council()), seed, posts=posts) for posts in (False, True))
    assert now_and_then.posted, f"seed {seed}: nothing was posted"
    chance, accrued = Random(seed + 1), Decimal(0)
    for _ in range(QUESTIONS):
        moment, on = chance.randrange(len(never.moments)), a_day(chance)
        for n in range(ACCOUNTS):
            expected = never.progress(n, moment, on)
            assert now_and_then.progress(n, moment, on) == expected, f"seed {seed}: account {n}, {moment}, {on}"
            accrued += expected.accrued_costs if expected else 0
    assert accrued, f"seed {seed}: no question was worth asking"
    assert now_and_then.adjusted, f"seed {seed}: nothing came late"
    for lived in (never, now_and_then):
        lived.council.close()
