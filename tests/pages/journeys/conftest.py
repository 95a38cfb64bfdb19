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
    """Begins a journey: somebody signs in with a browser without scripts, and stands where their role begins."""
    contexts = []

    def begin(
        council: Council, role: str, heading: str, account: UUID | None = None, sub: str = "alice", **more: UUID
    ) -> Walker:
        context = browser.new_context(viewport={"width": request.param, "height": 900})
        contexts.append(context)
        walker = Walker(context.new_page(), site_address)
        walker.arrive(sign_in_path(site, council, role, account, sub, **more), heading)
        return walker

    yield begin
    for context in contexts:
        context.close()
