"""Sharing a board: invitations, the public link, and handing it over."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from board.domain.invitation import Invitation as DomainInvitation
from board.domain.invitation import Offer as DomainOffer
from board.domain.invitation import mask
from board.domain.messages import msg
from board.service.invitations import IssuedInvitation as DomainIssued
from board.wire.accounts import Email
from board.wire.fields import Id, Mutation, Resource
from board.wire.members import RoleWord

DAYS, DAYS_MAX = 14, 90
"""Days that an invitation is open: when nothing is said, and at most."""


class NewInvitation(Mutation):
    """An invitation to make: by link to whoever has it, or to one e-mail address, then good once."""

    role: RoleWord
    email: Email | None = None
    expires_in_days: Annotated[int, Field(ge=1, le=DAYS_MAX, strict=True)] = DAYS
    max_uses: Annotated[int, Field(ge=1, le=10_000, strict=True)] | None = Field(
        default=None, description="How many may join; null is any number"
    )

    @model_validator(mode="after")
    def is_for_one_person(self) -> Self:
        """Refuse an invitation to an address that is good twice."""
        if self.email is not None and self.max_uses not in (None, 1):
            raise ValueError(msg("an invitation to an e-mail address is good once: leave max_uses out"))
        return self


class Transfer(Mutation):
    """Whose the board is from now on."""

    user_id: Id


class Invitation(Resource):
    """An open invitation to a board; its secret is not shown again."""

    id: str
    board_id: str
    email: str | None
    role: str
    created_by: str | None
    created_at: datetime
    expires_at: datetime
    max_uses: int | None
    uses: int

    @classmethod
    def of(cls, invitation: DomainInvitation) -> "Invitation":
        """Return the resource of an invitation."""
        names = [name for name in cls.model_fields if name != "role"]
        return cls(**{name: getattr(invitation, name) for name in names}, role=invitation.role.word)


class IssuedInvitation(Invitation):
    """A new invitation. `url` and `secret` are shown this once: null when the request is repeated."""

    url: str | None = None
    secret: str | None
    mailed: bool = Field(
        description="Whether the link goes to `email` by mail; false where no mail server is set"
    )

    @classmethod
    def made(cls, issued: DomainIssued) -> "IssuedInvitation":
        """Return the resource of an invitation that was just made."""
        return cls(
            **Invitation.of(issued.invitation).model_dump(), secret=issued.secret, mailed=issued.mailed
        )


class Offer(Resource):
    """What an invitation offers to whoever has its link."""

    board_title: str
    inviter: str
    role: str
    email: str | None = Field(description="The address it is for, masked")
    expires_at: datetime

    @classmethod
    def of(cls, offer: DomainOffer) -> "Offer":
        """Return the resource of an offer."""
        invitation = offer.invitation
        return cls(
            board_title=offer.board_title,
            inviter=offer.inviter,
            role=invitation.role.word,
            email=mask(invitation.email) if invitation.email else None,
            expires_at=invitation.expires_at,
        )


class PublicLink(Resource):
    """The public link of a board. `url` is null in the answer to a repeated request: ask for the link."""

    url: str | None = None
    created_at: datetime


class Sharing(Resource):
    """How a board is shared beyond its members."""

    invitations: list[Invitation]
    public_link: PublicLink | None = Field(description="Null while the board is closed to the public")
    public_links: bool = Field(description="Whether this server has public links at all")
