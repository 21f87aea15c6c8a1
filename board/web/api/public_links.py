"""The public link of a board."""

from flask import Response

from board.domain.policy import Action
from board.service import public_links
from board.service.ports import Outcome
from board.service.public_links import OpenLink
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, secret_key, settings, store
from board.web.links import public_url
from board.wire import sharing


@api.route(
    "GET",
    "/boards/<id:board_id>/public-link",
    tag="sharing",
    answer=sharing.PublicLink,
    action=Action.PUBLISH,
)
async def get_public_link(board_id: str) -> Response:
    """Get the public link of a board; 404 when it is not open to the public. Takes an owner."""
    found = await public_links.get_link(
        store(), actor(), secret_key(), board_id=board_id, allowed=settings().public_links
    )
    return answer(_show(found))


@api.route(
    "PUT",
    "/boards/<id:board_id>/public-link",
    tag="sharing",
    answer=sharing.PublicLink,
    action=Action.PUBLISH,
)
async def open_public_link(board_id: str) -> Response:
    """Let whoever has the link read the board without an account, or renew the link: the old one stops working."""
    allowed = settings().public_links
    opened = await public_links.open_link(
        store(), actor(), command(), secret_key=secret_key(), board_id=board_id, allowed=allowed
    )
    return answer(Outcome(_show(opened.value), opened.seq))


@api.route("DELETE", "/boards/<id:board_id>/public-link", tag="sharing", status=204, action=Action.PUBLISH)
async def close_public_link(board_id: str) -> Response:
    """Close the public link. Whoever reads the board by it is put out at once."""
    return answer(await public_links.close_link(store(), actor(), command(), board_id=board_id))


def _show(link: OpenLink) -> dict[str, object]:
    url = public_url(link.token) if link.token else None
    return sharing.PublicLink(url=url, created_at=link.created_at).model_dump()
