"""One council's part of the store: its ledger, its people, and the sign-ins it is reached by."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from domain.parameters import AmountsOfLaw
from domain.schemes import Scheme
from ledger.amounts import KnownAmounts
from ledger.application import CareAccountLedger
from ledger.receipts import Receipts
from ledger.schedule import KnownSchedule
from ledger.schemes import KnownSchemes
from ledger.store.access_log import AccessLog
from ledger.store.database import Database
from ledger.store.first_look import FirstLooks
from ledger.store.import_sources import ImportSources
from ledger.store.migrate import Setup
from ledger.store.names import CouncilNames
from ledger.store.policy_changes import PolicyChanges
from ledger.store.recorder import CouncilRecorder
from ledger.store.references import References
from ledger.store.run_claims import RunClaims
from ledger.store.samples import Samples
from ledger.store.schedule_changes import ScheduleChanges
from ledger.store.scheme_changes import SchemeChanges
from ledger.store.verifications import Verifications
from ledger.store.waits import Waits
from ledger.vault.attachments import Attachments
from ledger.vault.people import People
from ledger.vault.received import ReceivedEstimates
from ledger.vault.received_accounts import ReceivedAccounts
from ledger.vault.reveals import Reveals
from ledger.vault.saved_views import SavedViews
from ledger.vault.signing_in.attempts import Attempts
from ledger.vault.signing_in.issuer_subjects import IssuerSubjects
from ledger.vault.signing_in.letter_codes import LetterCodes
from ledger.vault.signing_in.sessions import Sessions

UrlOf = Callable[[str], str]
"""From the name of a database role to the URL by which it signs in."""


class NoSuchCouncil(Exception):
    """This installation keeps no ledger for the council. Set it up with: careledger init --council CODE."""


class Council:
    """A council's ledger, with everything it needs to be read and written."""

    def __init__(self, code: str, url_of: UrlOf, waits: Waits | None = None) -> None:
        self.names = CouncilNames(code)
        self.urls = {role: url_of(role) for role in (self.names.app, self.names.projector, self.names.verifier)}
        self.app = Database(self.urls[self.names.app], waits=waits)
        self.projector = Database(self.urls[self.names.projector], size=2, waits=waits)
        self.verifier = Database(self.urls[self.names.verifier], size=1, waits=waits)

    @property
    def code(self) -> str:
        return self.names.code

    @cached_property
    def setup(self) -> Setup:
        """What the council was set up with."""
        with self.app.transaction() as statements:
            statements.execute(f"SELECT name, scheme, face FROM {self.names.schema}.council")
            row = statements.fetchone()
        if row is None:
            raise NoSuchCouncil(NoSuchCouncil.__doc__)
        return Setup(*row)

    @cached_property
    def scheme_changes(self) -> SchemeChanges:
        return SchemeChanges(self.app, self.names)

    @property
    def schemes(self) -> KnownSchemes:
        """The schemes the council knows now, and which it has adopted: looked up anew each time."""
        return self.scheme_changes.known()

    @property
    def scheme(self) -> Scheme:
        """The scheme the council has adopted, as known now."""
        return self.schemes.adopted

    def scheme_at(self, known_at: datetime) -> Scheme:
        """The scheme the council had adopted, as known at a moment."""
        return self.schemes.known_at(known_at).adopted

    @cached_property
    def import_sources(self) -> ImportSources:
        return ImportSources(self.app, self.names)

    @cached_property
    def policy_changes(self) -> PolicyChanges:
        return PolicyChanges(self.app, self.names)

    @property
    def amounts(self) -> KnownAmounts:
        """What the council knows of amounts of law of its own: looked up anew each time."""
        return self.policy_changes.known()

    @property
    def amounts_now(self) -> AmountsOfLaw:
        """Every amount of law with the council's own, as known now."""
        return self.amounts.of_law

    def amounts_at(self, known_at: datetime) -> AmountsOfLaw:
        """Every amount of law with the council's own, as known at a moment."""
        return self.amounts.known_at(known_at).of_law

    @cached_property
    def schedule_changes(self) -> ScheduleChanges:
        return ScheduleChanges(self.app, self.names)

    @property
    def schedule(self) -> KnownSchedule:
        """When the council has decided that runs are due: looked up anew each time."""
        return self.schedule_changes.known()

    @cached_property
    def access_log(self) -> AccessLog:
        return AccessLog(self.app, self.names)

    @cached_property
    def run_claims(self) -> RunClaims:
        return RunClaims(self.app, self.names)

    @cached_property
    def samples(self) -> Samples:
        return Samples(self.app, self.names)

    @cached_property
    def verifications(self) -> Verifications:
        return Verifications(self.app, self.verifier, self.names)

    @cached_property
    def ledger(self) -> CareAccountLedger:
        recorder, references = CouncilRecorder(self.app, self.names), References(self.app, self.names)
        receipts, first_looks = Receipts(self.app, self.names), FirstLooks(self.app, self.names)
        return CareAccountLedger(recorder, references, receipts, self.people, self.scheme_changes, first_looks)

    @cached_property
    def people(self) -> People:
        return People(self.app, self.names)

    @cached_property
    def reveals(self) -> Reveals:
        return Reveals(self.app, self.names)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self.app, self.names)

    @cached_property
    def saved_views(self) -> SavedViews:
        return SavedViews(self.app, self.names)

    @cached_property
    def received(self) -> ReceivedEstimates:
        return ReceivedEstimates(self.app, self.names)

    @cached_property
    def received_accounts(self) -> ReceivedAccounts:
        return ReceivedAccounts(self.app, self.names)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self.app, self.names)

    @cached_property
    def attempts(self) -> Attempts:
        return Attempts(self.app, self.names)

    @cached_property
    def issuer_subjects(self) -> IssuerSubjects:
        return IssuerSubjects(self.app, self.names)

    @cached_property
    def letter_codes(self) -> LetterCodes:
        return LetterCodes(self.app, self.names, self.attempts)

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.app.close()
        self.projector.close()
        self.verifier.close()
