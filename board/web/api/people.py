"""The accounts of this server, for its administrators."""

from flask import Response

from board.domain.policy import Action
from board.service import identities, people
from board.service.account_rows import PersonQuery
from board.web.api.contract import answer, command
from board.web.api.routes import api
from board.web.context import actor, store
from board.web.cursors import read_email, write_cursor
from board.web.sign_in import get_sign_in_methods
from board.wire import people as wire
from board.wire.identities import Identity
from board.wire.members import Member
from board.wire.paging import Page
from board.wire.present import present


@api.route(
    "GET",
    "/admin/people",
    tag="people",
    query=wire.PeopleQuery,
    answer=Page[wire.Person],
    action=Action.MANAGE_PEOPLE,
)
async def list_people(query: wire.PeopleQuery) -> Response:
    """List the accounts of this server, by e-mail address."""
    asked = PersonQuery(text=query.q, after=read_email(query.cursor), limit=query.limit)
    found = await people.list_people(store(), actor(), asked)
    shown = found[: query.limit]
    cursor = write_cursor(shown[-1].email) if len(found) > query.limit else None
    return answer({"items": present(list(shown)), "next_cursor": cursor})


@api.route(
    "PATCH",
    "/admin/people/<id:user_id>",
    tag="people",
    body=wire.PersonEdit,
    answer=wire.Person,
    action=Action.MANAGE_PEOPLE,
)
async def set_person(user_id: str, body: wire.PersonEdit) -> Response:
    """Disable or enable an account, make it an administrator's or not.

    Disabling ends all sessions and closes all sockets at once. Neither yourself nor the last administrator can be
    disabled.
    """
    return answer(
        await people.set_person(store(), actor(), command(body), user_id=user_id, fields=body.fields())
    )


@api.route(
    "DELETE",
    "/admin/people/<id:user_id>/sessions",
    tag="people",
    status=204,
    action=Action.MANAGE_PEOPLE,
)
async def end_person_sessions(user_id: str) -> Response:
    """Sign a person out everywhere."""
    await people.end_sessions(store(), actor(), command(), user_id=user_id)
    return answer(None)


@api.route(
    "GET",
    "/admin/people/<id:user_id>/identities",
    tag="people",
    answer=Page[Identity],
    action=Action.MANAGE_PEOPLE,
)
async def list_person_identities(user_id: str) -> Response:
    """List the identity providers that sign a person in, the oldest link first."""
    found = await identities.list_of_people(store(), actor(), [user_id], methods=get_sign_in_methods())
    return answer({"items": present(found[user_id]), "next_cursor": None})


@api.route(
    "DELETE",
    "/admin/people/<id:user_id>/identities/<provider>",
    tag="people",
    answer=wire.Unlinked,
    problems=[404, 409],
    action=Action.MANAGE_PEOPLE,
)
async def unlink_person_identity(user_id: str, provider: str) -> Response:
    """Let a provider sign a person in no more, whose account there is another one now: their sessions by it end.

    This may be their last way in (`ways_in` is 0 then). 409 for your own last one.
    """
    return answer(
        await identities.unlink_person(
            store(), actor(), command(), user_id=user_id, name=provider, methods=get_sign_in_methods()
        )
    )


@api.route(
    "POST",
    "/admin/boards/<id:board_id>/owner",
    tag="people",
    body=wire.BoardOwner,
    answer=Member,
    action=Action.MANAGE_PEOPLE,
)
async def adopt_board(board_id: str, body: wire.BoardOwner) -> Response:
    """Give a board a new owner when all its owners are disabled or gone."""
    return answer(
        await people.adopt_board(store(), actor(), command(body), board_id=board_id, user_id=body.user_id)
    )
