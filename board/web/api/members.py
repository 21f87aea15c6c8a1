"""The people of a board."""

from flask import Response

from board.domain.board import Role
from board.domain.policy import Action
from board.service import board_teams, members
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire.members import Member, MemberEdit, NewMember
from board.wire.paging import Page
from board.wire.present import present
from board.wire.teams import Added


@api.route(
    "GET",
    "/boards/<id:board_id>/members",
    tag="members",
    answer=Page[Member],
    action=Action.READ,
)
async def list_members(board_id: str) -> Response:
    """List the people of a board, in the order they came."""
    found = await members.list_members(store(), actor(), board_id)
    return answer({"items": present(found), "next_cursor": None})


@api.route(
    "POST",
    "/boards/<id:board_id>/members",
    tag="members",
    status=201,
    body=NewMember,
    answer=Added,
    action=Action.MANAGE_MEMBERS,
)
async def add_member(board_id: str, body: NewMember) -> Response:
    """Add a person who has an account, by their e-mail address or their id, or a team. Takes an owner.

    The answer is the member or the team. Everybody in a team has its role on the board, or their own if that is
    greater.
    """
    role = Role.of(body.role)
    if body.team_id is not None:
        return answer(
            await board_teams.add_team(
                store(), actor(), command(body), board_id=board_id, team_id=body.team_id, role=role
            )
        )
    who = body.model_dump(include={"email", "user_id"})
    return answer(
        await members.add_member(store(), actor(), command(body), board_id=board_id, who=who, role=role)
    )


@api.route(
    "PATCH",
    "/boards/<id:board_id>/members/<id:user_id>",
    tag="members",
    body=MemberEdit,
    answer=Member,
    action=Action.MANAGE_MEMBERS,
)
async def set_role(board_id: str, user_id: str, body: MemberEdit) -> Response:
    """Change what a member may do. Takes an owner; the last owner stays one."""
    role = Role.of(body.role)
    return answer(
        await members.set_role(store(), actor(), command(body), board_id=board_id, user_id=user_id, role=role)
    )


@api.route(
    "DELETE",
    "/boards/<id:board_id>/members/<id:user_id>",
    tag="members",
    status=204,
    action=Action.MANAGE_MEMBERS,
)
async def remove_member(board_id: str, user_id: str) -> Response:
    """Take a person off the board and its tasks, or leave it. The last owner can't leave.

    Who also comes by a team of the board stays with the team's role; who only comes by a team can't be removed
    alone.
    """
    return answer(
        await members.remove_member(store(), actor(), command(), board_id=board_id, user_id=user_id)
    )
