"""The application that the tests of the pages share, for what is handed out over HTTP."""

from tests.integration.conftest import admin
from tests.pages.conftest import site

__all__ = ["admin", "site"]
