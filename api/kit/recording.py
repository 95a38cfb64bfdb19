"""How a write is answered: what was recorded, or with `dry_run` what would be."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call, Write
from domain.account.commands import Command
from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.dates import Instant, day_in_london
from domain.terms import Terms
from ledger.outcomes import Outcome


class Recorded(Terms):
    """What was recorded: the account's new version and the entry that holds the fact.

    `position` and `leaf` are the place and the hash of that entry in the council's evidence log: keep them, and
    /v1/proofs shows at any time that it still stands there. `leaf` is null until every server has been replaced by one
    that keeps hashes.
    """

    account_id: UUID
    version: int
    recorded_at: Instant
    entry_id: UUID
    position: int
    leaf: str | None


class Weighed(Terms):
    """What the request would do to today's figures. Nothing was recorded."""

    account_id: UUID | None
    version: int
    dry_run: bool
    before: CapProgress | None
    after: CapProgress
    basis: Basis


RECORDED_OR_WEIGHED: Mapping[int, type[BaseModel]] = {201: Recorded, 200: Weighed}


def record(call: Call[Any, Write], command: Command, *words: Mapping[str, str]) -> Answer:
    """Carry the command out once, or weigh it; `words` are for the vault, those of each fact in turn."""
    if call.query.dry_run:
        return weigh(call, command)
    return recorded(carry_out(call, command, *words))


def carry_out(call: Call[Any, Write], command: Command, *words: Mapping[str, str]) -> Outcome:
    """Carry the command out once; `words` are for the vault, those of each fact in turn."""
    return call.council.ledger.handle(
        call.account_id,
        command,
        by=call.identity.caller,
        now=call.now,
        request=call.as_request,
        if_version=call.if_version,
        texts=words,
    )


def recorded(outcome: Outcome, model: type[Recorded] = Recorded, /, **more: object) -> Answer:
    """The answer to a request that was carried out, now or when it was first sent."""
    entry, receipted = outcome.entries[0], outcome.receipted
    assert receipted  # whatever added entries has put them in a place
    found = model.model_validate(
        {
            "account_id": entry.account_id,
            "version": outcome.account.version,
            "recorded_at": entry.recorded_at,
            "entry_id": entry.id,
            **receipted._asdict(),
            **more,
        }
    )
    replayed = {"Idempotent-Replayed": "true"} if outcome.replayed else {}
    return Answer(found, status=201, version=outcome.account.version, headers=replayed)


def weigh(call: Call[Any, Write], command: Command) -> Answer:
    """What the command would do to today's figures; nothing is recorded."""
    ledger, scheme, today = call.council.ledger, call.council.scheme, day_in_london(call.now)
    effect = ledger.weigh(call.account_id, command, by=call.identity.caller, now=call.now, if_version=call.if_version)
    found = Weighed(
        account_id=call.account_id,
        version=effect.before.version,
        dry_run=True,
        before=cap_progress(effect.before, scheme, today),
        after=cap_progress(effect.after, scheme, today),
        basis=basis(scheme),
    )
    return Answer(found, version=effect.before.version)


def words_given(words: Mapping[str, str | None]) -> Mapping[str, str]:
    """Of the words by field those that were given."""
    return {field: text for field, text in words.items() if text is not None}
