"""Ways to sign in by an identity provider, and those that are linked to an account."""

from datetime import datetime

from pydantic import Field

from board.domain.provider import Provider as DomainProvider
from board.wire.fields import Resource


class Provider(Resource):
    """A provider that the sign-in page offers."""

    name: str
    label: str
    start_url: str = Field(
        description="Where to send a browser; `next`, a path of this site, is where it ends"
    )

    @classmethod
    def of(cls, provider: DomainProvider) -> "Provider":
        """Return the resource of a provider, without what only the server may know of it."""
        return cls(name=provider.name, label=provider.label, start_url=f"/auth/{provider.name}/start")


class WaysIn(Resource):
    """How people sign in here."""

    providers: list[Provider]
    passwords: bool = Field(description="Whether a password signs anybody in; administrators it always does")
    registration: bool = Field(description="Whether somebody can make an account with a password")


class Identity(Resource):
    """A provider's account that signs you in."""

    provider: str = Field(description="Its name here; `former-...` when it is not set up any more")
    issuer: str
    label: str
    email: str | None
    created_at: datetime
    used_at: datetime | None
    active: bool = Field(description="Whether its provider is still set up")
    only_way_in: bool = Field(description="Whether nothing else would sign you in; then it can't be unlinked")
