"""Who can't get in by their provider any more: a new `sub` there, or an issuer that moved. Somebody can help them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from board.config.settings import Settings
from board.domain.audit import AuditType
from board.domain.errors import Conflict, SignInRefused
from board.service import identities
from board.service.ports import Command
from tests.fixtures.command import run_command
from tests.integration.accounts.conftest import PostForm
from tests.integration.accounts.test_identities import ACME, ISSUER, METHODS, OTHER, Gate, gate, says
from tests.integration.conftest import Person

__all__ = ["gate"]
NEW = "https://id.example.org"


async def test_a_new_sub_is_let_in_after_an_unlink(gate: Gate, anna: Person) -> None:
    old = await gate.enter(says("Eve", groups=frozenset({"dev", "board-admins"})))
    renewed = says("Eve", subject="new-sub")
    assert await gate.refused(renewed) == "address_recycled"
    path = f"/admin/people/{old.user.id}/identities"
    [linked] = (await anna.get(path))["items"]
    assert (linked["issuer"], linked["email"], "only_way_in" in linked) == (ISSUER, "eve@example.org", True)
    answer = await anna.http.delete(f"/api/v1{path}/{linked['provider']}")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"label": ISSUER, "issuer": ISSUER, "subject": "acme-eve", "ways_in": 0}
    assert await identities.get_session(gate.store, old.actor) is None, "what it began is over"
    assert await gate.teams(old.user.id) == {}
    assert not (await gate.user(old.user.id)).is_admin
    entry = next(
        one
        for one in (await anna.get("/admin/audit?limit=5"))["items"]
        if one["type"] == "account.identity-unlinked"
    )
    assert (entry["actor_id"], entry["user_id"]) == (anna.id, old.user.id)

    assert (await gate.enter(renewed)).user.id == old.user.id
    assert (await anna.http.delete(f"/api/v1{path}/nothing")).status_code == 404


async def test_the_refusal_names_the_help(gate: Gate, anna: Person) -> None:
    await gate.enter(says("Eve"))
    for claims, command in (
        (says("Eve", subject="new-sub"), "board user unlink eve@example.org"),
        (says("Eve", OTHER), "board provider move"),
    ):
        with pytest.raises(SignInRefused, match="ask an administrator") as caught:
            await gate.enter(claims)
        assert command in caught.value.cause


async def test_ones_own_last_way_in_stays(gate: Gate) -> None:
    eve = (await gate.enter(says("Eve"))).actor
    assert eve.is_admin
    with pytest.raises(Conflict, match="only way"):
        await identities.unlink_person(gate.store, eve, Command(), eve.id, "acme", METHODS)


async def test_the_people_page_unlinks(gate: Gate, anna: Person, post_form: PostForm) -> None:
    eve = (await gate.enter(says("Eve"))).user
    page = (await anna.http.get("/admin/people?q=eve")).text
    assert ISSUER in page
    assert "Unlink" in page
    [linked] = (await anna.get(f"/admin/people/{eve.id}/identities"))["items"]
    fields = {"action": "unlink", "user_id": eve.id, "provider": linked["provider"], "q": "eve"}
    answer = await post_form(anna.http, "/admin/people", **fields)
    assert answer.status_code == 303
    page = (await anna.http.get("/admin/people?q=eve")).text
    assert "Nothing signs them in now" in page
    assert "Nothing yet" in page


async def test_unlink_by_the_command_line(
    gate: Gate, anna: Person, settings: Settings, tmp_path: Path
) -> None:
    async def run(*arguments: str) -> Any:
        return await run_command(settings, tmp_path, "user", "unlink", *arguments)

    eve = await gate.enter(says("Eve"))
    await identities.link(gate.store, eve.actor, says("Eve", OTHER))
    several = await run("eve@example.org")
    assert (several.exit_code, ISSUER in several.stderr, "--issuer" in several.stderr) == (1, True, True)
    done = await run("eve@example.org", "--issuer", OTHER.issuer)
    assert (done.exit_code, "other-eve" in done.stdout) == (0, True), done.stderr
    done = await run("EVE@example.org")
    assert "board user reset-link" in done.stdout
    nothing = await run("eve@example.org")
    assert (nothing.exit_code, "is: nothing" in nothing.stderr) == (1, True)
    assert await identities.get_session(gate.store, eve.actor) is None


async def test_an_issuer_moves_with_everybody(
    gate: Gate, anna: Person, settings: Settings, tmp_path: Path
) -> None:
    async def run(*arguments: str) -> Any:
        return await run_command(settings, tmp_path, "provider", "move", *arguments)

    eve = await gate.enter(says("Eve", groups=frozenset({"dev", "board-admins"})))
    await gate.enter(says("Ben"))
    moved = replace(ACME, issuer=NEW, link_by_email=False)
    dry = await run(ISSUER, NEW, "--dry-run")
    assert "2 people would be moved" in dry.stdout, dry.stderr
    assert await gate.refused(says("Eve", moved, subject="acme-eve")) == "address_taken"

    done = await run(ISSUER, NEW)
    assert "2 people and 2 sessions moved" in done.stdout, done.stderr
    assert f"no provider in the settings has the issuer {NEW}" in done.stdout
    session = await identities.get_session(gate.store, eve.actor)
    assert session is not None
    assert (session.issuer, session.id_token, session.provider_sid) == (NEW, None, "sid-Eve")
    again = await gate.enter(says("Eve", moved, subject="acme-eve", groups=frozenset()))
    assert again.user.id == eve.user.id
    assert await gate.teams(eve.user.id) == {}, "what its groups gave under the old name, they take back"
    assert not again.user.is_admin
    assert await gate.audit(AuditType.IDENTITIES_MOVED) == [{"old": ISSUER, "new": NEW, "people": 2}]
    nobody = await run(ISSUER, NEW)
    assert (nobody.exit_code, f"{NEW} (2)" in nobody.stderr) == (1, True)


async def test_a_move_that_can_t_be_names_everybody_in_its_way(
    gate: Gate, anna: Person, settings: Settings, tmp_path: Path
) -> None:
    moved = replace(ACME, issuer=NEW)
    eve = await gate.enter(says("Eve"))
    await identities.link(gate.store, eve.actor, says("Eve", moved, subject="elsewhere"))
    await gate.enter(says("Ben"))
    await gate.enter(says("Cara", moved, subject="acme-ben"))
    both = await gate.enter(says("Dora"))
    await identities.link(gate.store, both.actor, says("Dora", moved, subject="acme-dora"))

    async def run(*arguments: str) -> Any:
        return await run_command(settings, tmp_path, *arguments)

    refused = await run("provider", "move", ISSUER, NEW)
    assert refused.exit_code == 1
    assert "eve@example.org: acme-eve" in refused.stderr
    assert f"ben@example.org: acme-ben at {NEW} is cara@example.org" in refused.stderr
    assert "dora" not in refused.stderr
    assert (await gate.enter(says("Eve"))).user.id == eve.user.id, "nothing was moved"
    for who in ("eve", "ben"):
        await run("user", "unlink", f"{who}@example.org", "--issuer", ISSUER)
    done = await run("provider", "move", ISSUER, NEW)
    assert "1 person (1 of them were there already)" in done.stdout, done.stderr
    for text in ("nonsense", "ftp://x", NEW):
        assert (await run("provider", "move", text, NEW)).exit_code == 1
