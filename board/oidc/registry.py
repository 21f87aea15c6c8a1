"""The providers of this server, and a client for each."""

from collections.abc import Iterable

from board.domain.errors import NotFound
from board.domain.provider import Provider
from board.oidc.client import Client
from board.oidc.transport import SharedTransport


class Providers:
    """All identity providers, by name. Nothing is asked of them until somebody signs in."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        known = list(providers)
        self._transport = SharedTransport() if known else None
        self._clients = {one.name: Client(one, self._transport) for one in known}

    def all(self) -> list[Provider]:
        """Return the providers in the order of the settings."""
        return [client.provider for client in self._clients.values()]

    def get(self, name: str) -> Provider:
        """Return the provider of this name, or NotFound."""
        return self.client(name).provider

    def client(self, name: str) -> Client:
        """Return what talks to the provider of this name; NotFound when there is none."""
        found = self._clients.get(name)
        if found is None:
            raise NotFound("identity provider", name)
        return found

    def of_issuer(self, issuer: str | None) -> Client | None:
        """Return what talks to the provider with this issuer, if there is one."""
        return next((one for one in self._clients.values() if one.provider.issuer == issuer), None)

    async def close(self) -> None:
        """Close the connections, at shutdown."""
        if self._transport is not None:
            await self._transport.close()
