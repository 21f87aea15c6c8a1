"""A new password by a link in mail, for who has lost theirs."""

from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from board.domain.account import User, digest
from board.domain.audit import AuditType
from board.domain.credentials import find_weakness
from board.domain.editing import edited
from board.domain.errors import Conflict, Invalid, NotFound
from board.domain.ids import now
from board.service.mail import Post
from board.service.ports import Command, Passwords, Store
from board.service.sessions import to_actor

RESET_AGE = timedelta(hours=1)
_PURPOSE = "reset"


class Seals(Protocol):
    """Signs what links carry, each purpose with a key of its own."""

    def seal(self, purpose: str, content: dict[str, str]) -> str:
        """A token for links, good for this purpose only."""

    def open(self, purpose: str, token: str, age: timedelta) -> dict[str, str] | None:
        """What was sealed for the purpose not longer ago than `age`; None for anything else."""


class Errands(Protocol):
    """Does work after the answer."""

    def run(self, name: str, work: Coroutine[Any, Any, Any]) -> None:
        """Do it soon; a failure is in the log under that name."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where letters and their links are made."""

    store: Store
    seals: Seals
    post: Post
    errands: Errands


def make_reset_link(seals: Seals, site: str, user: User) -> str:
    """The address at which this person can choose a password: for an hour, once, and only until the password or
    the e-mail address is changed in any other way."""
    return f"{site}/reset/{seals.seal(_PURPOSE, {'user': user.id, 'bound': _bind(user)})}"


async def send_reset(desk: Desk, email: str, address: str, providers: str) -> None:
    """Send the link to the address, if an account in use has it; to who has no password, how they sign in.

    Runs after the answer, which is the same for every address and takes as long.
    """
    async with desk.store.reading() as read:
        user = await read.users.by_email(email)
    if user is None or user.disabled_at is not None:
        return
    async with desk.store.work(None, Command()) as work:
        await work.note(AuditType.PASSWORD_RESET_ASKED, None, user_id=user.id, address=address)
    if user.password_hash is None:
        sign_in = f"{desk.post.site}/sign-in"
        await desk.post.send(user.email, "reset_sso", name=user.name, providers=providers, url=sign_in)
        return
    url = make_reset_link(desk.seals, desk.post.site, user)
    await desk.post.send(user.email, "reset", name=user.name, url=url)


async def send_taken(desk: Desk, email: str) -> None:
    """Tell the person with this address that they have an account already."""
    async with desk.store.reading() as read:
        user = await read.users.by_email(email)
    if user is not None and user.disabled_at is None:
        await desk.post.send(user.email, "taken", name=user.name, url=f"{desk.post.site}/forgot")


async def find_reset(desk: Desk, token: str) -> User:
    """Whose password a link resets; NotFound when it is no longer good, or never was."""
    content = desk.seals.open(_PURPOSE, token, RESET_AGE)
    if content is None:
        raise NotFound("link")
    async with desk.store.reading() as read:
        user = await read.users.get(content.get("user", ""))
    if user.disabled_at is not None or content.get("bound") != _bind(user):
        raise NotFound("link")
    return user


async def reset_password(desk: Desk, passwords: Passwords, token: str, password: str, address: str) -> None:
    """Set the password that the link is for, and end every session and grant: whoever had the old one is out."""
    user = await find_reset(desk, token)
    weakness = find_weakness(password, user.email, user.name)
    if weakness:
        raise Invalid.field("password", weakness)
    hashed = await passwords.hash(password)

    async with desk.store.work(None, Command()) as work:
        before = await work.users.lock(user.id)
        if _bind(before) != _bind(user):
            raise Conflict("Your password was changed from another place just now.")
        await work.users.save(before, edited(before, {"password_hash": hashed}, now()))
        ended = await work.sessions.remove_of_user(user.id)
        ended += await work.grants.remove_of_user(user.id)
        work.announce_ended(ended, "Your password was changed.")
        actor = replace(to_actor(user), address=address)
        await work.note(AuditType.PASSWORD_RESET, actor, user_id=user.id)

    url = f"{desk.post.site}/sign-in"
    await desk.post.send(user.email, "password_was_reset", name=user.name, url=url)


def _bind(user: User) -> str:
    return digest(f"{user.password_hash}\n{user.email}")
