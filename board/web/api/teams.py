"""Teams of the server, and the teams of a board."""

from flask import Response

from board.domain.board import Role
from board.domain.policy import Action
from board.service import board_teams, teams
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.wire import teams as wire
from board.wire.paging import Page
from board.wire.present import present


@api.route("GET", "/teams", tag="teams", answer=Page[wire.Team], action=Action.READ_TEAMS)
async def list_teams() -> Response:
    """List the teams that you are in, by name; all of them for an administrator.

    These are what you can put on boards.
    """
    found = await teams.list_teams(store(), actor())
    return answer({"items": present(found), "next_cursor": None})


@api.route(
    "POST", "/teams", tag="teams", status=201, body=wire.NewTeam, answer=wire.Team, action=Action.MANAGE_TEAMS
)
async def create_team(body: wire.NewTeam) -> Response:
    """Make a team with nobody in it."""
    return answer(await teams.create_team(store(), actor(), command(body), name=body.name))


@api.route("GET", "/teams/<id:team_id>", tag="teams", answer=wire.Team, action=Action.READ_TEAMS)
async def get_team(team_id: str) -> Response:
    """Get one team that you are in; any for an administrator."""
    return answer(await teams.get_team(store(), actor(), team_id))


@api.route(
    "PATCH",
    "/teams/<id:team_id>",
    tag="teams",
    body=wire.TeamEdit,
    answer=wire.Team,
    action=Action.MANAGE_TEAMS,
)
async def rename_team(team_id: str, body: wire.TeamEdit) -> Response:
    """Give a team another name."""
    return answer(
        await teams.rename_team(store(), actor(), command(body), team_id=team_id, fields=body.fields())
    )


@api.route("DELETE", "/teams/<id:team_id>", tag="teams", status=204, action=Action.MANAGE_TEAMS)
async def delete_team(team_id: str) -> Response:
    """Delete a team. Who was on a board only by it loses that board at once."""
    await teams.delete_team(store(), actor(), command(), team_id=team_id)
    return answer(None)


@api.route(
    "GET",
    "/teams/<id:team_id>/members",
    tag="teams",
    answer=Page[wire.TeamMember],
    action=Action.MANAGE_TEAMS,
)
async def list_team_members(team_id: str) -> Response:
    """List the people in a team, by name."""
    found = await teams.list_people(store(), actor(), team_id)
    return answer({"items": present(found), "next_cursor": None})


@api.route(
    "POST",
    "/teams/<id:team_id>/members",
    tag="teams",
    status=201,
    body=wire.NewTeamMember,
    answer=wire.TeamMember,
    action=Action.MANAGE_TEAMS,
)
async def add_team_member(team_id: str, body: wire.NewTeamMember) -> Response:
    """Put a person in a team, by their e-mail address or their id."""
    who = body.model_dump(include={"email", "user_id"})
    return answer(await teams.add_person(store(), actor(), command(body), team_id=team_id, who=who))


@api.route(
    "DELETE",
    "/teams/<id:team_id>/members/<id:user_id>",
    tag="teams",
    status=204,
    action=Action.MANAGE_TEAMS,
)
async def remove_team_member(team_id: str, user_id: str) -> Response:
    """Take a person out of a team."""
    await teams.remove_person(store(), actor(), command(), team_id=team_id, user_id=user_id)
    return answer(None)


@api.route(
    "GET",
    "/boards/<id:board_id>/teams",
    tag="members",
    answer=Page[wire.BoardTeam],
    action=Action.READ,
)
async def list_board_teams(board_id: str) -> Response:
    """List the teams of a board, in the order they came."""
    found = await board_teams.list_board_teams(store(), actor(), board_id)
    return answer({"items": present(found), "next_cursor": None})


@api.route(
    "PATCH",
    "/boards/<id:board_id>/teams/<id:team_id>",
    tag="members",
    body=wire.BoardTeamEdit,
    answer=wire.BoardTeam,
    action=Action.MANAGE_MEMBERS,
)
async def set_team_role(board_id: str, team_id: str, body: wire.BoardTeamEdit) -> Response:
    """Change what the people of a team may do on a board."""
    role = Role.of(body.role)
    return answer(
        await board_teams.set_team_role(
            store(), actor(), command(body), board_id=board_id, team_id=team_id, role=role
        )
    )


@api.route(
    "DELETE",
    "/boards/<id:board_id>/teams/<id:team_id>",
    tag="members",
    status=204,
    action=Action.MANAGE_MEMBERS,
)
async def take_team_off(board_id: str, team_id: str) -> Response:
    """Take a team off a board. Who is on it by another way stays."""
    return answer(
        await board_teams.remove_team(store(), actor(), command(), board_id=board_id, team_id=team_id)
    )
