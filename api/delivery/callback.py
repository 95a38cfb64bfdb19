"""/notify/callback: what does GOV.UK Notify tell of a letter by itself?

Of letters it tells that the post brought one back. Should it tell of a state one day, as it does of emails and texts,
that is heard too; until then letters are asked after.
"""

import hmac
from datetime import datetime
from uuid import UUID

from flask import Flask, Response, request
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from api.auth import NotSignedIn
from api.delivery.deliver import ASKED_EVERY
from api.delivery.keys import services_in
from api.delivery.notify import Notify, heard
from api.kit.problems import ApiError
from api.wiring import Installation
from ledger.council import Council
from ledger.letters import Heard, NoSuchLetter
from ledger.store.letter_rows import Letters

PATH = "/notify/callback"


class _Told(BaseModel):
    """What is told of one letter. The rest that Notify sends is not read: it names people."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    reference: str | None


class Receipt(_Told):
    """In which state a letter is."""

    id: UUID
    status: str

    def heard(self, now: datetime) -> Heard:
        return heard(self.status, str(self.id), next_at=now + ASKED_EVERY)


class Returned(_Told):
    """That the post brought a letter back."""

    notification_id: UUID

    def heard(self, now: datetime) -> Heard:
        return Heard("returned", "returned-to-sender", Notify.name, Notify.name, str(self.notification_id))


_TOLD: TypeAdapter[Receipt | Returned] = TypeAdapter(Receipt | Returned)


def serve_callback(app: Flask, installation: Installation) -> None:
    """Take what Notify tells; the token says of which council. A letter that has come further stays where it is."""

    @app.post(PATH)
    def notify_callback() -> Response:
        council = _council(installation, request.headers.get("Authorization", ""))
        try:
            told = _TOLD.validate_json(request.get_data())
        except ValidationError as fault:
            raise ApiError(422, "invalid-fields", "Send a receipt or a returned letter as Notify does.") from fault
        _hear(council, told, installation.settings.now())
        return Response(status=204)


def _hear(council: Council, told: Receipt | Returned, now: datetime) -> None:
    """Note it, unless it is of something that others send by the same service, under references of their own."""
    try:
        Letters(council.app, council.names).note(UUID(told.reference or ""), told.heard(now), now)
    except (ValueError, NoSuchLetter):
        return


def _council(installation: Installation, authorization: str) -> Council:
    """The council whose token it is: all are compared, so that the time it takes tells nothing."""
    given = authorization.removeprefix("Bearer ").encode()
    services = services_in(installation.settings.notify)
    known = [code for code, service in services.items() if hmac.compare_digest(service.callback_token.encode(), given)]
    if not known or not authorization.startswith("Bearer "):
        raise NotSignedIn("Send the bearer token that was set for callbacks.")
    return installation.council(known[0])
