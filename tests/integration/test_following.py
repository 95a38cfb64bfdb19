"""Does whoever keeps the lists warm reach every council, and hold no connection while there is nothing to do?"""

import logging
from collections.abc import Callable

import pytest

from api import following
from api.following import Follower
from api.wiring import Installation
from ledger.council import Council
from ledger.store.database import StoreUnavailable
from projections.follow import catch_up
from tests.integration.conftest import Admin
from tests.integration.recording import open_account, rows

Councils = list[Council]


@pytest.fixture
def councils(
    new_council: Callable[..., Council], installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> Councils:
    """Three councils with an event each, as if there were no others; two have their turn at once."""
    found = [new_council() for _ in range(3)]
    for council in found:
        open_account(council)
        council.close()
    monkeypatch.setattr(installation, "codes", lambda: [council.code for council in found])
    monkeypatch.setattr(following, "AT_ONCE", 2)
    return found


def reached(council: Council) -> list[tuple[int]]:
    found = rows(council, "SELECT position FROM {schema}.positions")
    council.close()
    return found


def test_every_council_has_its_turn(councils: Councils, installation: Installation) -> None:
    follower = Follower(installation)
    follower.turn()
    assert [reached(council) for council in councils] == [[(1,)], [(1,)], []]
    open_account(councils[0])
    follower.turn()
    assert [reached(council) for council in councils] == [[(2,)], [(1,)], [(1,)]]


def test_no_connection_is_held_between_turns(councils: Councils, installation: Installation, admin: Admin) -> None:
    follower = Follower(installation)
    for _ in range(3):
        follower.turn()
    roles = [role for council in councils for role in council.urls]
    with admin() as statements:
        statements.execute("SELECT usename FROM pg_stat_activity WHERE usename = ANY(%s)", (roles,))
        assert statements.fetchall() == []


def test_a_council_that_cannot_be_followed_stops_no_other_and_is_told(
    councils: Councils, installation: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(council: Council) -> int:
        if council.code == councils[0].code:
            raise ZeroDivisionError("planted")
        return catch_up(council)

    monkeypatch.setattr(following, "catch_up", faulty)
    Follower(installation).turn()
    assert reached(councils[1]) == [(1,)]
    (told,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"the list of {councils[0].code} could not be brought up to date" in told.getMessage()


def test_a_store_that_is_away_is_said_to_whoever_can_bring_it_back(
    councils: Councils, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(council: Council) -> int:
        raise StoreUnavailable("away")

    monkeypatch.setattr(following, "catch_up", away)
    with pytest.raises(StoreUnavailable):
        Follower(installation).turn()
