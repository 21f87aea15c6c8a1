"""Terms that people accept before they use the server."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person accepted a version of the terms, from an address."""

    KIND: ClassVar[str] = "consent"

    user_id: str
    version: str
    address: str
    at: datetime
