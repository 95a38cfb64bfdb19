"""How is it read from a form, for the person or at the office, how somebody wants to be reached, and taken down?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from api.pages.asked import Asked
from api.pages.contact import CHANNELS, FORMATS, LANGUAGES, SIZES
from api.pages.page import Visit
from api.pages.sent import request_sent
from domain.account.commands import ChooseContact
from domain.account.facts import ContactChoice


def chosen_in(asked: Asked, before: ContactChoice) -> ContactChoice:
    """What a form says; what it does not offer stays as it was chosen before."""
    return ContactChoice(
        channel=next((each for each in CHANNELS if each == asked.text("channel")), before.channel),
        print_size=next((each for each in SIZES if str(each) == asked.text("print_size")), before.print_size),
        formats=tuple(each for each in FORMATS if each in asked.several("formats")),
        language=asked.one_of("language", tuple(LANGUAGES), before.language or "") or None,
    )


def words_with(chosen: ContactChoice) -> dict[str, Mapping[Any, str]]:
    """The words of everything that can be chosen, a language among them that the page does not offer by itself."""
    also = {chosen.language: chosen.language} if chosen.language else {}
    return {"channels": CHANNELS, "sizes": SIZES, "formats": FORMATS, "languages": {**also, **LANGUAGES}}


def take_down(visit: Visit, account_id: UUID, asked: Asked, chosen: ContactChoice) -> None:
    """Record the choice once, however often the form is sent."""
    command = ChooseContact(on=visit.today, **chosen.model_dump())
    request, by = request_sent(visit, asked, chosen.model_dump(mode="json")), visit.identity.caller
    visit.council.ledger.handle(account_id, command, by=by, now=visit.now, request=request)
