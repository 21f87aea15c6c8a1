"""Invitations: who may make them, whom they let in, and when they let nobody in."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from board.domain.account import digest
from board.domain.ids import now
from board.repository.tables import audit, invitations, receipts, users
from tests.integration.conftest import PASSWORD, Person, SignUp
from tests.integration.sharing.conftest import refused

ANY = {"role": "editor"}


async def invite(person: Person, board: str, **draft: Any) -> dict[str, Any]:
    made: dict[str, Any] = await person.post(f"/boards/{board}/invitations", ANY | draft)
    return made


async def role_of(person: Person, board: str) -> str:
    return str((await person.get(f"/boards/{board}"))["role"])


async def fetch(parts: Any, query: Any) -> list[Any]:
    async with parts.engine.connect() as connection:
        return list((await connection.execute(query)).mappings())


async def change(parts: Any, table: Any, **values: Any) -> None:
    async with parts.engine.execution_options(writing=True).begin() as connection:
        await connection.execute(update(table).values(**values))


async def test_a_link_lets_people_in_until_it_is_used_up(
    anna: Person, ben: Person, sign_up: SignUp, board: str, parts: Any
) -> None:
    made = await invite(anna, board, max_uses=1)
    assert made["url"].endswith(f"/invitations/{made['secret']}")
    stored = await fetch(parts, select(invitations))
    assert [row["secret_hash"] for row in stored] == [digest(made["secret"])]

    offer = await ben.get(f"/invitations/{made['secret']}")
    assert (offer["board_title"], offer["inviter"], offer["role"]) == ("Garden", "Anna", "editor")
    joined = await ben.post(f"/invitations/{made['secret']}/accept")
    assert (joined["id"], joined["role"]) == (board, "editor")
    events = (await anna.get(f"/boards/{board}/events"))["events"]
    assert (events[-1]["type"], events[-1]["actor"]["name"]) == ("member.added", "Ben")

    carla = await sign_up("Carla")
    assert await refused(carla, "POST", f"/invitations/{made['secret']}/accept", {}) == 404
    assert await refused(carla, "GET", f"/invitations/{made['secret']}") == 404
    assert (await anna.get(f"/boards/{board}/invitations"))["items"] == []
    noted = {row["type"] for row in await fetch(parts, select(audit)) if row["board_id"] == board}
    assert {"board.invited", "board.invitation-accepted"} <= noted
    assert made["secret"] not in str(await fetch(parts, select(audit)))


async def test_two_at_once_get_no_further_than_its_uses(
    anna: Person, sign_up: SignUp, board: str, parts: Any
) -> None:
    made = await invite(anna, board, max_uses=2)
    people = [await sign_up(name) for name in ("Ben", "Carla", "Dora", "Emil")]
    path = f"/api/v1/invitations/{made['secret']}/accept"
    answers = await asyncio.gather(*(person.http.post(path, json={}) for person in people))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 404, 404]
    assert len((await anna.get(f"/boards/{board}/members"))["items"]) == 3
    assert [row["uses"] for row in await fetch(parts, select(invitations))] == [2]


async def test_one_to_an_address_is_for_that_account_alone_and_good_once(
    anna: Person, ben: Person, sign_up: SignUp, board: str
) -> None:
    made = await invite(anna, board, email="BEN@Example.org")
    carla = await sign_up("Carla")
    assert (await carla.get(f"/invitations/{made['secret']}"))["email"] == "b•••@example.org"
    assert await refused(carla, "POST", f"/invitations/{made['secret']}/accept", {}) == 403
    await ben.post(f"/invitations/{made['secret']}/accept")
    assert await role_of(ben, board) == "editor"
    assert await refused(ben, "GET", f"/invitations/{made['secret']}") == 404


async def test_an_unknown_address_may_be_invited_again_by_a_new_link(
    anna: Person, sign_up: SignUp, board: str
) -> None:
    unknown = {"email": "carla@example.org", "role": "editor"}
    assert await refused(anna, "POST", f"/boards/{board}/members", unknown) == 422
    first, second = [await invite(anna, board, email="carla@example.org") for _ in range(2)]
    assert first["secret"] != second["secret"]
    assert [first["mailed"], second["mailed"]] == [False, False]
    carla = await sign_up("Carla")
    await carla.post(f"/invitations/{second['secret']}/accept")
    assert await role_of(carla, board) == "editor"


async def test_a_member_keeps_the_greater_role_and_uses_nothing_up(
    anna: Person, ben: Person, board: str, parts: Any
) -> None:
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "commenter"})
    lower, higher = await invite(anna, board, role="viewer"), await invite(anna, board, role="owner")
    assert (await ben.post(f"/invitations/{lower['secret']}/accept"))["role"] == "commenter"
    assert [row["uses"] for row in await fetch(parts, select(invitations))] == [0, 0]
    assert (await ben.post(f"/invitations/{higher['secret']}/accept"))["role"] == "owner"
    assert await role_of(ben, board) == "owner"
    assert len((await anna.get(f"/boards/{board}/members"))["items"]) == 2


@pytest.mark.parametrize("end", ["revoked", "expired", "inviter demoted", "inviter disabled", "inviter gone"])
async def test_a_void_invitation_is_as_good_as_none(
    anna: Person, ben: Person, sign_up: SignUp, board: str, parts: Any, end: str
) -> None:
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "owner"})
    made = await invite(ben, board)
    if end == "revoked":
        await anna.delete(f"/boards/{board}/invitations/{made['id']}")
    elif end == "expired":
        await change(parts, invitations, expires_at=now() - timedelta(seconds=1))
    elif end == "inviter demoted":
        await anna.patch(f"/boards/{board}/members/{ben.id}", {"role": "editor"})
    elif end == "inviter disabled":
        await change(parts, users, disabled_at=now())
    else:
        await change(parts, invitations, created_by=None)
    carla = await sign_up("Carla")
    path = f"/invitations/{made['secret']}"
    unknown = await carla.http.get("/api/v1/invitations/unknown")
    answer = await carla.http.get(f"/api/v1{path}")
    same = {name: value for name, value in answer.json().items() if name != "request_id"}
    assert (answer.status_code, same) == (
        404,
        {name: value for name, value in unknown.json().items() if name != "request_id"},
    )
    assert await refused(carla, "POST", f"{path}/accept", {}) == 404


async def test_only_owners_invite_list_and_revoke(
    anna: Person, ben: Person, sign_up: SignUp, board: str
) -> None:
    made = await invite(anna, board)
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "editor"})
    stranger = await sign_up("Carla")
    for person, status in ((ben, 403), (stranger, 404)):
        assert await refused(person, "POST", f"/boards/{board}/invitations", ANY) == status
        assert await refused(person, "GET", f"/boards/{board}/invitations") == status
        assert await refused(person, "DELETE", f"/boards/{board}/invitations/{made['id']}") == status
    other = (await ben.post("/boards", {"title": "Other"}))["id"]
    assert await refused(ben, "DELETE", f"/boards/{other}/invitations/{made['id']}") == 404


async def test_a_repeat_is_answered_without_the_secret_and_no_receipt_keeps_it(
    anna: Person, board: str, parts: Any
) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first = await anna.post(f"/boards/{board}/invitations", ANY, headers=key)
    again = await anna.post(f"/boards/{board}/invitations", ANY, headers=key)
    assert again == {**first, "secret": None, "url": None}
    assert first["secret"].encode() not in b"".join(
        row["body"] for row in await fetch(parts, select(receipts))
    )


async def test_what_an_invitation_may_say_is_checked(anna: Person, board: str) -> None:
    for wrong in (
        {"role": "admin"},
        {"expires_in_days": 0},
        {"expires_in_days": 91},
        {"max_uses": 0},
        {"email": "nobody"},
        {"email": "ben@example.org", "max_uses": 2},
    ):
        assert await refused(anna, "POST", f"/boards/{board}/invitations", ANY | wrong) == 422, wrong


async def test_a_new_account_joins_in_the_same_step(
    anna: Person, board: str, open_client: Any, parts: Any
) -> None:
    made = await invite(anna, board, max_uses=1)
    account = {"name": "Ben", "email": "ben@example.org", "password": PASSWORD, "invitation": made["secret"]}
    client = open_client()
    assert (await client.post("/api/v1/users", json=account)).status_code == 201
    assert [one["title"] for one in (await client.get("/api/v1/boards")).json()["items"]] == ["Garden"]
    refused = await open_client().post("/api/v1/users", json=account | {"email": "carla@example.org"})
    assert refused.status_code == 403
    assert [row["uses"] for row in await fetch(parts, select(invitations))] == [1]
    people = {row["email"]: row["email_verified_at"] for row in await fetch(parts, select(users))}
    assert (set(people), people["ben@example.org"]) == ({"anna@example.org", "ben@example.org"}, None)


class Letterbox:
    """A mailer that keeps what is sent."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, str]] = []

    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        self.letters.append((to, subject, text))


@pytest.fixture
def letterbox(parts: Any, monkeypatch: pytest.MonkeyPatch) -> Letterbox:
    box = Letterbox()
    monkeypatch.setattr("board.web.links.mailer", lambda: box)
    return box


@pytest.mark.parametrize("way", ["mail", "screen"])
async def test_only_the_link_that_went_by_mail_verifies_the_address(
    anna: Person, board: str, open_client: Any, parts: Any, letterbox: Letterbox, way: str
) -> None:
    made = await invite(anna, board, email="ben@example.org")
    [(to, subject, text)] = letterbox.letters
    assert (to, "Garden" in subject) == ("ben@example.org", True)
    mailed = next(line for line in text.splitlines() if "/invitations/" in line).rsplit("/", 1)[1]
    assert mailed != made["secret"]
    secret = mailed if way == "mail" else made["secret"]
    account = {"name": "Ben", "email": "ben@example.org", "password": PASSWORD, "invitation": secret}
    assert (await open_client().post("/api/v1/users", json=account)).status_code == 201
    found = await fetch(parts, select(users).where(users.c.email == "ben@example.org"))
    assert (found[0]["email_verified_at"] is not None) == (way == "mail")


async def test_the_page_leads_a_newcomer_to_the_board(anna: Person, board: str, open_client: Any) -> None:
    made = await invite(anna, board)
    path, client = f"/invitations/{made['secret']}", open_client()
    page = await client.get(path)
    assert page.status_code == 200
    assert "Anna invites you" in page.text
    assert f"invitation={made['secret']}" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert (await client.get("/invitations/unknown")).status_code == 404
    seen = await anna.http.get(path)
    assert (seen.status_code, seen.headers["Location"]) == (303, f"/boards/{board}")
