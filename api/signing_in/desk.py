"""Who may vouch for a council's people, as this installation was set up?"""

from collections.abc import Mapping

from api.issuer import Issuer
from api.settings import Settings
from api.signing_in.development import own_provider
from api.signing_in.providers import Audience, Provider, read_providers
from api.signing_in.relying import RelyingParty

AUDIENCES: tuple[Audience, ...] = ("staff", "citizens")


class SignIn:
    """The issuers of an installation: those of its file, or in development the embedded one."""

    def __init__(self, settings: Settings, issuer: Issuer) -> None:
        self._settings, self._issuer = settings, issuer
        self._providers = read_providers(settings.sign_in) if settings.sign_in else ()
        self._relying: dict[tuple[str, Audience, str], RelyingParty] = {}

    def providers(self, council: str, host: str) -> Mapping[str, Provider]:
        """Who vouches for a council's staff and citizens, asked under this address."""
        if self._settings.sign_in:
            return {each.audience: each for each in self._providers if each.council == council}
        return self.development(host, council)

    def development(self, host: str, council: str) -> Mapping[str, Provider]:
        """The embedded issuer for a council, at this address; nobody in production or on another machine."""
        if self._settings.mode == "production":
            return {}
        key = self._issuer.key_file("development-client")
        found = {audience: own_provider(key, host, council, audience) for audience in AUDIENCES}
        return {audience: provider for audience, provider in found.items() if provider}

    def relying(self, provider: Provider) -> RelyingParty:
        """Us, as an issuer knows us: what was learned of the issuer is kept."""
        known_as = provider.council, provider.audience, provider.issuer
        return self._relying.setdefault(known_as, RelyingParty(provider))
