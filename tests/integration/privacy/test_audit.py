"""The security log: for administrators by person and type, for everybody about themselves."""

import httpx2
import pytest

from board.domain.audit import WORDS, AuditType
from tests.integration.accounts.conftest import PostForm
from tests.integration.conftest import Person
from tests.integration.privacy.conftest import SharedBoard


def test_each_type_has_words() -> None:
    assert set(WORDS) == set(AuditType)
    assert AuditType.SIGN_IN_FAILED.label == "Account sign in failed"


async def test_an_administrator_reads_it_by_person_and_type(shared: SharedBoard) -> None:
    anna, ben = shared.anna, shared.ben
    everything = (await anna.get("/admin/audit", params={"limit": 200}))["items"]
    assert [one["id"] for one in everything] == sorted((one["id"] for one in everything), reverse=True)
    added = (await anna.get("/admin/audit", params={"user": ben.id, "type": "board.member-added"}))["items"]
    assert [one["text"] for one in added] == ["Anna added Benjamin to “Garden”"]
    assert (added[0]["actor_id"], added[0]["user_id"]) == (anna.id, ben.id)
    assert added[0]["detail"] == {"role": "editor"}
    assert added[0]["request_id"]
    first = await anna.get("/admin/audit", params={"limit": 2})
    second = await anna.get("/admin/audit", params={"limit": 2, "cursor": first["next_cursor"]})
    assert [one["id"] for one in first["items"] + second["items"]] == [one["id"] for one in everything[:4]]


@pytest.mark.parametrize("path", ["/api/v1/admin/audit", "/admin/audit"])
async def test_nobody_else_does(ben: Person, http: httpx2.AsyncClient, path: str) -> None:
    assert (await ben.http.get(path)).status_code == 403
    assert (await http.get(path)).status_code in (401, 302)


async def test_ones_own_without_where_others_were(shared: SharedBoard) -> None:
    """Ben reads that Anna added him, but not her address, and no title of a board that he has left."""
    anna, ben = shared.anna, shared.ben
    mine = (await ben.get("/me/audit", params={"limit": 200}))["items"]
    assert all(ben.id in (one["actor_id"], one["user_id"]) for one in mine)
    added = next(one for one in mine if one["type"] == "board.member-added")
    assert (added["text"], added["address"], added["request_id"], added["detail"]) == (
        "Anna added Benjamin to “Garden”", "", "", {},
    )  # fmt: skip
    assert next(one for one in mine if one["type"] == "account.signed-in")["address"]
    await anna.delete(f"{shared.here}/members/{ben.id}")
    later = (await ben.get("/me/audit", params={"type": "board.member-added"}))["items"]
    assert later[0]["text"] == "Anna added Benjamin to a board"


async def test_the_pages(shared: SharedBoard, post_form: PostForm) -> None:
    anna, ben = shared.anna, shared.ben
    shown = (await anna.http.get("/admin/audit")).text
    assert "Anna added Benjamin to “Garden”" in shown
    filtered = (await anna.http.get("/admin/audit?person=ben@example.org&type=account.signed-in")).text
    assert "Ben signed in" in filtered
    assert "Anna added" not in filtered
    unknown = await anna.http.get("/admin/audit?person=nobody@example.org")
    assert (unknown.status_code, "Nobody has this e-mail address here." in unknown.text) == (422, True)
    assert "no such type" in (await anna.http.get("/admin/audit?type=bogus")).text
    mine = (await ben.http.get("/profile/data")).text
    assert "Anna added Benjamin to “Garden”" in mine
    assert "Download your data" in mine


async def test_a_board_that_is_deleted_is_in_the_log_by_its_title(shared: SharedBoard) -> None:
    await shared.anna.delete(shared.here)
    entry = (await shared.anna.get("/admin/audit?limit=1"))["items"][0]
    assert (entry["type"], entry["board_id"], entry["actor_id"]) == (
        "board.deleted",
        shared.board,
        shared.anna.id,
    )
    assert entry["detail"] == {"title": "Garden"}
