"""Invitations to a board."""

from flask import Response

from board.domain.policy import Action
from board.service import boards, invitations
from board.service.ports import Outcome
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, settings, store
from board.web.links import admit_invitation, invitation_url, mail_invitation
from board.wire import sharing
from board.wire.boards import Board
from board.wire.paging import Page


@api.route(
    "POST",
    "/boards/<id:board_id>/invitations",
    tag="sharing",
    status=201,
    body=sharing.NewInvitation,
    answer=sharing.IssuedInvitation,
    action=Action.INVITE,
)
async def create_invitation(board_id: str, body: sharing.NewInvitation) -> Response:
    """Invite by a link, or somebody by e-mail.

    With `email` the link is only for the account with that address, and goes there by mail, too, where this
    server sends mail: `mailed` tells. The role is given as long as you own the board. `url` and `secret` are shown
    this once.
    """
    if body.email:
        await admit_invitation(body.email)
    draft = body.model_dump(exclude={"mutation"})
    mails = settings().sends_mail
    made = await invitations.create_invitation(
        store(), actor(), command(body), board_id=board_id, draft=draft, mails=mails
    )
    invitation, secret = made.value.invitation, made.value.secret or ""
    if body.email:
        view = await boards.get_board(store(), actor(), board_id)
        await mail_invitation(invitation, secret, view.board.title)
    shown = sharing.IssuedInvitation.made(made.value).model_dump() | {"url": invitation_url(secret)}
    return answer(Outcome(shown, made.seq))


@api.route(
    "GET",
    "/boards/<id:board_id>/invitations",
    tag="sharing",
    answer=Page[sharing.Invitation],
    action=Action.INVITE,
)
async def list_invitations(board_id: str) -> Response:
    """List the open invitations to a board, the newest first. Takes an owner."""
    found = await invitations.list_invitations(store(), actor(), board_id)
    items = [sharing.Invitation.of(one).model_dump() for one in found]
    return answer({"items": items, "next_cursor": None})


@api.route(
    "DELETE",
    "/boards/<id:board_id>/invitations/<id:invitation_id>",
    tag="sharing",
    status=204,
    action=Action.INVITE,
)
async def revoke_invitation(board_id: str, invitation_id: str) -> Response:
    """Take an invitation back: its link is worthless at once."""
    return answer(
        await invitations.revoke_invitation(
            store(), actor(), command(), board_id=board_id, invitation_id=invitation_id
        )
    )


@api.route(
    "GET",
    "/invitations/<secret>",
    tag="sharing",
    answer=sharing.Offer,
    anonymous=True,
    action=Action.LOOK,
)
async def get_invitation(secret: str) -> Response:
    """Get what an invitation offers. 404 for any that is unknown, expired, used up or void."""
    return answer(sharing.Offer.of(await invitations.find_offer(store(), secret)).model_dump())


@api.route("POST", "/invitations/<secret>/accept", tag="sharing", answer=Board, action=Action.ACCEPT)
async def accept_invitation(secret: str) -> Response:
    """Join the board. If you are on it already, you keep the greater role."""
    return answer(await invitations.accept(store(), actor(), command(), secret=secret))
