"""Who walks, and through which council?"""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser

from ledger.council import Council
from tests.pages.conftest import sign_in_path
from tests.pages.journeys.walker import Walker
from tests.pages.seen import NARROW, WIDE

Walk = Callable[..., Walker]


@pytest.fixture(params=[NARROW, WIDE], ids=lambda width: f"{width}px")
def walk(request: pytest.FixtureRequest, browser: Browser, site: Flask, site_address: str) -> Iterator[Walk]:
    """Begins a journey: somebody signs in, and stands where their role begins; or without a role, with a letter of
    ours in their hand, where a code is asked for."""
    contexts = []

    def begin(council: Council, role: str | None, heading: str, account: UUID | None = None, **more: str) -> Walker:
        context = browser.new_context(viewport={"width": request.param, "height": 900})
        contexts.append(context)
        walker = Walker(context.new_page(), site_address)
        path = sign_in_path(site, council, role, account, **more) if role else f"/sign-in/code?council={council.code}"
        walker.arrive(path, heading)
        return walker

    yield begin
    for context in contexts:
        context.close()
