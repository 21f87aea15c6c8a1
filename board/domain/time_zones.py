"""Time zones by their names in the IANA database, like `Europe/Berlin`."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def find_zone(name: str) -> tzinfo:
    """Return the zone of a name; UTC for "" and for a name that this machine does not know (any more)."""
    return _read(name) or UTC


def is_known(name: str) -> bool:
    """Tell whether this machine knows a zone of the name."""
    return _read(name) is not None


def _read(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
