"""/v1/care-accounts/{id}/contact-preferences: how does the person want to be reached, and what can they read?"""

from typing import Any
from uuid import UUID

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.recording import RECORDED_OR_WEIGHED, record
from api.v1.shared import ACCOUNT, AsKnown, account_known, known_at
from domain.account.commands import ChooseContact
from domain.account.contact import contact_choice
from domain.account.facts import ContactChoice
from domain.dates import Instant, day_in_london

_PREFERENCES = f"{ACCOUNT}/contact-preferences"


class ContactPreferences(ContactChoice):
    """What was chosen last, as known at a moment; where nothing was, a letter in standard print."""

    account_id: UUID
    version: int
    known_at: Instant


@post(_PREFERENCES, "arrange_letters", ContactChoice, RECORDED_OR_WEIGHED)
def choose_contact(call: Call[ContactChoice, Write]) -> Answer:
    """Say how the person wants to be reached from today on: by what, in which size of print, in which other formats."""
    return record(call, ChooseContact(on=day_in_london(call.now), **call.body.model_dump()))


@get(_PREFERENCES, "read_account", ContactPreferences, AsKnown)
def read_contact_preferences(call: Call[Any, AsKnown]) -> Answer:
    """How the person wants to be reached. Who gets copies of letters is among their representatives."""
    account, known = account_known(call), known_at(call)
    chosen = contact_choice(account)
    found = ContactPreferences(
        channel=chosen.channel,
        print_size=chosen.print_size,
        formats=chosen.formats,
        language=chosen.language,
        account_id=account.id,
        version=account.version,
        known_at=known,
    )
    return Answer(found, version=account.version)
