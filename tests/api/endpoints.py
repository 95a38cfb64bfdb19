"""Every endpoint of the API, there to be asked about before an application is made."""

from importlib import import_module
from pkgutil import iter_modules

from api import v1
from api.kit.endpoint import ENDPOINTS, Endpoint

for module in iter_modules(v1.__path__):
    import_module(f"{v1.__name__}.{module.name}")

ALL: tuple[Endpoint, ...] = tuple(ENDPOINTS)
OF_ONE_ACCOUNT = tuple(endpoint for endpoint in ALL if "account_id" in endpoint.path_ids)
RECORDING = tuple(endpoint for endpoint in ALL if endpoint.records)


def name_of(endpoint: object) -> str:
    """How a test that is asked of every endpoint is called."""
    return endpoint.name if isinstance(endpoint, Endpoint) else str(endpoint)


def address_of(endpoint: Endpoint) -> str:
    """An endpoint's path below its account."""
    return endpoint.path.removeprefix("/v1/care-accounts/{account_id}/")
