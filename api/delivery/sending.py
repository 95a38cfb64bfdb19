"""By whom are a council's letters carried, and what came of working at those that wait?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from api.delivery.carrier import Carrier
from api.delivery.deliver import Clock, Delivery
from api.delivery.documents import paper_of
from api.delivery.folder import Folder
from api.delivery.keys import services_in
from api.delivery.notify import Notify
from api.wiring import Installation
from ledger.council import Council
from ledger.letters import STATES, CarrierName, State
from ledger.store.letter_rows import Letters

CARRIED: Mapping[CarrierName, str] = {
    "notify": "by GOV.UK Notify",
    "folder": "to a folder, where somebody prints and posts them",
}
TIMEOUT = 30.0
"""Seconds that Notify may take to answer."""


def carrier_of(installation: Installation, code: str) -> Carrier:
    """GOV.UK Notify where the council has a key, else a folder; raises ValueError for a file that cannot be used."""
    settings = installation.settings
    service = services_in(settings.notify).get(code)
    if service is None:
        return Folder(settings.home, code, settings.now)
    return Notify(service.key, settings.notify_url, TIMEOUT)


def delivery_of(installation: Installation, council: Council, clock: Clock) -> Delivery:
    """A council's letters, with whoever carries them; raises ValueError."""
    letters, carrier = Letters(council.app, council.names), carrier_of(installation, council.code)
    return Delivery(letters, carrier, partial(paper_of, installation, council), clock)


def in_words(came: Counter[State], carrier: Carrier) -> Iterator[str]:
    """How many letters came where, and by whom they are carried, in a line; nothing where there was nothing to do."""
    if came:
        counts = ", ".join(f"{came[state]} {state}" for state in STATES if came[state])
        yield f"letters {CARRIED[carrier.name]}: {counts}"
