"""Which status a failure is told with: the only place that knows."""

import logging
import re

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from api.auth import Forbidden, HasEnded, NotSignedIn, NotYours
from api.exports.parquet import ParquetNotInstalled
from api.issuer import NotVouchedFor
from api.kit.problems import ApiError, invalid_field, pointer_to, told
from api.pages.mistakes import told_in_words
from domain.account.refusals import NoSuchEntry, Refused
from domain.law.financial_assessment import CannotBeAssessed
from domain.parameters import NotInForce
from domain.schemes import UnknownScheme
from ledger.amounts import NoSuchPolicyChange
from ledger.council import NoSuchCouncil
from ledger.entry import UnknownTopic
from ledger.faults import without_values
from ledger.import_proposal import ImportRefused
from ledger.import_run import NoSuchImport
from ledger.letters import LetterRefused, NoSuchLetter
from ledger.outcomes import AccountExists, NoSuchAccount, Stale, TooManyAtOnce
from ledger.policy import NotAllowedByLaw, PolicyRefused
from ledger.reassessment_run import NoSuchReassessment, NotFinishedYet, TakesBackItself
from ledger.receipts import KeyUsedForAnotherRequest
from ledger.reference import NoReference
from ledger.samples import NoSuchSample
from ledger.statement_run import NoSuchStatementRun, StatementRunRefused
from ledger.store.access_log import NotWrittenDown
from ledger.store.database import StoreFull, StoreUnavailable
from ledger.vault.received import AlreadyDecided, NoSuchEstimate, TooManyReceived
from ledger.vault.saved_views import TooManyViews

log = logging.getLogger(__name__)

_ABSENT = "There is no such account."
STATUSES: dict[type[Exception], tuple[int, str]] = {
    NotSignedIn: (401, "not-signed-in"),
    NotVouchedFor: (401, "token-not-accepted"),
    NoSuchCouncil: (401, "no-such-council"),
    HasEnded: (403, "permission-ended"),
    Forbidden: (403, "forbidden"),
    NoSuchEntry: (404, "not-found"),
    NoSuchImport: (404, "not-found"),
    NoSuchLetter: (404, "not-found"),
    NoSuchPolicyChange: (404, "not-found"),
    NoSuchEstimate: (404, "not-found"),
    NoSuchReassessment: (404, "not-found"),
    NoSuchStatementRun: (404, "not-found"),
    NoSuchSample: (404, "not-found"),
    AccountExists: (409, "account-exists"),
    AlreadyDecided: (409, "already-decided"),
    NotAllowedByLaw: (409, "not-allowed-by-law"),
    TooManyReceived: (409, "too-many-received"),
    NotFinishedYet: (409, "not-finished-yet"),
    TakesBackItself: (409, "takes-back-itself"),
    TooManyAtOnce: (409, "too-many-at-once"),
    TooManyViews: (409, "too-many-views"),
    Stale: (412, "stale"),
    KeyUsedForAnotherRequest: (422, "key-used-for-another-request"),
    NotInForce: (422, "not-in-force"),
    UnknownScheme: (422, "unknown-scheme"),
    NoReference: (422, "no-reference"),
    ParquetNotInstalled: (501, "parquet-not-installed"),
    UnknownTopic: (503, "recorded-by-a-newer-version"),
}
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "60"}}


def as_api_error(fault: Exception) -> ApiError:
    """What a failure is to a caller. Anything unforeseen is a fault: logged once and loud, told without its inside."""
    if isinstance(fault, ApiError):
        return fault
    if isinstance(fault, NoSuchAccount | NotYours):
        return ApiError(404, "not-found", _ABSENT)
    if isinstance(fault, Refused | PolicyRefused | StatementRunRefused | LetterRefused | ImportRefused):
        return ApiError(409, slug_of(type(fault)), str(fault))
    if isinstance(fault, CannotBeAssessed):
        return invalid_field(pointer_to(*fault.field), str(fault))
    if isinstance(fault, StoreUnavailable):
        log.error("the store is away", exc_info=fault)
        return ApiError(
            503,
            "store-unavailable",
            str(fault)
            if isinstance(fault, StoreFull | NotWrittenDown)
            else "The store does not answer. Send the same request again.",
            headers={"Retry-After": "2"},
        )
    if isinstance(fault, HTTPException):
        return _of_flask(fault)
    for kind, (status, slug) in STATUSES.items():
        if isinstance(fault, kind):
            return ApiError(status, slug, str(fault), headers=_HEADERS.get(status))
    log.error("an unforeseen fault\n%s", without_values(fault))
    return ApiError(
        500,
        "fault",
        "Something went wrong here. It has been logged. Sending the same request again does nothing twice.",
    )


def slug_of(kind: type[Exception]) -> str:
    """The stable name of a refusal: AccountIsClosed is told as account-is-closed."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


def _of_flask(fault: HTTPException) -> ApiError:
    headers = {name: value for name, value in fault.get_headers() if name == "Allow"}
    words = {
        404: "There is nothing at this address.",
        405: "This address does not take that method.",
        413: f"The body is too large: send at most {(request.max_content_length or 0) // 2**20} MiB.",
    }
    status = fault.code or 500
    slug = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}.get(status, "malformed")
    return ApiError(status, slug, words.get(status, "The request could not be read."), headers=headers)


_FOR_PROGRAMS = re.compile(r"/(v1(/.*)?|notify/callback|openapi\.json|livez|readyz)", re.DOTALL)


def tell_errors(app: Flask) -> None:
    """Tell every failure below /v1 as problem details; the pages tell theirs in words."""

    @app.errorhandler(Exception)
    def tell(fault: Exception) -> Response:
        error = as_api_error(fault)
        return told(error) if _FOR_PROGRAMS.fullmatch(request.path) else told_in_words(error)
