"""Origins of web pages (RFC 6454): the one way to compare two, for forms, sockets and programs of other sites."""

import re
from collections.abc import Iterable
from typing import NamedTuple

PORTS = {"http": 80, "https": 443}

_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")


class Origin(NamedTuple):
    """A scheme, a host in lower case, and a port, which is never left out."""

    scheme: str
    host: str
    port: int


def parse_origin(text: str) -> Origin | None:
    """Return an origin as browsers write it; None for `null`, for a list, and for whatever else is none."""
    found = _ORIGIN.fullmatch(text.lower())
    if found is None:
        return None
    return Origin(found["scheme"], found["host"], int(found["port"] or PORTS[found["scheme"]]))


def is_among(origin: str, allowed: Iterable[str]) -> bool:
    """Return whether an origin is one of these, however each is written."""
    asked = parse_origin(origin)
    return asked is not None and asked in {parse_origin(one) for one in allowed}


def is_ours(origin: str, reached_as: str, url: str, allowed: Iterable[str]) -> bool:
    """Return whether a page of this origin is ours or may act as one.

    `reached_as` is scheme and host of the request, `url` the public address if that is known, `allowed` the origins
    of the settings. Where the request's host is that of `url`, its scheme is too: else a page that somebody forged
    without TLS would be ours wherever a proxy doesn't tell us of TLS.
    """
    here, public = parse_origin(reached_as), parse_origin(url)
    own = [url] if here is not None and public is not None and here.host == public.host else [reached_as, url]
    return is_among(origin, [*own, *allowed])
