"""`board user export` and `board user erase`: a person's data, for whoever runs the server."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import click

from board.app import open_storage
from board.config import Settings
from board.domain.errors import BoardError
from board.people_cli import OPERATOR
from board.repository import migrate as migrations
from board.service.erasure import erase_as_operator
from board.service.ports import Store
from board.service.privacy import export_as_operator
from board.wire.privacy import write_export


@click.command("export")
@click.argument("email")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_person(settings: Settings, email: str, file: Path) -> None:
    """Write everything about the person with the address EMAIL to FILE, as JSON."""

    async def write(store: Store) -> None:
        parts = await export_as_operator(store, OPERATOR, await _find(store, email))
        with _open_private(file) as target:
            async for piece in write_export(parts):
                target.write(piece)

    _run(settings, write)
    click.echo(f"Everything about {email} is in {file}. Only you can read it.")


@click.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This deletes the account for good. Go on?")
@click.pass_obj
def erase_person(settings: Settings, email: str) -> None:
    """Delete the account with the address EMAIL; what they wrote stays on its boards under nobody's name."""

    async def erase(store: Store) -> None:
        await erase_as_operator(store, OPERATOR, await _find(store, email))

    _run(settings, erase)
    click.echo(f"The account {email} is deleted.")


def _run(settings: Settings, work: Callable[[Store], Awaitable[None]]) -> None:
    if settings.embedded:
        migrations.upgrade(settings.database)
    asyncio.run(_with_store(settings, work))


async def _with_store(settings: Settings, work: Callable[[Store], Awaitable[None]]) -> None:
    try:
        async with _opened(settings) as store:
            await work(store)
    except BoardError as error:
        raise click.ClickException(str(error)) from error


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    """The store; what it announces reaches the servers before it is closed."""
    storage = open_storage(settings)
    await storage.bus.start(lambda _message: None)
    try:
        yield storage.store
    finally:
        await storage.relay.drain()
        await storage.bus.stop()
        await storage.engine.dispose()


async def _find(store: Store, email: str) -> str:
    async with store.reading() as read:
        user = await read.users.by_email(email.strip())
    if user is None:
        raise click.ClickException(f"there is no account with the address {email}")
    return user.id


def _open_private(file: Path) -> IO[bytes]:
    """A file that nobody else can read from its first byte on."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
