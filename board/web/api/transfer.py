"""Handing a board over."""

from flask import Response

from board.domain.policy import Action
from board.service import transfer
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire import sharing
from board.wire.members import Member


@api.route(
    "POST",
    "/boards/<id:board_id>/transfer",
    tag="sharing",
    body=sharing.Transfer,
    answer=Member,
    action=Action.TRANSFER,
)
async def transfer_board(board_id: str, body: sharing.Transfer) -> Response:
    """Hand a board over: another member becomes its owner, and you an editor."""
    return answer(
        await transfer.transfer(store(), actor(), command(body), board_id=board_id, user_id=body.user_id)
    )
