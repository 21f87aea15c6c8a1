"""WebSockets without compression: `permessage-deflate` (RFC 7692) is not agreed on, whatever a client offers.

Hypercorn agrees, with a dictionary kept for each connection: much memory, and each message compressed anew for each
viewer. And what comes compressed is unpacked whole before its size is looked at: 64 KiB become 64 MiB.
A client that is answered without the extension sends and reads plain messages (RFC 6455, section 9.1).
"""

from hypercorn.protocol import ws_stream

EXTENSIONS = b"sec-websocket-extensions"


class PlainHandshake(ws_stream.Handshake):
    """Hypercorn's, which hears of no extension: nothing is agreed on, and no odd parameter is ever read."""

    def __init__(self, headers: list[tuple[bytes, bytes]], http_version: str) -> None:
        super().__init__([pair for pair in headers if pair[0].lower() != EXTENSIONS], http_version)


def disable_websocket_compression() -> None:
    """Make Hypercorn use it in this process, for which it has no setting; to do it again is harmless."""
    ws_stream.Handshake = PlainHandshake  # type: ignore[misc]
