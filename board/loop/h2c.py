"""Connections without TLS speak HTTP/1.1 and nothing else.

Hypercorn answers `Upgrade: h2c` with 101, and takes HTTP/2 by prior knowledge. Through a proxy that passes the
upgrade on, a client then has a tunnel: what it sends there the proxy neither reads nor corrects, and the addresses it
makes up come from a peer we trust. RFC 9113 (section 3.1) has withdrawn the upgrade; HTTP/2 by TLS and ALPN stays.
"""

from typing import Any

import hypercorn.protocol
from hypercorn.protocol.h11 import H11Protocol


class H11WithoutUpgrade(H11Protocol):
    """Hypercorn's HTTP/1.1, which never turns into another protocol by itself."""

    async def _check_protocol(self, event: Any) -> None:
        """Ignore `Upgrade: h2c`, as RFC 9110 (section 7.8) allows; the preface of HTTP/2 is a request with no path."""


def disable_h2c() -> None:
    """Make Hypercorn use it in this process.

    There is no setting for it, and nowhere else to put a class of one's own; to do it again is harmless.
    """
    hypercorn.protocol.H11Protocol = H11WithoutUpgrade  # type: ignore[attr-defined]
