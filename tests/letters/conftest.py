"""The application that the tests of the pages share, for what is handed out over HTTP."""

from tests.integration.conftest import admin
from tests.pages.conftest import site, site_address

__all__ = ["admin", "site", "site_address"]
