"""The `board` command: serve, migrate, doctor, import, export."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import click
import structlog

from board import importers, logs
from board.app import open_storage
from board.commands import Commands
from board.config import ConfigurationError, Settings, find_misspelt, list_names, read_settings
from board.doctor import examine
from board.doctor.mail import send_sample
from board.doctor.report import is_healthy, write_lines
from board.domain.errors import BoardError
from board.domain.ids import new_id
from board.domain.imports import Import, ImportStatus
from board.domain.media import plain_name
from board.domain.time_zones import is_known
from board.export_command import export_board
from board.operating import find_actor
from board.people_cli import user
from board.privacy_commands import erase_person, export_person
from board.providers_cli import provider
from board.repository import migrate as migrations
from board.service.importing.run import run_import
from board.service.imports import ImportDraft, fail_import, queue_import
from board.service.ports import Command, Store
from board.serving import serve as run_server
from board.web.json import encode
from board.wire.imports import read_person

log = structlog.get_logger("board")


@click.group(cls=Commands)
@click.version_option(package_name="board")
@click.pass_context
def cli(context: click.Context) -> None:
    """A real-time task board. Settings come from the environment and from .env."""
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


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--owner", required=True, metavar="EMAIL", help="The account that the board will belong to.")
@click.option(
    "--person", "people", multiple=True, metavar="NAME=EMAIL", help="Who somebody in the file is here."
)
@click.option("--board", "board_id", metavar="ID", help="An existing board to import into.")
@click.option(
    "--time-zone", default="", metavar="NAME", help="Where dates with times are read, like Europe/Berlin."
)
@click.pass_obj
def import_file(
    settings: Settings, file: Path, owner: str, people: tuple[str, ...], board_id: str | None, time_zone: str
) -> None:
    """Make a board of FILE, a Trello export. The same file again adds only what is missing."""
    if time_zone and not is_known(time_zone):
        raise click.BadParameter(f"{time_zone!r}: write it like Europe/Berlin", param_hint="--time-zone")
    if settings.embedded:
        migrations.upgrade(settings.database)
    draft = ImportDraft(
        new_id(),
        plain_name(file.name),
        file.stat().st_size,
        people=_read_people(people),
        board_id=board_id,
        time_zone=time_zone,
    )
    run = asyncio.run(_import(settings, file, owner, draft=draft))
    for line in report_lines(run):
        click.echo(line)
    if run.status == ImportStatus.FAILED:
        raise click.ClickException(run.error or "the import failed")
    click.echo(
        f"The board is at {settings.url or f'http://{settings.host}:{settings.port}'}/boards/{run.board_id}"
    )


def _read_people(pairs: tuple[str, ...]) -> dict[str, str]:
    """The options `--person NAME=EMAIL` as a map."""
    people = [read_person(pair) for pair in pairs]
    if None in people:
        wrong = pairs[people.index(None)]
        raise click.BadParameter(f"{wrong!r}: write it like 'jane = jane@example.org'", param_hint="--person")
    return dict(person for person in people if person is not None)


def report_lines(run: Import) -> Iterator[str]:
    """What came and what couldn't, as people read it."""
    report = run.report
    yield f"Came over: {_counted(report.get('came')) or 'nothing new'}."
    if known := _counted(report.get("known")):
        yield f"There already: {known}."
    for line in report.get("skipped", []):
        times = f" ({line['count']:,} times)" if line["count"] > 1 else ""
        yield f"  {line['kind']} {line['name']!r}{times}: {line['reason']}"


def _counted(counts: Mapping[str, int] | None) -> str:
    return ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in (counts or {}).items())


async def _import(settings: Settings, file: Path, owner: str, draft: ImportDraft) -> Import:
    storage = open_storage(settings)
    await storage.bus.start(lambda _message: None)
    try:
        actor = await find_actor(storage.store, owner)
        await queue_import(storage.store, actor, Command(), draft=draft)
        return await run_import(storage.store, importers.read, draft.id, path=file)
    except BoardError as error:
        await _give_up(storage.store, draft.id, str(error))
        raise click.ClickException(str(error)) from error
    except asyncio.CancelledError:
        await _give_up(
            storage.store, draft.id, "The import was stopped. Start it again: nothing comes twice."
        )
        raise
    finally:
        await storage.relay.drain()
        await storage.bus.stop()
        await storage.engine.dispose()


async def _give_up(store: Store, import_id: str, reason: str) -> None:
    """End the import, if it was begun and the database lets us say so."""
    with suppress(BoardError):
        await fail_import(store, import_id, reason)


cli.add_command(user)
cli.add_command(provider)
cli.add_command(export_board)
user.add_command(export_person)
user.add_command(erase_person)


def main() -> None:
    """The console script. Whatever it makes is for its owner only."""
    os.umask(0o077)
    sys.exit(cli(prog_name="board"))
