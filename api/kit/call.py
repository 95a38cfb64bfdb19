"""One request, read and allowed, and what it is answered with."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from flask import Request, Response
from pydantic import BaseModel, BeforeValidator
from pydantic_core import PydanticCustomError

from api.auth import Identity
from api.kit.problems import ApiError
from api.wiring import Installation
from domain.account.statement import canonical
from domain.terms import Terms
from ledger import receipts
from ledger.council import Council
from ledger.schemes import KnownSchemes
from ledger.standing import Standing

B = TypeVar("B", bound=BaseModel)
Q = TypeVar("Q", bound=BaseModel)

_KEY = r"[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?"
KEY_PATTERN = r"^[!-~]([ -~]{0,253}[!-~])?$"
"""How an Idempotency-Key is written: printable ASCII, no blank at either end, where HTTP would take it away."""

VERSION_PATTERN = r'^(\*|"[0-9]{1,9}")$'
"""How If-Match is written: the version that ETag gave, or * for any."""


def _true_or_false(value: Any) -> bool:
    """Only the two words of JSON: a word taken for a wish to try would otherwise record, or the other way round."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise PydanticCustomError("true_or_false", "Write true or false.")


TrueOrFalse = Annotated[bool, BeforeValidator(_true_or_false)]


class NoBody(Terms):
    """This address takes no body."""


class NoQuery(Terms):
    """This address takes no query parameters."""


class Write(Terms):
    """What every write may be asked besides its body."""

    dry_run: TrueOrFalse = False


@dataclass(frozen=True)
class Answer:
    """A body that is a model, its status, and the version it rests on where it rests on one."""

    model: BaseModel
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        body = canonical(self.model.model_dump(mode="json", by_alias=True))
        response = Response(body, status=self.status, mimetype="application/json")
        if self.version is not None:
            response.headers["ETag"] = f'"{self.version}"'
        response.headers.update(self.headers)
        return response


@dataclass(frozen=True)
class Call(Generic[B, Q]):
    """One request, read and allowed: what was asked, by whom, of which council, at what time.

    `address` is the path with its ids written one way, so that the same address is always the same text.
    """

    request: Request
    address: str
    installation: Installation
    identity: Identity
    now: datetime
    account_id: UUID
    ids: Mapping[str, str]
    body: B
    query: Q
    shown: set[UUID] = field(default_factory=set)

    def shows(self, account_ids: Iterable[UUID]) -> None:
        """Have it written down that the answer shows these accounts, besides the one that its address names."""
        self.shown.update(account_ids)

    @cached_property
    def council(self) -> Council:
        return self.installation.council(self.identity.council)

    @cached_property
    def standing(self) -> Standing:
        """The account of the address with what its figures rest on, looked up once and all at one moment."""
        return self.council.ledger.standing(self.account_id)

    @property
    def schemes(self) -> KnownSchemes:
        """The schemes the council knows."""
        return self.standing.schemes if "account_id" in self.ids else self.council.schemes

    @cached_property
    def latest(self) -> datetime:
        """The latest moment of which anything is known: now, or that of the last entry where that is later.

        A fixed clock, or one behind another machine's, must not hide what has been recorded.
        """
        if "account_id" in self.ids:
            return max(self.now, self.standing.latest)
        return self.council.ledger.recorder.latest(self.now)

    @property
    def if_version(self) -> int | None:
        """The version an If-Match header names, if there is one."""
        header = self.request.headers.get("If-Match")
        if header is None or header.strip() == "*":
            return None
        if not re.fullmatch(VERSION_PATTERN, header.strip(), re.ASCII):
            raise ApiError(400, "malformed", 'If-Match names a version in quotation marks, as ETag gives it: "4".')
        return int(header.strip().strip('"'))

    @property
    def as_request(self) -> receipts.Request:
        """What makes this the same request when it is sent again: the key, the address and the body."""
        key = self.request.headers.get("Idempotency-Key", "")
        if not re.fullmatch(_KEY, key, re.ASCII):
            raise ApiError(
                400,
                "idempotency-key",
                "Send an Idempotency-Key header of 1 to 255 printable ASCII characters, new for each request.",
            )
        asked = [self.request.method, self.address, self._sent]
        return receipts.Request(self.identity.sub, key, hashlib.sha256(canonical(asked)).digest())

    @property
    def _sent(self) -> object:
        """The body; of a file its digest, and what the query says of it."""
        if self.request.is_json:
            return self.request.get_json()
        return [sorted(self.request.args.items()), hashlib.sha256(self.request.get_data()).hexdigest()]
