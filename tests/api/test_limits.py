"""Is whoever tries too often told when to try again, on every process alike, and nobody else held up?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from pydantic import ValidationError

from api.app import create_app
from api.kit.problems import ApiError
from api.limits import Limit
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from tests.api.caller import ApiCaller

A_DAY = 86_400


@pytest.fixture
def strict(installation: Installation) -> Callable[[], Flask]:
    """Makes a process for which three calls of a bearer a day are enough."""
    settings = installation.settings.model_copy(update={"limit_calls": Limit(3, A_DAY)})
    return lambda: create_app(Installation(settings))


def test_a_bearer_who_calls_too_often_waits_whichever_process_answers(
    strict: Callable[[], Flask], council: Council
) -> None:
    one, two = (ApiCaller(strict(), council.code, "finance") for _ in range(2))
    assert [caller.get("/v1/parameters").status_code for caller in (one, two, one)] == [200, 200, 200]
    refused = two.get("/v1/parameters")
    assert (refused.status_code, refused.get_json()["type"]) == (429, "/problems/too-often")
    assert 0 < int(refused.headers["Retry-After"]) <= A_DAY
    assert ApiCaller(strict(), council.code, "finance", sub="bob").get("/v1/parameters").status_code == 200


def test_calls_are_not_counted_unless_it_is_said_how_many(app: Flask, council: Council) -> None:
    caller = ApiCaller(app, council.code, "finance")
    assert {caller.get("/v1/parameters").status_code for _ in range(5)} == {200}
    assert _counted(council) == 0


def test_a_span_begins_anew_and_old_ones_are_cleared(
    installation: Installation, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 11, 22, 12, 14, 59, tzinfo=UTC)
    monkeypatch.setattr("api.limits._wall_clock", lambda: now)

    def tried(who: str = "192.0.2.7") -> str | None:
        try:
            installation.limits.require(council, "sign-in", Limit(2, 900), who)
        except ApiError as refused:
            return refused.headers["Retry-After"]
        return None

    assert [tried(), tried(), tried(), tried("192.0.2.8")] == [None, None, "2", None]
    now += timedelta(seconds=1)
    assert tried() is None
    assert _counted(council) == 3
    now += timedelta(days=1, seconds=900)
    assert tried() is None
    assert _counted(council) == 1


def test_no_address_stands_in_what_is_counted(installation: Installation, council: Council) -> None:
    installation.limits.require(council, "sign-in", Limit(2, 900), "192.0.2.7")
    with council.app.transaction() as statements:
        names = council.names
        statements.execute(f"SET LOCAL ROLE {names.keeper}; SELECT attempts::text FROM {names.vault}.attempts")
        ((row,),) = statements.fetchall()
    assert "192" not in row.partition(",2")[0]
    assert b"192.0.2.7".hex() not in row


@pytest.mark.parametrize(
    ("written", "limit"), [("30/900", Limit(30, 900)), ("1/1", Limit(1, 1)), ("off", None)], ids=str
)
def test_a_limit_is_written_as_tries_and_seconds(
    monkeypatch: pytest.MonkeyPatch, written: str, limit: Limit | None
) -> None:
    monkeypatch.setenv("CARELEDGER_LIMIT_SIGN_IN", written)
    assert Settings().limit_sign_in == limit


@pytest.mark.parametrize("written", ["", "0/900", "30", "30/0", "many", "30/900/1", "-1/5", "1e3/5"])
def test_a_limit_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("CARELEDGER_LIMIT_CALLS", written)
    with pytest.raises(ValidationError, match='write tries and seconds, as "30/900", or "off"'):
        Settings()


def _counted(council: Council) -> int:
    with council.app.transaction() as statements:
        names = council.names
        statements.execute(f"SET LOCAL ROLE {names.keeper}; SELECT count(*) FROM {names.vault}.attempts")
        ((count,),) = statements.fetchall()
    return int(count)
