"""The `board` command: serve, migrate."""

import asyncio
import signal
import sys
from typing import Any

import click
import uvloop
from hypercorn.asyncio import serve as serve_hypercorn
from hypercorn.config import Config

from board.app import create_asgi
from board.config import ConfigurationError, Settings, read_settings
from board.repository import migrate as migrations

GRACE = 5.0
"""Seconds that requests have to finish at shutdown."""


@click.group()
@click.version_option(package_name="board")
@click.pass_context
def cli(context: click.Context) -> None:
    """A real-time task board. Settings come from the environment and from .env."""
    try:
        context.obj = read_settings()
    except ConfigurationError as error:
        raise click.ClickException(f"these settings won't do:\n{error}") from error


@cli.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Serve the board. With SQLite it migrates first; with PostgreSQL run `board migrate` before."""
    if settings.embedded:
        migrations.upgrade(settings.database)
    address = settings.url or f"http://{settings.host}:{settings.port}"
    click.echo(f"The board is at {address}", err=True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings))


@cli.command()
@click.argument("revision", default="head")
@click.pass_obj
def migrate(settings: Settings, revision: str) -> None:
    """Bring the database to REVISION, the newest by default."""
    migrations.upgrade(settings.database, revision)
    click.echo(f"The database is at {revision}.")


async def _serve(settings: Settings) -> None:
    config = Config()
    config.bind = [f"{settings.host}:{settings.port}"]
    config.graceful_timeout = GRACE
    config.accesslog = None
    config.include_server_header = False
    config.websocket_max_message_size = 100_000
    config.h11_max_incomplete_size = 64 * 1024
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    application: Any = create_asgi(settings)
    await serve_hypercorn(application, config, shutdown_trigger=stopping.wait)


def main() -> None:
    """The console script."""
    sys.exit(cli(prog_name="board"))
