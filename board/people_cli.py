"""`board user`: the accounts of this server, for whoever runs it. It needs no administrator who can sign in."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import click

from board.app import open_storage
from board.config import Settings
from board.domain.account import Actor
from board.domain.errors import BoardError
from board.repository import migrate as migrations
from board.seals import SignedSeals
from board.service import people
from board.service.account_rows import PersonQuery, PersonRow
from board.service.ports import Command, Store

T = TypeVar("T")

OPERATOR = Actor("", "The command line", "", is_admin=True)
"""Whoever may run commands on the server. The audit log names them so."""

PAGE = 200


@click.group("user")
def user() -> None:
    """Look after the accounts of this server."""


@user.command("list")
@click.argument("text", default="")
@click.pass_obj
def list_users(settings: Settings, text: str) -> None:
    """List the accounts, or those with TEXT in their name or address."""
    for person in _run(settings, lambda store: _find_all(store, text or None)):
        click.echo(_line(person))


@user.command()
@click.argument("email")
@click.pass_obj
def disable(settings: Settings, email: str) -> None:
    """Sign the person with this address out everywhere, and let them in no more."""
    click.echo(_line(_change(settings, email, {"disabled": True})))


@user.command()
@click.argument("email")
@click.pass_obj
def enable(settings: Settings, email: str) -> None:
    """Let a person in again who was disabled."""
    click.echo(_line(_change(settings, email, {"disabled": False})))


@user.command()
@click.argument("email")
@click.option("--revoke", is_flag=True, help="Take the rights away instead.")
@click.pass_obj
def admin(settings: Settings, email: str, revoke: bool) -> None:
    """Make the person with this address an administrator of the server."""
    click.echo(_line(_change(settings, email, {"is_admin": not revoke})))


@user.command("reset-link")
@click.argument("email")
@click.pass_obj
def reset_link(settings: Settings, email: str) -> None:
    """Print a link by which the person with this address can choose a new password, for an hour and once."""
    seals = SignedSeals(settings.read_secret())

    async def issue(store: Store) -> str:
        user_id = await _find(store, email)
        return await people.issue_reset_link(store, OPERATOR, seals, settings.site, user_id)

    click.echo(_run(settings, issue))


def _change(settings: Settings, email: str, fields: dict[str, Any]) -> PersonRow:
    async def change(store: Store) -> PersonRow:
        return await people.set_person(store, OPERATOR, Command(), await _find(store, email), fields)

    return _run(settings, change)


async def _find(store: Store, email: str) -> str:
    """The id of the account with an address."""
    async with store.reading() as read:
        found = await read.users.by_email(email.strip())
    if found is None:
        raise click.ClickException(f"there is no account with the address {email}")
    return found.id


async def _find_all(store: Store, text: str | None) -> Sequence[PersonRow]:
    found: list[PersonRow] = []
    more = True
    while more:
        after = found[-1].email if found else None
        page = await people.list_people(store, OPERATOR, PersonQuery(text, after, PAGE))
        found, more = [*found, *page[:PAGE]], len(page) > PAGE
    return found


def _line(person: PersonRow) -> str:
    words = [
        "disabled" if person.disabled_at else "",
        "administrator" if person.is_admin else "",
        "" if person.has_password else "no password",
    ]
    notes = ", ".join(word for word in words if word)
    return f"{person.email}  {person.name}{f'  ({notes})' if notes else ''}"


def _run(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    if settings.embedded:
        migrations.upgrade(settings.database)
    return asyncio.run(_with_store(settings, work))


async def _with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with the store of these settings; running servers are told what they should hear."""
    storage = open_storage(settings)
    await storage.bus.start(lambda _message: None)
    try:
        return await work(storage.store)
    except BoardError as error:
        raise click.ClickException(str(error)) from error
    finally:
        await storage.relay.drain()
        await storage.bus.stop()
        await storage.engine.dispose()
