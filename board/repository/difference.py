"""What has to be written of a thing that changed."""

from collections.abc import Iterable
from typing import Any


def difference(before: Any, after: Any, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the new values of the fields that differ, among these names or all of a dataclass's."""
    return {
        name: value
        for name in names or after.__dataclass_fields__
        if (value := getattr(after, name)) != getattr(before, name)
    }
