"""Do our recorders keep every promise of the event-sourcing library's interfaces? Its own test classes say so.

They run on the embedded PostgreSQL here, and on one of the machine's own in test_server_postgresql.py.
"""

from collections.abc import Sequence
from inspect import isclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import LocalNotificationLog, Section
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


NOT_FOR_A_RECORDER = {
    "InfrastructureFactoryTestCase": "makes recorders from environment variables; ours are made by ledger/council.py",
    "TranscoderTestCase": "turns values into JSON; the shapes we store are those of our facts, held by tests/stored",
}


def test_every_test_class_the_library_offers_for_recorders_is_used() -> None:
    classes = {case for case in vars(library).values() if isclass(case) and case.__module__ == library.__name__}
    offered = {case for case in classes if any(name.startswith("test") for name in dir(case))}
    used = {base for name, case in globals().items() if name.startswith("Test") for base in case.__mro__}
    assert {case.__name__ for case in offered - used} == NOT_FOR_A_RECORDER.keys()


class TestNotificationLog:
    """The library has no test class for it: sections that lead from one to the next through all there is."""

    def test_its_sections_lead_through_every_event_once(self, council: Council) -> None:
        recorder, account_id = CouncilRecorder(council.app, council.names), uuid4()
        recorder.insert_events([StoredEvent(account_id, version, "topic", b"state") for version in range(1, 26)])
        log = LocalNotificationLog(recorder, section_size=10)
        sections = [log["1,10"]]
        while following := sections[-1].next_id:
            sections.append(log[following])
        assert [section.id for section in sections] == ["1,10", "11,20", "21,25"]
        seen = [(item.id, item.originator_version) for section in sections for item in section.items]
        assert seen == [(n, n) for n in range(1, 26)]

    def test_a_section_after_the_last_event_is_empty(self, council: Council) -> None:
        log = LocalNotificationLog(CouncilRecorder(council.app, council.names))
        assert log["1,10"] == Section(id=None, items=[], next_id=None)
