"""A team or an account changes, and the sockets that are open follow at once."""

from tests.integration.conftest import Person
from tests.integration.details.conftest import Place
from tests.integration.sync.conftest import Listen
from tests.integration.teams.conftest import Team


async def test_who_falls_out_of_a_team_hears_no_more(
    place: Place, team: Team, ben: Person, listen: Listen
) -> None:
    await team.go_on(place)
    board = place.board["id"]
    seq = (await place.owner.get(place.path))["seq"]
    witness, listener = await listen(place.owner), await listen(ben)
    for one in (witness, listener):
        await one.join(board, seq)

    await team.drop(ben)
    assert await listener.wait("board:revoked") == [{"board": board, "reason": "removed"}]
    await place.owner.patch(place.path, {"title": "Secret"})
    await witness.wait_for_seq(seq + 2)
    assert [event["type"] for batch in witness.all("board:events") for event in batch["events"]] == [
        "member.removed",
        "board.updated",
    ]
    answer = await listener.ask("board:sync", {"board": board, "after": seq})
    assert answer["error"]["status"] == 404
    assert seq + 2 not in listener.seqs


async def test_a_disabled_person_is_disconnected(
    place: Place, team: Team, ben: Person, listen: Listen
) -> None:
    await team.go_on(place)
    listener = await listen(ben)
    await listener.join(place.board["id"])
    await place.owner.patch(f"/admin/people/{ben.id}", {"disabled": True})
    assert await listener.wait("session:ended") == [{"reason": "Your account was disabled."}]
    await listener.wait("disconnect")
