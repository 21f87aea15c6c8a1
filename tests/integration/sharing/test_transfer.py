"""Handing a board over: to somebody who is on it, in one event."""

import pytest

from board.domain.ids import new_id
from tests.integration.conftest import Person, SignUp
from tests.integration.sharing.conftest import refused


@pytest.fixture
async def shared(anna: Person, ben: Person, board: str) -> str:
    """Anna's board with Ben as a viewer."""
    await anna.post(f"/boards/{board}/members", {"user_id": ben.id, "role": "viewer"})
    return board


async def test_the_other_owns_it_and_the_giver_edits(anna: Person, ben: Person, shared: str) -> None:
    before = (await anna.get(f"/boards/{shared}"))["seq"]
    assert (await anna.post(f"/boards/{shared}/transfer", {"user_id": ben.id}))["role"] == "owner"
    events = (await ben.get(f"/boards/{shared}/events?after={before}"))["events"]
    assert [event["type"] for event in events] == ["member.updated"]
    told = {change["id"]: change["set"]["role"] for change in events[0]["changes"]}
    assert told == {anna.id: "editor", ben.id: "owner"}
    roles = {one["id"]: one["role"] for one in (await ben.get(f"/boards/{shared}/members"))["items"]}
    assert roles == told
    assert await refused(anna, "POST", f"/boards/{shared}/transfer", {"user_id": anna.id}) == 403
    log = await anna.get("/admin/audit")
    handed = [one for one in log["items"] if one["type"] == "board.ownership-transferred"]
    assert [(one["actor_id"], one["user_id"], one["board_id"]) for one in handed] == [
        (anna.id, ben.id, shared)
    ]


async def test_only_owners_hand_over_and_only_to_members(
    anna: Person, ben: Person, sign_up: SignUp, shared: str
) -> None:
    carla = await sign_up("Carla")
    assert await refused(ben, "POST", f"/boards/{shared}/transfer", {"user_id": ben.id}) == 403
    assert await refused(carla, "POST", f"/boards/{shared}/transfer", {"user_id": ben.id}) == 404
    for heir, status in ((carla.id, 422), (new_id(), 422), (anna.id, 409)):
        assert await refused(anna, "POST", f"/boards/{shared}/transfer", {"user_id": heir}) == status
