"""What guests get of the log: nothing older than the snapshot they took, by whatever door they ask."""

from typing import Any

import httpx2
import pytest

from board.domain.ids import new_id
from tests.integration.conftest import Person
from tests.integration.sharing.test_public_link import as_guest, open_link
from tests.listener import Listener, listening

SECRET = "The password is swordfish"


@pytest.fixture
async def token(anna: Person, board: str) -> str:
    """The token of a link to Anna's board, on which secrets stood and were deleted before it was opened."""
    column = (await anna.get(f"/boards/{board}/snapshot"))["columns"][0]["id"]
    for _ in range(2):
        task = await anna.post(f"/boards/{board}/tasks", {"title": SECRET, "column_id": column})
        await anna.post(f"/tasks/{task['id']}/comments", {"body": SECRET})
        await anna.delete(f"/tasks/{task['id']}")
    return await open_link(anna, board)


async def take(http: httpx2.AsyncClient, board: str, token: str) -> tuple[dict[str, Any], str]:
    """A guest's snapshot, and the mutation id of the change at its seq."""
    answer = await http.get(f"/api/v1/boards/{board}/snapshot", headers=as_guest(token))
    return answer.json(), answer.headers["Board-Mutation"]


async def page(http: httpx2.AsyncClient, board: str, token: str, **query: Any) -> httpx2.Response:
    return await http.get(f"/api/v1/boards/{board}/events", params=query, headers=as_guest(token))


async def rename(anna: Person, board: str, *titles: str) -> None:
    for title in titles:
        await anna.patch(f"/boards/{board}", {"title": title})


async def test_what_was_deleted_before_the_snapshot_is_told_by_no_door(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient, live_url: str
) -> None:
    snapshot, mutation = await take(http, board, token)
    said = []
    async with listening(live_url, token) as guest:
        for after in range(snapshot["seq"]):
            for proof in ({}, {"mutation": mutation}, {"mutation": new_id()}, {"epoch": snapshot["epoch"]}):
                answer = await page(http, board, token, after=after, **proof)
                said.append(answer.text)
                assert answer.status_code == 409, (after, proof)
                for event in ("board:sync", "board:join", "board:sync"):
                    ack = await guest.ask(event, {"board": board, "after": after, **proof})
                    said.append(str(ack))
                    assert ack["reset"] is True, (after, proof, event)
                    assert (ack["seq"], ack["epoch"]) == (snapshot["seq"], snapshot["epoch"])
        said.append(str(guest.heard))
    paths = ("members", "tasks?archived=true", "labels", "snapshot", "activity", "past?seq=3", "export")
    said += [
        (await http.get(f"/api/v1/boards/{board}/{path}", headers=as_guest(token))).text for path in paths
    ]
    assert SECRET not in "".join(said)
    assert SECRET in str(await anna.get(f"/boards/{board}/events")), (
        "members read what happened before they came"
    )


async def test_a_guest_polls_from_their_snapshot_on(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient
) -> None:
    snapshot, mutation = await take(http, board, token)
    seq = snapshot["seq"]
    assert (await page(http, board, token, after=seq)).json()["events"] == []
    await rename(anna, board, "A", "B")
    first = (await page(http, board, token, after=seq, mutation=mutation, limit=1)).json()
    assert ([event["seq"] for event in first["events"]], first["more"]) == ([seq + 1], True)
    known = {"after": seq + 1, "mutation": first["events"][0]["mutation"], "epoch": snapshot["epoch"]}
    second = (await page(http, board, token, **known)).json()
    assert ([event["seq"] for event in second["events"]], second["more"]) == ([seq + 2], False)


async def follow(guest: Listener, http: httpx2.AsyncClient, board: str, token: str, anna: Person) -> int:
    """What the plainest client does on a board that changes whenever it looks: how many snapshots it takes."""
    snapshot, event, taken = (await take(http, board, token))[0], "board:join", 1
    while True:
        await rename(anna, board, f"After {taken}")
        answer = await guest.ask(event, {"board": board, "after": snapshot["seq"]})
        if not answer.get("reset"):
            assert [one["seq"] for one in answer["events"]] == list(
                range(snapshot["seq"] + 1, answer["seq"] + 1)
            )
            return taken
        snapshot, taken = (await take(http, board, token))[0], taken + 1


async def test_on_a_busy_board_a_plain_client_takes_one_more_snapshot_and_is_live(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient, live_url: str
) -> None:
    async with listening(live_url, token) as guest:
        assert await follow(guest, http, board, token, anna) == 2
        seq = (await anna.get(f"/boards/{board}"))["seq"]
        await rename(anna, board, "Live")
        await guest.wait_for_seq(seq + 1)


async def test_who_names_the_change_they_have_needs_no_second_snapshot(
    anna: Person, board: str, token: str, http: httpx2.AsyncClient, live_url: str
) -> None:
    snapshot, mutation = await take(http, board, token)
    known = {"board": board, "after": snapshot["seq"], "epoch": snapshot["epoch"], "mutation": mutation}
    await rename(anna, board, "A", "B")
    for _connection in range(2):
        async with listening(live_url, token) as guest:
            answer = await guest.ask("board:join", known)
            assert [event["seq"] for event in answer["events"]] == [known["after"] + 1, known["after"] + 2]
