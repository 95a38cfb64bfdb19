"""What fault tests share with those of the store: the server's administrator, and councils that let go."""

from tests.integration.conftest import admin, council

__all__ = ["admin", "council"]
