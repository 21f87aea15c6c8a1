"""A person is erased: they are gone at once, their traces are emptied, and the boards stay whole."""

from typing import Any

import pytest

from board.domain.erasure import NAME, tombstone_email
from board.service import erasure
from board.service.ports import Command
from tests.integration.accounts.conftest import OpenSite, PostForm, Sql
from tests.integration.conftest import PASSWORD, Person, SignUp, register
from tests.integration.privacy.conftest import SharedBoard, erase, whole_log
from tests.replica import Follower, apply, sorted_lists

TRACES = ("ben@example.org", "Benjamin", '"Ben"', "'Ben'")
"""What must be nowhere; Anna's own words about him stay."""


def store_of(asgi: Any) -> Any:
    return asgi.app.app.extensions["board"].store


async def find_traces(sql: Sql) -> list[str]:
    """Those traces that are anywhere in the tables that know people. A row's own text would be cut short."""
    tables = (
        "users identities sessions tokens grants consents audit team_members members invitations events "
        "visits imports comments"
    )
    rows = [str([tuple(row) for row in await sql(f"SELECT * FROM {table}")]) for table in tables.split()]
    bodies = [bytes(row[0]).decode() for row in await sql("SELECT body FROM receipts")]
    text = "\n".join(rows + bodies)
    return [trace for trace in TRACES if trace in text]


async def test_every_trace_is_emptied_and_the_board_stays_whole(shared: SharedBoard, sql: Sql) -> None:
    anna, ben = shared.anna, shared.ben
    follower = await Follower(shared.cleo, shared.board).start()
    before = await anna.get(f"{shared.here}/snapshot")
    assert {"ben@example.org", "Benjamin"} < set(await find_traces(sql))
    await erase(ben)

    told = await follower.catch_up()
    assert [event["type"] for event in told][-1] == "member.removed"
    kinds = {change["kind"] for change in told[-1]["changes"]}
    assert {"member", "comment", "task"} <= kinds
    after = await anna.get(f"{shared.here}/snapshot")
    assert [task["id"] for task in after["tasks"]] == [task["id"] for task in before["tasks"]]
    assert after["tasks"][0]["assignee_ids"] == []
    assert ben.id not in {member["id"] for member in after["members"]}
    found = (await anna.get(f"/tasks/{shared.task}/comments"))["items"]
    assert [(one["author_name"], one["body"]) for one in found] == [
        (NAME, "I brought the spade"),
        ("Anna", "Ben is late"),
    ]

    log = await whole_log(anna, shared.board)
    assert [event["seq"] for event in log] == list(range(1, len(log) + 1))
    assert await find_traces(sql) == []
    tombstone = (await sql("SELECT * FROM users WHERE id = :id", id=ben.id))[0]
    assert (tombstone.name, tombstone.email) == (NAME, tombstone_email(ben.id))
    assert (tombstone.password_hash, tombstone.avatar_url) == (None, None)
    assert tombstone.disabled_at
    assert tombstone.erased_at


async def test_the_invariant_holds_over_the_emptied_log(shared: SharedBoard) -> None:
    """From what a replica held before, and from nothing, the log leads to the snapshot of now."""
    old = await shared.cleo.get(f"{shared.here}/snapshot")
    await erase(shared.ben)
    last = await shared.cleo.get(f"{shared.here}/snapshot")
    log = await whole_log(shared.cleo, shared.board)
    empty = {name: [] for name in old if isinstance(old[name], list)}
    nothing = {**empty, "board": {"role": old["board"]["role"]}, "seq": 0, "epoch": old["epoch"]}
    for start in (old, nothing):
        replica = start
        for event in log[start["seq"] :]:
            replica = apply(replica, event)
        assert sorted_lists(replica) == sorted_lists(last)


async def test_nobody_signs_in_and_every_door_is_shut(shared: SharedBoard, http: Any) -> None:
    ben = shared.ben
    token = (await ben.post("/me/tokens", {"name": "t", "scopes": ["read"]}))["token"]
    await erase(ben)
    assert (await ben.http.get("/api/v1/me")).status_code == 401
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await http.get("/api/v1/me", headers=bearer)).status_code == 401
    answer = await http.post("/api/v1/session", json={"email": "ben@example.org", "password": PASSWORD})
    assert answer.status_code == 401
    again = {"email": "ben@example.org", "name": "Ben", "password": PASSWORD}
    assert (await http.post("/api/v1/users", json=again)).status_code == 201


async def test_who_may_not_be_erased_is_told_why(shared: SharedBoard) -> None:
    anna, ben = shared.anna, shared.ben
    wrong = await ben.http.request("DELETE", "/api/v1/me", json={"password": "not this one"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "password")
    assert (await ben.http.request("DELETE", "/api/v1/me", json={})).status_code == 422
    last = await anna.http.request("DELETE", "/api/v1/me", json={"password": PASSWORD})
    assert (last.status_code, "only administrator" in last.json()["detail"]) == (409, True)
    own = await anna.http.delete(f"/api/v1/admin/people/{anna.id}")
    assert own.status_code == 409
    assert (await ben.http.delete(f"/api/v1/admin/people/{anna.id}")).status_code == 403
    assert (await anna.get("/me"))["name"] == "Anna"


async def test_without_a_password_a_fresh_sign_in_is_the_proof(ben: Person, sql: Sql) -> None:
    await sql("UPDATE users SET password_hash = NULL WHERE id = :id", id=ben.id)
    await sql("UPDATE sessions SET created_at = '2020-01-01 00:00:00' WHERE user_id = :id", id=ben.id)
    late = await ben.http.request("DELETE", "/api/v1/me", json={})
    assert (late.status_code, "within ten minutes" in late.json()["detail"]) == (403, True)
    await sql("UPDATE sessions SET created_at = '2999-01-01 00:00:00' WHERE user_id = :id", id=ben.id)
    assert (await ben.http.request("DELETE", "/api/v1/me", json={})).status_code == 204


async def test_a_board_passes_on_or_goes(shared: SharedBoard, sign_up: SignUp) -> None:
    """To the highest role that is left, the longest there of these; a board with nobody else goes."""
    ben, cleo = shared.ben, shared.cleo
    dora = await sign_up("Dora")
    common = (await ben.post("/boards", {"title": "Shared"}))["id"]
    alone = (await ben.post("/boards", {"title": "Alone"}))["id"]
    for person, role in ((dora, "viewer"), (cleo, "editor"), (shared.anna, "editor")):
        await ben.post(f"/boards/{common}/members", {"user_id": person.id, "role": role})
    follower = await Follower(dora, common).start()
    await erase(ben)

    await follower.catch_up()
    roles = {one["id"]: one["role"] for one in follower.snapshot["members"]}
    assert roles == {cleo.id: "owner", dora.id: "viewer", shared.anna.id: "editor"}
    assert (await cleo.get(f"/boards/{common}"))["role"] == "owner"
    assert (await shared.anna.http.get(f"/api/v1/boards/{alone}")).status_code == 404
    told = await shared.anna.get("/admin/audit", params={"limit": 200})
    assert {"board.deleted", "board.ownership-transferred"} <= {one["type"] for one in told["items"]}


async def test_what_was_cut_off_is_finished_later(
    asgi: Any, shared: SharedBoard, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(asgi)

    async def fail(*_: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(erasure, "_scrub", fail)
        answer = await shared.anna.http.delete(f"/api/v1/admin/people/{shared.ben.id}")
        assert answer.status_code == 500
    assert (await shared.ben.http.get("/api/v1/me")).status_code == 401
    assert "Benjamin" in await find_traces(sql)
    assert await erasure.resume_erasures(store) == 1
    assert await find_traces(sql) == []
    assert await erasure.resume_erasures(store) == 0
    await shared.anna.delete(f"/admin/people/{shared.ben.id}")


async def test_many_comments_go_in_batches(shared: SharedBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "BATCH", 2)
    for number in range(5):
        await shared.ben.post(f"/tasks/{shared.task}/comments", {"body": f"Word {number}"})
    follower = await Follower(shared.anna, shared.board).start()
    await erase(shared.ben)
    told = await follower.catch_up()
    assert [event["type"] for event in told] == ["member.removed", "comment.updated", "comment.updated"]
    found = (await shared.anna.get(f"/tasks/{shared.task}/comments"))["items"]
    assert {one["author_name"] for one in found} == {NAME, "Anna"}


async def test_who_left_a_board_is_erased_there_too(shared: SharedBoard, sql: Sql) -> None:
    await shared.anna.delete(f"{shared.here}/members/{shared.ben.id}")
    follower = await Follower(shared.anna, shared.board).start()
    await erase(shared.ben)
    assert [event["type"] for event in await follower.catch_up()] == ["comment.updated"]
    assert await find_traces(sql) == []


async def test_undo_brings_no_name_back(shared: SharedBoard, sql: Sql) -> None:
    """Anna deletes Ben's comment, he is erased, she undoes it."""
    await shared.anna.delete(f"/comments/{shared.comment}")
    await erase(shared.ben)
    await shared.anna.post(f"{shared.here}/undo")
    found = (await shared.anna.get(f"/tasks/{shared.task}/comments"))["items"]
    assert (NAME, "I brought the spade") in {(one["author_name"], one["body"]) for one in found}
    assert await find_traces(sql) == []


async def test_the_page_deletes_the_account(ben: Person, post_form: PostForm) -> None:
    wrong = await post_form(ben.http, "/profile/data", password="not this one")
    assert (wrong.status_code, "This is not your password" in wrong.text) == (422, True)
    done = await post_form(ben.http, "/profile/data", password=PASSWORD)
    assert (done.status_code, done.headers["Location"]) == (303, "/sign-in")
    assert "Your account is deleted" in (await ben.http.get("/sign-in")).text


async def test_an_administrator_deletes_an_account_by_the_page(
    asgi: Any, anna: Person, ben: Person, post_form: PostForm
) -> None:
    page = f"/admin/people/{ben.id}/delete"
    assert (await ben.http.get(page)).status_code == 403
    assert "Delete the account of <bdi>Ben</bdi>?" in (await anna.http.get(page)).text
    done = await post_form(anna.http, page)
    assert (done.status_code, done.headers["Location"]) == (303, "/admin/audit")
    async with store_of(asgi).work(None, Command()) as work:
        assert (await work.users.get(ben.id)).name == NAME


async def test_who_came_by_a_team_leaves_it_and_its_boards(shared: SharedBoard, sql: Sql) -> None:
    """The board that Ben alone owned passes to somebody who is on it by a team, rather than being deleted."""
    anna, ben, cleo = shared.anna, shared.ben, shared.cleo
    team = (await anna.post("/teams", {"name": "Diggers"}))["id"]
    for person in (ben, cleo):
        await anna.post(f"/teams/{team}/members", {"user_id": person.id})
    common = (await ben.post("/boards", {"title": "Shared"}))["id"]
    for board, role in ((shared.board, "editor"), (common, "viewer")):
        owner = anna if board == shared.board else ben
        await owner.post(f"/boards/{board}/members", {"team_id": team, "role": role})
    await ben.post(f"/boards/{common}/members", {"user_id": anna.id, "role": "viewer"})
    followers = [await Follower(anna, board).start() for board in (shared.board, common)]
    await erase(ben)
    for follower in followers:
        await follower.catch_up()
        assert ben.id not in {one["id"] for one in follower.snapshot["members"]}
    assert (await cleo.get(f"/boards/{common}"))["role"] == "owner"
    assert [one["user_id"] for one in (await anna.get(f"/teams/{team}/members"))["items"]] == [cleo.id]
    assert await find_traces(sql) == []


async def test_who_came_by_a_team_to_a_board_with_no_log_left_is_in_no_new_event(
    shared: SharedBoard, sql: Sql
) -> None:
    """What tells the board that they left names them: it was told before the traces were looked for, or it stays."""
    anna, ben = shared.anna, shared.ben
    team = (await anna.post("/teams", {"name": "Diggers"}))["id"]
    await anna.post(f"/teams/{team}/members", {"user_id": ben.id})
    quiet = (await anna.post("/boards", {"title": "Quiet"}))["id"]
    await anna.post(f"/boards/{quiet}/members", {"team_id": team, "role": "viewer"})
    await sql("DELETE FROM events WHERE board_id = :id", id=quiet)
    await erase(ben)
    assert [row.type for row in await sql("SELECT type FROM events WHERE board_id = :id", id=quiet)] == [
        "member.removed"
    ]
    assert await find_traces(sql) == []


async def test_a_board_that_goes_along_puts_its_guests_out(shared: SharedBoard, asgi: Any) -> None:
    alone = (await shared.ben.post("/boards", {"title": "Ben's own"}))["id"]
    await shared.ben.put(f"/boards/{alone}/public-link")
    told: list[str] = []
    asgi.app.app.extensions["board"].announcer.announce = lambda notice: told.append(
        getattr(notice, "reason", "")
    )
    await erase(shared.ben)
    assert "This board was deleted." in told


async def test_its_password_is_guessed_no_faster_than_at_the_sign_in(open_site: OpenSite) -> None:
    anna = await register(await open_site({"rate_sign_in": "2/15minutes"}), "Anna")
    tries = ("guess", "guess", PASSWORD)
    answers = [
        (await anna.http.request("DELETE", "/api/v1/me", json={"password": one})).status_code for one in tries
    ]
    assert answers == [422, 422, 429]
