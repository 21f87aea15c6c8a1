"""What commands share: the store of the settings, accounts by their address, files that only the operator can read."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import click

from board.app import open_storage
from board.config import Settings
from board.domain.account import Actor
from board.domain.errors import BoardError
from board.repository import migrate as migrations
from board.service.ports import Store
from board.service.sessions import to_actor


def run_with_store(settings: Settings, work: Callable[[Store], Awaitable[None]]) -> None:
    """Do something with the store; what is refused ends the command with one sentence."""
    if settings.embedded:
        migrations.upgrade(settings.database)
    asyncio.run(_with_store(settings, work))


async def find_actor(store: Store, email: str) -> Actor:
    """The account with this address, acting by the command line."""
    async with store.reading() as read:
        user = await read.users.by_email(email)
    if user is None or user.disabled_at:
        raise click.ClickException(f"there is no account in use with the address {email}; register it first")
    return to_actor(user)


def open_private(file: Path) -> IO[bytes]:
    """A file that nobody else can read from its first byte on, even where it was there before and they could."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    if stat.S_ISREG(os.fstat(opened).st_mode):  # and not /dev/null, which belongs to everybody
        os.fchmod(opened, 0o600)
        os.ftruncate(opened, 0)
    return os.fdopen(opened, "wb")


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
