"""The `board` command: serve, migrate, doctor, import, export."""

import asyncio
import os
import sys
from functools import partial

import click
import structlog

from board.cli.boards import export_board, import_file
from board.cli.commands import Commands
from board.cli.privacy import erase_person, export_person
from board.cli.providers import provider
from board.cli.users import user
from board.config import logs
from board.config.settings import ConfigurationError, Settings, find_misspelt, list_names, read_settings
from board.doctor import examine
from board.doctor.mail import send_sample
from board.doctor.report import is_healthy, write_lines
from board.repository import migrate as migrations
from board.server import serve as run_server
from board.wire.json import encode

log = structlog.get_logger("board")


@click.group(cls=Commands)
@click.version_option(package_name="board")
@click.pass_context
def cli(context: click.Context) -> None:
    """Run a real-time task board. Settings come from the environment and from .env."""
    try:
        context.obj = read_settings()
    except ConfigurationError as error:
        raise click.ClickException(f"these settings won't do:\n{error}") from error
    logs.configure(context.obj.log_format, context.obj.log_level)


@cli.command()
@click.option("--migrate", "migrates", is_flag=True, help="Run `board migrate` first, with PostgreSQL too.")
@click.pass_obj
def serve(settings: Settings, migrates: bool) -> None:
    """Serve the board. With SQLite it migrates first; with PostgreSQL run `board migrate` before."""
    if settings.embedded or migrates:
        migrations.upgrade(settings.database)
    address = settings.url or f"http://{settings.host}:{settings.port}"
    as_text = logs.is_text(settings.log_format)
    say = partial(click.echo, err=True) if as_text else log.info
    for sentence in find_misspelt(list_names()):
        say(f"Note: {sentence}")
    run_server(settings, lambda: say(f"The board is at {address}"))


@cli.command()
@click.argument("revision", default="head")
@click.option("--back", is_flag=True, help="Go back to an older REVISION: what newer tables hold is deleted.")
@click.pass_obj
def migrate(settings: Settings, revision: str, back: bool) -> None:
    """Bring the database to REVISION, the newest by default, and say what was done."""
    say = log.info if settings.log_format == "json" else click.echo
    say(migrations.migrate(settings.database, revision, back))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON array.")
@click.option("--send-mail", "to", metavar="ADDRESS", help="Send a letter there, to see that it arrives.")
@click.pass_obj
def doctor(settings: Settings, as_json: bool, to: str | None) -> None:
    """Look at how the server is set up, and say what to do about what is wrong. Ends with 1 if anything is."""
    findings = asyncio.run(examine(settings))
    if to:
        findings.append(asyncio.run(send_sample(settings, to)))
    lines = [encode(findings).decode()] if as_json else write_lines(findings)
    for line in lines:
        click.echo(line)
    sys.exit(0 if is_healthy(findings) else 1)


cli.add_command(user)
cli.add_command(provider)
cli.add_command(import_file)
cli.add_command(export_board)
user.add_command(export_person)
user.add_command(erase_person)


def main() -> None:
    """Run the console script. Whatever it makes is for its owner only."""
    os.umask(0o077)
    sys.exit(cli(prog_name="board"))
