"""`board user export` and `board user erase`: a person's data, for whoever runs the server."""

from pathlib import Path

import click

from board.cli.storage import OPERATOR, find_user_id, open_private, run_with_store
from board.config.settings import Settings
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
        parts = await export_as_operator(store, OPERATOR, await find_user_id(store, email))
        with open_private(file) as target:
            async for piece in write_export(parts):
                target.write(piece)

    run_with_store(settings, write)
    click.echo(f"Everything about {email} is in {file}. Only you can read it.")


@click.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This deletes the account for good. Go on?")
@click.pass_obj
def erase_person(settings: Settings, email: str) -> None:
    """Delete the account with the address EMAIL; what they wrote stays on its boards under nobody's name."""

    async def erase(store: Store) -> None:
        await erase_as_operator(store, OPERATOR, await find_user_id(store, email))

    run_with_store(settings, erase)
    click.echo(f"The account {email} is deleted.")
