"""Do our recorders keep every promise of the event-sourcing library's interfaces? Its own test classes say so."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import AggregateRecorder, StoredEvent
from eventsourcing.tests import persistence as library
from psycopg2.extensions import make_dsn

from ledger.council import Council
from ledger.store.database import Database
from ledger.store.recorder import CouncilRecorder
from tests.integration.conftest import Admin


class AsAnAggregateRecorder(AggregateRecorder):
    """Our recorder as the library expects one without positions.

    The library keeps two kinds of event tables and has only one of them number its events; we keep one, and number
    all of them, because a projection has to see them all. Our events also say who recorded them, so that they do not
    equal the library's plain ones.
    """

    def __init__(self, recorder: CouncilRecorder) -> None:
        self._recorder = recorder

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self._recorder.insert_events(stored_events, **kwargs)

    def select_events(self, originator_id: UUID | str, **which: Any) -> Sequence[StoredEvent]:
        return [
            StoredEvent(event.originator_id, event.originator_version, event.topic, event.state)
            for event in self._recorder.select_events(originator_id, **which)
        ]


class TestAggregateRecorder(library.AggregateRecorderTestCase):
    @pytest.fixture(autouse=True)
    def _given(self, council: Council) -> None:
        self.council = council

    def create_recorder(self) -> AggregateRecorder:
        return AsAnAggregateRecorder(CouncilRecorder(self.council.app, self.council.names))


class TestApplicationRecorder(library.ApplicationRecorderTestCase[CouncilRecorder]):
    @pytest.fixture(autouse=True)
    def _given(self, council: Council) -> None:
        self.council = council

    def create_recorder(self) -> CouncilRecorder:
        return CouncilRecorder(self.council.app, self.council.names)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleavingNotificationIDs(library.NonInterleavingNotificationIDsBaseCase):
    @pytest.fixture(autouse=True)
    def _given(self, council: Council) -> None:
        self.council = council

    def create_recorder(self) -> CouncilRecorder:
        return CouncilRecorder(self.council.app, self.council.names)


class TestTrackingRecorder(library.TrackingRecorderTestCase):
    """Positions are the projector's to write; the application's role may only read them."""

    @pytest.fixture(autouse=True)
    def _given(self, council: Council) -> None:
        self.council = council

    def create_recorder(self) -> CouncilRecorder:
        return CouncilRecorder(self.council.projector, self.council.names)


class TestProcessRecorder(library.ProcessRecorderTestCase):
    """Events and a position in one transaction. None of our roles may write both, on purpose: this one is made here."""

    @pytest.fixture(autouse=True)
    def _given(self, council: Council, admin: Admin) -> None:
        role, password = f"{council.names.schema}_process", "only in this test"
        with admin() as statements:
            both = f"{council.names.app}, {council.names.projector}"
            statements.execute(f"CREATE ROLE {role} LOGIN INHERIT IN ROLE {both} PASSWORD %s", (password,))
            parts = statements.connection.get_dsn_parameters() | {"user": role, "password": password}
        self.recorder = CouncilRecorder(Database(make_dsn(**parts)), council.names)

    def create_recorder(self) -> CouncilRecorder:
        return self.recorder
