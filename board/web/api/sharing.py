"""How a board is shared beyond its members."""

from flask import Response

from board.domain.policy import Action
from board.service import sharing
from board.web.api.contract import answer
from board.web.api.routes import api
from board.web.context import actor, secret_key, settings, store
from board.web.links import public_url
from board.wire import sharing as wire


@api.route("GET", "/boards/<id:board_id>/sharing", tag="sharing", answer=wire.Sharing, action=Action.INVITE)
async def get_sharing(board_id: str) -> Response:
    """Get the open invitations to a board and its public link, at one moment. Takes an owner."""
    allowed = settings().public_links
    found = await sharing.get_sharing(store(), actor(), secret_key(), board_id=board_id, allowed=allowed)
    link = found.link
    shown = wire.Sharing(
        invitations=[wire.Invitation.of(one) for one in found.invitations],
        public_link=wire.PublicLink(url=public_url(link.token or ""), created_at=link.created_at)
        if link
        else None,
        public_links=found.allowed,
    )
    return answer(shown.model_dump())
