"""`board provider`: identity providers, where their settings alone are not enough."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import click

from board.cli.storage import OPERATOR, run_with_store
from board.config.settings import Settings
from board.domain import limits
from board.service.issuer_moves import Clash, Move, list_issuers, move_issuer
from board.service.ports import Store


@click.group("provider")
def provider() -> None:
    """Look after the identity providers that people sign in with."""


@provider.command()
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.pass_obj
def move(settings: Settings, old: str, new: str, dry_run: bool) -> None:
    """Take everybody along from the issuer OLD to the issuer NEW: the same provider under another address.

    OLD and NEW are issuers, or names of providers in the settings. The subjects must be the same at both.
    """
    before, after = _read_issuer(settings, old), _read_issuer(settings, new)
    if before == after:
        raise click.ClickException("OLD and NEW are the same issuer")
    done = run_with_store(
        settings, lambda store: move_issuer(store, OPERATOR, before, new=after, dry=dry_run)
    )
    if not done.people:
        raise click.ClickException(_explain_none(before, _list(settings)))
    if done.clashes:
        raise click.ClickException("\n".join(_explain(done.clashes, before, after)))
    click.echo(_describe_move(done, before, after, dry=dry_run))
    if after not in [one.issuer for one in settings.providers]:
        click.echo(
            f"Note: no provider in the settings has the issuer {after}: set it, or nobody gets in by it."
        )


def _list(settings: Settings) -> Mapping[str, int]:
    async def look(store: Store) -> Mapping[str, int]:
        return await list_issuers(store, OPERATOR)

    return run_with_store(settings, look)


def _read_issuer(settings: Settings, text: str) -> str:
    """Return an issuer, also by the name that its provider has in the settings."""
    named = next((one.issuer for one in settings.providers if one.name == text), None)
    issuer = named or text.strip()
    if urlsplit(issuer).scheme not in ("https", "http") or not urlsplit(issuer).netloc:
        names = ", ".join(one.name for one in settings.providers) or "none"
        raise click.ClickException(
            f"{text!r} is neither an issuer (https://...) nor a provider's name: there are {names}"
        )
    if len(issuer) > limits.URL:
        raise click.ClickException(f"an issuer has at most {limits.URL:,} characters")
    return issuer


def _describe_move(done: Move, old: str, new: str, dry: bool) -> str:
    people = f"{done.people:,} {'person' if done.people == 1 else 'people'}"
    doubles = f" ({done.doubles:,} of them were there already)" if done.doubles else ""
    if dry:
        return f"{people}{doubles} would be moved from {old} to {new}. Nothing was changed."
    sessions = f"{done.sessions:,} {'session' if done.sessions == 1 else 'sessions'}"
    return f"{people}{doubles} and {sessions} moved from {old} to {new}."


def _explain_none(old: str, known: Mapping[str, int]) -> str:
    there = ", ".join(f"{issuer} ({count:,})" for issuer, count in known.items()) or "none"
    return f"nobody is linked to {old}. Issuers that somebody is linked to: {there}"


def _explain(clashes: tuple[Clash, ...], old: str, new: str) -> list[str]:
    lines = [f"nothing was moved, because of {len(clashes):,} of the people:"]
    for one in clashes:
        why = f"is {one.other}" if one.other else "is not how they are called there: they are linked already"
        lines.append(f"  {one.email}: {one.subject} at {new} {why}")
    lines.append(f"Take one of the two away, then move again: board user unlink EMAIL --issuer {old}")
    return lines
