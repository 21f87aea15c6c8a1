"""Boards: the unit of sharing and sync."""

from flask import Response, request

from board.domain.errors import Conflict
from board.domain.messages import msg
from board.domain.policy import Action
from board.service import boards
from board.web.api.contract import answer, command, not_modified
from board.web.api.list_pages import page, read_cursor
from board.web.api.routes import api
from board.web.api.snapshots import name_snapshot
from board.web.context import actor, store
from board.wire.boards import Board, BoardEdit, NewBoard, Snapshot
from board.wire.events import EventPage, EventsQuery, events_page
from board.wire.paging import Page, WholeQuery


@api.route(
    "GET",
    "/boards",
    tag="boards",
    query=WholeQuery,
    answer=Page[Board],
    action=Action.READ_BOARDS,
)
async def list_boards(query: WholeQuery) -> Response:
    """List the boards you are on, the newest first: all that have room in an answer."""
    found = await boards.page_boards(store(), actor(), read_cursor(query.cursor), limit=query.limit)
    return answer(page(found, lambda view: (view.board.created_at, view.board.id)))


@api.route(
    "POST",
    "/boards",
    tag="boards",
    status=201,
    body=NewBoard,
    answer=Board,
    action=Action.CREATE_BOARD,
)
async def create_board(body: NewBoard) -> Response:
    """Make a board, which you own."""
    made = await boards.create_board(
        store(), actor(), command(body), title=body.title, template=body.template, id=body.id
    )
    return answer(made, {"Location": f"/api/v1/boards/{made.value.board.id}"})


@api.route("GET", "/boards/<id:board_id>", tag="boards", answer=Board, action=Action.READ)
async def get_board(board_id: str) -> Response:
    """Get one board."""
    return answer(await boards.get_board(store(), actor(), board_id))


@api.route(
    "PATCH",
    "/boards/<id:board_id>",
    tag="boards",
    body=BoardEdit,
    answer=Board,
    action=Action.EDIT_BOARD,
)
async def edit_board(board_id: str, body: BoardEdit) -> Response:
    """Rename, describe, archive or restore a board."""
    return answer(
        await boards.edit_board(store(), actor(), command(body), board_id=board_id, fields=body.fields())
    )


@api.route("DELETE", "/boards/<id:board_id>", tag="boards", status=204, action=Action.DELETE_BOARD)
async def delete_board(board_id: str) -> Response:
    """Delete a board with everything on it."""
    await boards.delete_board(store(), actor(), command(), board_id=board_id)
    return answer(None)


@api.route(
    "GET",
    "/boards/<id:board_id>/snapshot",
    tag="sync",
    answer=Snapshot,
    conditional=True,
    action=Action.READ,
)
async def get_snapshot(board_id: str) -> Response:
    """Get all of a board at one seq: what a replica starts from. 304 to who has it already, by If-None-Match.

    The header `Board-Mutation` is the mutation id of the change at that seq: see `GET /boards/{id}/events`.
    """
    if request.if_none_match:
        view = await boards.get_board(store(), actor(), board_id)
        if request.if_none_match.contains_weak(name_snapshot(view, actor())):
            return not_modified(_name(view))
    found = await boards.get_snapshot(store(), actor(), board_id)
    return answer(found, _name(found.view))


def _name(view: boards.BoardView) -> dict[str, str]:
    return {
        "ETag": f'W/"{name_snapshot(view, actor())}"',
        "Board-Mutation": view.board.last_mutation,
    }


@api.route(
    "GET",
    "/boards/<id:board_id>/events",
    tag="sync",
    query=EventsQuery,
    answer=EventPage,
    problems=[409],
    action=Action.READ,
)
async def get_events(board_id: str, query: EventsQuery) -> Response:
    """Get the events after a seq, oldest first. 409 when the log doesn't go on from what you have: take a snapshot."""
    replica = boards.ReplicaState(query.after, query.epoch, query.mutation)
    found = await boards.get_events(store(), actor(), board_id, replica=replica, limit=query.limit)
    if found.events is None:
        raise Conflict(
            msg("The log doesn't reach back to that seq, or is another one by now: take a new snapshot.")
        )
    return answer(events_page(found.view.board, found.events, query.after))
