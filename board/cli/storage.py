"""What commands share: the store of the settings, accounts by their address, files that only the operator can read."""

import asyncio
import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, TypeVar

import click

from board.app import open_storage
from board.config.settings import Settings
from board.domain.account import Actor
from board.domain.errors import BoardError
from board.repository import migrate as migrations
from board.service.ports import Store
from board.service.sessions import to_actor

T = TypeVar("T")

OPERATOR = Actor(id="", name="The command line", email="", is_admin=True)
"""Whoever may run commands on the server. The audit log names them so."""


def run_with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Return what `work` returns for the store of these settings; a refusal ends the command with one sentence."""
    if settings.embedded:
        migrations.upgrade(settings.database)
    return asyncio.run(_run(settings, work))


async def _run(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do the work; what it announces reaches the running servers before the storage is closed."""
    storage = open_storage(settings)
    await storage.bus.start(lambda _message: None)
    try:
        return await work(storage.store)
    except BoardError as error:
        raise click.ClickException(str(error)) from error
    finally:
        await storage.announcer.drain()
        await storage.bus.stop()
        await storage.engine.dispose()


async def find_user_id(store: Store, email: str) -> str:
    """Return the id of the account with an address."""
    async with store.reading() as read:
        found = await read.users.by_email(email.strip())
    if found is None:
        raise click.ClickException(f"there is no account with the address {email}")
    return found.id


async def find_actor(store: Store, email: str) -> Actor:
    """Return the account with this address as an actor; it has to be in use."""
    async with store.reading() as read:
        user = await read.users.by_email(email)
    if user is None or user.disabled_at:
        raise click.ClickException(f"there is no account in use with the address {email}; register it first")
    return to_actor(user)


def open_private(file: Path) -> IO[bytes]:
    """Open a file that nobody else can read from its first byte on, even where it was there before and they could."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error
    if stat.S_ISREG(os.fstat(opened).st_mode):  # and not /dev/null, which belongs to everybody
        os.fchmod(opened, 0o600)
        os.ftruncate(opened, 0)
    return os.fdopen(opened, "wb")
