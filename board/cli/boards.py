"""`board import` and `board export`: whole boards as files, for whoever runs the server."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import IO

import click

from board import importers
from board.cli.storage import find_actor, open_private, run_with_store
from board.config.settings import Settings
from board.domain.errors import BoardError
from board.domain.ids import new_id
from board.domain.imports import Import, ImportStatus
from board.domain.media import plain_name
from board.domain.time_zones import is_known
from board.service.exporting import exporting_board
from board.service.importing.run import run_import
from board.service.imports import ImportDraft, fail_import, queue_import
from board.service.ports import Command, Store
from board.wire.exporting import write_board
from board.wire.imports import read_person


@click.command("import")
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
    draft = ImportDraft(
        new_id(),
        plain_name(file.name),
        file.stat().st_size,
        people=_read_people(people),
        board_id=board_id,
        time_zone=time_zone,
    )
    run = run_with_store(settings, lambda store: _import(store, file, owner, draft=draft))
    for line in report_lines(run):
        click.echo(line)
    if run.status == ImportStatus.FAILED:
        raise click.ClickException(run.error or "the import failed")
    click.echo(
        f"The board is at {settings.url or f'http://{settings.host}:{settings.port}'}/boards/{run.board_id}"
    )


def _read_people(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the options `--person NAME=EMAIL` as a map."""
    people = [read_person(pair) for pair in pairs]
    if None in people:
        wrong = pairs[people.index(None)]
        raise click.BadParameter(f"{wrong!r}: write it like 'jane = jane@example.org'", param_hint="--person")
    return dict(person for person in people if person is not None)


def report_lines(run: Import) -> Iterator[str]:
    """Yield what came and what couldn't, as people read it."""
    report = run.report
    yield f"Came over: {_counted(report.get('came')) or 'nothing new'}."
    if known := _counted(report.get("known")):
        yield f"There already: {known}."
    for line in report.get("skipped", []):
        times = f" ({line['count']:,} times)" if line["count"] > 1 else ""
        yield f"  {line['kind']} {line['name']!r}{times}: {line['reason']}"


def _counted(counts: Mapping[str, int] | None) -> str:
    return ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in (counts or {}).items())


async def _import(store: Store, file: Path, owner: str, draft: ImportDraft) -> Import:
    actor = await find_actor(store, owner)
    try:
        await queue_import(store, actor, Command(), draft=draft)
        return await run_import(store, importers.read, draft.id, path=file)
    except BoardError as error:
        await _give_up(store, draft.id, str(error))
        raise
    except asyncio.CancelledError:
        await _give_up(store, draft.id, "The import was stopped. Start it again: nothing comes twice.")
        raise


async def _give_up(store: Store, import_id: str, reason: str) -> None:
    """End the import, if it was begun and the database lets us say so."""
    with suppress(BoardError):
        await fail_import(store, import_id, reason)


@click.command("export")
@click.argument("board_id")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--as", "email", required=True, metavar="EMAIL", help="Somebody who may read the board.")
@click.pass_obj
def export_board(settings: Settings, board_id: str, file: Path, email: str) -> None:
    """Write everything on the board with the id BOARD_ID to FILE, as JSON; `-` writes it to the standard output.

    Whoever reads the standard output may take their time: by then the transaction has ended.
    """
    spool: IO[bytes] | None = tempfile.TemporaryFile() if str(file) == "-" else None  # noqa: SIM115 - closed below

    async def write(store: Store) -> None:
        actor = await find_actor(store, email.strip())
        async with exporting_board(store, actor, board_id.lower()) as export:
            kept: AbstractContextManager[IO[bytes]] = nullcontext(spool) if spool else open_private(file)
            with kept as target:
                async for piece in write_board(export.parts):
                    target.write(piece)

    run_with_store(settings, write)
    if spool is None:
        click.echo(f"The board is in {file}. Only you can read it.")
        return
    with spool, click.open_file("-", "wb") as output:
        spool.seek(0)
        shutil.copyfileobj(spool, output)
