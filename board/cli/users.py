"""`board user`: the accounts of this server, for whoever runs it. It needs no administrator who can sign in."""

from collections.abc import Sequence
from typing import Any

import click

from board.cli.storage import OPERATOR, find_user_id, run_with_store
from board.config.settings import Settings
from board.security.signed_links import HmacLinkSigner
from board.service import identities, people
from board.service.account_rows import PersonQuery, PersonRow
from board.service.identities import IdentityView, SignInMethods, Unlinked
from board.service.ports import Command, Store

PAGE = 200


@click.group("user")
def user() -> None:
    """Look after the accounts of this server."""


@user.command("list")
@click.argument("text", default="")
@click.pass_obj
def list_users(settings: Settings, text: str) -> None:
    """List the accounts, or those with TEXT in their name or address."""
    for person in run_with_store(settings, lambda store: _find_all(store, text or None)):
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
    link_signer = HmacLinkSigner(settings.read_secret())

    async def issue(store: Store) -> str:
        user_id = await find_user_id(store, email)
        return await people.issue_reset_link(
            store, OPERATOR, link_signer, site=settings.site, user_id=user_id
        )

    click.echo(run_with_store(settings, issue))


@user.command()
@click.argument("email")
@click.option("--provider", metavar="NAME", help="Which one, by its name in the settings.")
@click.option(
    "--issuer", metavar="URL", help="Which one, by its issuer; for one that is not set up any more."
)
@click.pass_obj
def unlink(settings: Settings, email: str, provider: str | None, issuer: str | None) -> None:
    """Let a provider sign the person with this address in no more: their account there is another one now."""
    methods = SignInMethods(settings.providers, passwords=not settings.sso_only)

    async def take(store: Store) -> Unlinked:
        user_id = await find_user_id(store, email)
        found = (await identities.list_of_people(store, OPERATOR, [user_id], methods=methods))[user_id]
        chosen = _choose(found, provider, issuer)
        return await identities.unlink_person(
            store, OPERATOR, Command(), user_id=user_id, name=chosen.provider, methods=methods
        )

    done = run_with_store(settings, take)
    click.echo(
        f"{email} is not signed in by {done.issuer} as {done.subject} any more; what it began is over."
    )
    if not done.ways_in:
        click.echo(NO_WAY_IN.format(email=email))


NO_WAY_IN = (
    "Nothing signs them in now. A provider with LINK_BY_EMAIL=true takes them in at their next sign-in; "
    "else give them the link that this prints, then they link the provider in their profile: "
    "board user reset-link {email}"
)


def _choose(found: Sequence[IdentityView], provider: str | None, issuer: str | None) -> IdentityView:
    """Return the one that is meant; the only one where none is named."""
    meant = [
        one
        for one in found
        if (provider is None or one.provider == provider) and (issuer is None or one.issuer == issuer)
    ]
    if len(meant) == 1:
        return meant[0]
    there = ", ".join(f"{one.provider} ({one.issuer})" for one in found) or "nothing"
    hint = "; choose one by --provider or --issuer" if len(found) > 1 else ""
    raise click.ClickException(f"beside a password, what signs this person in is: {there}{hint}")


def _change(settings: Settings, email: str, fields: dict[str, Any]) -> PersonRow:
    async def change(store: Store) -> PersonRow:
        return await people.set_person(
            store, OPERATOR, Command(), user_id=await find_user_id(store, email), fields=fields
        )

    return run_with_store(settings, change)


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
