"""How does PostgreSQL run where nobody has set one up?"""

from ledger.embedded.process import CannotStart
from ledger.embedded.supervisor import SUPERUSER, EmbeddedPostgres

__all__ = ["SUPERUSER", "CannotStart", "EmbeddedPostgres"]
