"""Is the account that another council offers what its log says, to the penny?

It is checked by verify.py's own rules and nothing of ours, as anybody could.
"""

from typing import NamedTuple

from pydantic import ValidationError

from ledger.bundle.manifest import MANIFEST, digest_of
from ledger.bundle.places import Bundle
from ledger.evidence import verify
from ledger.evidence.checkpointing import origin_of
from ledger.evidence.note import PublicKey
from ledger.transfers.offering import OFFER, Offer


class NotAsOffered(Exception):
    """What of an offered account does not hold, a line for each."""


class Checked(NamedTuple):
    """An offer that holds, and by what its bundle is named."""

    offer: Offer
    digest: str


def checked(bundle: Bundle, key: PublicKey) -> Checked:
    """The offer in a bundle, once everything about it was found to hold; raises NotAsOffered."""
    found = verify.Verification(bundle, verify.key_of(str(key)))
    try:
        manifest, offer = (
            (bundle / MANIFEST).read_text("utf-8"),
            Offer.model_validate_json((bundle / OFFER).read_bytes()),
        )
        found.run()
    except (KeyError, OSError, ValidationError) as fault:
        raise NotAsOffered(f"This bundle holds no account that is offered: {fault}") from fault
    if wrong := found.wrong or [*_differences(found, offer, key)]:
        raise NotAsOffered("\n".join(wrong))
    return Checked(offer, digest_of(manifest))


def _differences(found: verify.Verification, offer: Offer, key: PublicKey) -> list[str]:
    """What the offer says otherwise than the entries, of which the last is named."""
    if [*found.accounts] != [offer.account_id] or key.name != origin_of(offer.from_council):
        return [f"{key.name}: the offer is of another account, or of another council, than the entries are."]
    entries = found.accounts[offer.account_id]
    rules = found.schemes[offer.edition] if offer.edition in found.schemes else found.named.get(offer.scheme)
    account = verify.Account(entries)
    totals = verify.accrue(account, rules, offer.on)
    week = verify.week_of(account, rules, offer.on) if rules and offer.weekly_rate else None
    said = {
        "accrued costs": (offer.accrued_costs, totals.accrued),
        "daily living costs": (offer.daily_living_costs, totals.apart),
    }
    if offer.weekly_rate and not totals.cap_reached_on:
        metered, apart = (week[0] - week[1], week[1]) if week else (verify.NIL, verify.NIL)
        said["the weekly costs that count"] = offer.weekly_rate.metered, metered
        said["the weekly daily living costs"] = offer.weekly_rate.daily_living_costs, apart
    of = f"{key.name}, account {offer.account_id}, up to version {entries[-1]['version']}"
    return [
        f"{of}: {what} on {offer.on} are offered as {offered}, and come to {verify.written(comes_to)}."
        for what, (offered, comes_to) in said.items()
        if str(offered) != verify.written(comes_to)
    ]
