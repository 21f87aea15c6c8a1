"""`board export`: a whole board as a file, for whoever runs the server."""

import shutil
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

import click

from board.config import Settings
from board.operating import find_actor, open_private, run_with_store
from board.service.exporting import exporting_board
from board.service.ports import Store
from board.wire.exporting import write_board


@click.command("export")
@click.argument("board_id")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--as", "email", required=True, metavar="EMAIL", help="Somebody who may read the board.")
@click.pass_obj
def export_board(settings: Settings, board_id: str, file: Path, email: str) -> None:
    """Write everything on the board with the id BOARD_ID to FILE, as JSON; `-` writes it to the standard output.

    Whoever reads the standard output may take their time: by then the transaction has ended.
    """
    aside: IO[bytes] | None = tempfile.TemporaryFile() if str(file) == "-" else None  # noqa: SIM115 - closed below

    async def write(store: Store) -> None:
        actor = await find_actor(store, email.strip())
        async with exporting_board(store, actor, board_id.lower()) as export:
            kept: AbstractContextManager[IO[bytes]] = nullcontext(aside) if aside else open_private(file)
            with kept as target:
                async for piece in write_board(export.parts):
                    target.write(piece)

    run_with_store(settings, write)
    if aside is None:
        click.echo(f"The board is in {file}. Only you can read it.")
        return
    with aside, click.open_file("-", "wb") as output:
        aside.seek(0)
        shutil.copyfileobj(aside, output)
