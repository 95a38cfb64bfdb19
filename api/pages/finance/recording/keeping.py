"""How is what somebody has checked kept, once, and only if nothing else was recorded meanwhile?"""

from collections.abc import Mapping

from pydantic import BaseModel

from api.pages.finance.shown import StaffAccount
from api.pages.sent import request_sent, unreadable
from domain.account.commands import Command


def keep_checked(shown: StaffAccount, command: Command, said: BaseModel, texts: tuple[Mapping[str, str], ...]) -> None:
    """Record it once, however often the form is sent; raises Refused, Stale where the account has changed since.

    `said` is what makes the form known again; `texts` are the words that go with each entry.
    """
    visit, version = shown.visit, shown.asked.number("version", 1_000_000)
    if version is None:
        raise unreadable()
    visit.council.ledger.handle(
        visit.account_id,
        command,
        by=visit.identity.caller,
        now=visit.now,
        request=request_sent(visit, shown.asked, said.model_dump(mode="json", by_alias=True)),
        if_version=version,
        texts=texts,
    )
