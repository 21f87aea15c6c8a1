"""The client's address, scheme and host when the server stands behind a proxy."""

import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from .grammar import is_host

Application = Callable[[Any, Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

SECURE: Final = {
    ("http", "https"): "https",
    ("ws", "https"): "wss",
    ("https", "http"): "http",
    ("wss", "http"): "ws",
}


class ProxyHeaders:
    """Believe X-Forwarded-For, -Proto and -Host only from a peer in `trusted`; strip them from all.

    `trusted` holds networks ("10.0.0.0/8", "::1"), and "unix" for a server on a Unix socket. The client
    is the first address from the right that is not trusted; scheme and host are the last ones given,
    those of the nearest proxy. Nothing is believed over HTTP/2 without TLS: a client makes a proxy open such a
    connection (`Upgrade: h2c`) and then speaks through it unseen. A peer that is not trusted and says such
    things is named in the scope, as `untrusted_proxy`.
    """

    def __init__(self, app: Application, trusted: Iterable[str] = ()) -> None:
        names = set(trusted)
        self.app = app
        self.unix = "unix" in names
        self.networks = [ipaddress.ip_network(name, strict=False) for name in names - {"unix"}]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = self.resolve(scope)
        await self.app(scope, receive, send)

    def resolve(self, scope: Any) -> Any:
        """Return the scope as the outermost trusted proxy saw it."""
        kept, forwarded = _separate(scope["headers"])
        if forwarded is None:
            return scope
        scope = {**scope, "headers": kept}
        client = scope.get("client")
        if _is_tunnel(scope) or not self._trusts(client[0] if client else None):
            return {**scope, "untrusted_proxy": client[0] if client else "unix"}
        if addresses := _values(forwarded, b"x-forwarded-for"):
            scope["client"] = (self._find_client(addresses, client), 0)
        if schemes := _values(forwarded, b"x-forwarded-proto"):
            scope["scheme"] = SECURE.get((scope["scheme"], schemes[-1].lower()), scope["scheme"])
        if (hosts := _values(forwarded, b"x-forwarded-host")) and is_host(hosts[-1]):
            scope["headers"] = [(b"host", hosts[-1].encode()), *(item for item in kept if item[0] != b"host")]
        return scope

    def _trusts(self, address: str | None) -> bool:
        parsed = _parse(address or "")
        if parsed is None:
            return self.unix and not address
        return any(parsed in network for network in self.networks)

    def _find_client(self, addresses: list[str], peer: Any) -> str:
        found = str(peer[0]) if peer else ""
        for address in reversed(addresses):
            parsed = _parse(address)
            if parsed is None:
                break
            found = str(parsed)
            if not self._trusts(found):
                break
        return found


def _is_tunnel(scope: Any) -> bool:
    return scope.get("http_version") == "2" and scope["scheme"] in ("http", "ws")


def _separate(headers: Any) -> tuple[Headers, Headers | None]:
    forwarded = [item for item in headers if _is_forwarding(item[0])]
    if not forwarded:
        return headers, None
    return [item for item in headers if not _is_forwarding(item[0])], forwarded


def _is_forwarding(name: bytes) -> bool:
    if name[:1] not in b"xf":
        return False
    name = name.replace(b"_", b"-")
    return name.startswith(b"x-forwarded-") or name in (b"forwarded", b"x-real-ip")


def _values(forwarded: Headers, name: bytes) -> list[str]:
    joined = b",".join(value for key, value in forwarded if key == name).decode("latin-1")
    return [value for part in joined.split(",") if (value := part.strip())]


def _parse(address: str) -> Any:
    """Return the IP address of `1.2.3.4`, `1.2.3.4:80`, `::1` or `[::1]:80`; None for anything else."""
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
