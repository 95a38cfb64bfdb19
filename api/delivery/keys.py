"""Which councils have a service with GOV.UK Notify, by which keys, and which token do its callbacks bring?"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

_OTHERS_MAY = 0o077


class NotifyService(BaseModel):
    """One council's service. Nothing of it is ever shown or logged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(min_length=73, repr=False, description="the API key as Notify shows it once")
    callback_token: str = Field(min_length=20, repr=False, description="the bearer token of its callbacks")


_SERVICES: TypeAdapter[dict[str, NotifyService]] = TypeAdapter(dict[str, NotifyService])


def services_in(file: Path | None) -> dict[str, NotifyService]:
    """The services by the council's code; none without a file. Raises ValueError, which repeats nothing of the file."""
    if file is None:
        return {}
    try:
        if file.stat().st_mode & _OTHERS_MAY:
            raise ValueError(f"CARELEDGER_NOTIFY names {file}, which others may read. Take that away: chmod 600.")
        return _SERVICES.validate_json(file.read_bytes())
    except OSError as fault:
        raise ValueError(f"CARELEDGER_NOTIFY names {file}, which cannot be read.") from fault
    except ValidationError:
        raise ValueError(
            f'CARELEDGER_NOTIFY names {file}, which has to hold {{"E10000012": {{"key": "...", "callback_token":'
            ' "..."}}, a key as Notify gives it and a token of at least 20 characters for each council.'
        ) from None
