"""Who the people of a file are here.

A file is a stranger's: it may name anybody's e-mail address. So it lets nobody onto a board that is there
already; only whoever imports does, by naming them. A board that the import itself makes takes its people along.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from board.domain import document, events, limits
from board.domain.account import User
from board.domain.board import Member, Role
from board.domain.report import Report
from board.domain.text import fold
from board.service.importing.batch import Batch

NO_ACCOUNT = "no account here is known to be theirs"
NOT_ASSIGNED = "the task is not assigned to this person, who is not on the board"
"""Said once a task: an import that is resumed does not come by here again."""


@dataclass(slots=True)
class People:
    """Accounts by source id.

    `named` maps user names or names of the file, folded, to what was typed and the e-mail address.
    """

    named: Mapping[str, tuple[str, str]]
    accounts: dict[str, User] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, people: Mapping[str, str]) -> "People":
        """Return the people that whoever imports has named."""
        return cls({fold(name): (name, email) for name, email in people.items()})

    async def resolve(self, batch: Batch, pieces: Iterable[document.Person], new_board: bool) -> None:
        """Find the account of each person, and make members of those who may be let in."""
        members = {member.user_id: member for member in await batch.unit.members.all()}
        for person in pieces:
            self.names[person.source_id] = person.name
            email = self._named(person)
            user = await self._find(batch, members, person, email=email)
            reason = _reason_to_skip(user, members, bool(email) or new_board)
            if user is None or reason:
                batch.report.skip("member", person.name, reason)
                continue
            self.accounts[person.source_id] = user
            if user.id not in members:
                members[user.id] = await _add(batch, user)

    def account_id(self, person: str | None) -> str | None:
        """Return the id of the account of somebody in the file, or None."""
        user = self.accounts.get(person or "")
        return user.id if user else None

    def note_unused(self, report: Report) -> None:
        """Report the names that whoever imports gave and the file does not have."""
        for name in self.named.keys() - self._used:
            report.skip("member", self.named[name][0], "nobody in the file has this name")

    def _named(self, person: document.Person) -> str | None:
        known = [name for name in (fold(person.username or ""), fold(person.name)) if name in self.named]
        self._used.update(known)
        return self.named[known[0]][1] if known else None

    async def _find(
        self, batch: Batch, members: Mapping[str, Member], person: document.Person, email: str | None
    ) -> User | None:
        """By what the importer said; else by the e-mail in the file; else by the exact name of one member."""
        users = batch.unit.users
        if email:
            user = await users.by_email(email)
            return None if user is None or user.disabled_at else user
        user = await users.by_email(person.email) if person.email else None
        if user is not None and not user.disabled_at:
            return user
        same = [id for id, one in members.items() if fold(one.name) == fold(person.name)]
        return await users.get(same[0]) if len(same) == 1 else None


def _reason_to_skip(user: User | None, members: Mapping[str, Member], may_add: bool) -> str:
    if user is None:
        return NO_ACCOUNT
    if user.id in members:
        return ""
    if not may_add:
        return "a file lets nobody onto a board: add this person, or name them when you import"
    return "the board is full" if len(members) >= limits.MEMBERS else ""


async def _add(batch: Batch, user: User) -> Member:
    member = Member.new(user=user, board_id=batch.unit.board.id, role=Role.EDITOR, at=batch.at)
    await batch.unit.members.add(member)
    batch.report.add("member")
    batch.changes.append(events.created(member))
    return member
