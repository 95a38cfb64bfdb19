"""The application that the tests of the pages share, for what is handed out over HTTP, and whom the letters are for."""

from uuid import UUID

import pytest
from flask import Flask

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.integration.conftest import admin
from tests.pages.conftest import site, site_address
from tests.pages.office import Office

__all__ = ["admin", "site", "site_address"]


@pytest.fixture
def mrs_a(council: Council) -> UUID:
    return Office(council).mrs_a()


@pytest.fixture
def finance(site: Flask, council: Council) -> ApiCaller:
    return ApiCaller(site, council.code, "finance")
