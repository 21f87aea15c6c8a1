"""Who tries every route, and what the policy's table says each of them gets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2

from board.domain.account import Scope
from board.domain.board import Role
from board.domain.policy import RULES, Action, ServerRole
from tests.integration.conftest import BASE, Person, register

ALLOWED = 200
"""Any success."""

Open = Callable[..., httpx2.AsyncClient]


@dataclass(frozen=True)
class Caller:
    """Somebody who tries: `person` is None for nobody and for a guest, `role` is theirs on the board."""

    name: str
    http: httpx2.AsyncClient
    person: Person | None = None
    role: Role | None = None
    is_admin: bool = False
    is_guest: bool = False
    scopes: frozenset[Scope] = field(default=frozenset(Scope))

    def outcome(self, action: Action) -> int:
        """The status that the table promises: 401, 403, 404, or ALLOWED."""
        rule = RULES[action]
        if rule.minimum is ServerRole.ANYONE:
            return ALLOWED
        if self.person is None and not (self.is_guest and isinstance(rule.minimum, Role)):
            return 401
        if isinstance(rule.minimum, ServerRole):
            return 403 if rule.minimum is ServerRole.ADMIN and not self.is_admin else self._scoped(action)
        if self.role is None:
            return 404
        if self.is_guest:
            return ALLOWED if rule.guests else 403
        return self._scoped(action) if self.role >= rule.minimum else 403

    def may(self, action: Action) -> bool:
        """Whether the table lets them."""
        return self.outcome(action) == ALLOWED

    def _scoped(self, action: Action) -> int:
        return ALLOWED if RULES[action].scope in self.scopes else 403


class Callers:
    """Makes callers of every standing, and new ones with the same means for what a person can do but once."""

    def __init__(self, open_client: Open, admin: Person, parts: Any) -> None:
        self.open_client, self.admin, self.parts, self.made = open_client, admin, parts, 0
        self.by_name: dict[str, Caller] = {}

    async def person(self, name: str) -> Person:
        """Somebody with an account of their own, signed in."""
        self.made += 1
        return await register(self.open_client(), f"{name}{self.made}")

    def nobody(self) -> Caller:
        """No cookie and no token."""
        return Caller("anonymous", self.open_client(headers={"Origin": BASE}))

    async def member(self, role: Role, name: str = "") -> Caller:
        """A person who will get this role on the board."""
        person = await self.person(name or role.word)
        return Caller(role.word, person.http, person, role)

    async def reader(self, owner: Person) -> Caller:
        """An owner's program with a token that may only read."""
        http = await self.bearer(owner, "read")
        scopes = frozenset({Scope.READ})
        return Caller("owner with a read-only token", http, owner, Role.OWNER, scopes=scopes)

    async def bearer(self, person: Person, *scopes: str) -> httpx2.AsyncClient:
        """A client with a personal token of these scopes."""
        wanted = {"name": "script", "scopes": list(scopes), "expires_in_days": 1}
        token = (await person.post("/me/tokens", wanted))["token"]
        return self.open_client(headers={"Authorization": f"Bearer {token}"})

    def guest(self, token: str) -> Caller:
        """Whoever has the public link of the board."""
        http = self.open_client(headers={"Authorization": f"Bearer {token}"})
        scopes = frozenset({Scope.READ})
        return Caller("guest", http, role=Role.VIEWER, is_guest=True, scopes=scopes)

    async def renew(self, caller: Caller) -> Caller:
        """Somebody new with the same means, for what a person does to their own account."""
        if caller.person is None:
            return self.nobody()
        person = await self.person("renewed")
        http = person.http
        if caller.scopes != frozenset(Scope):
            http = await self.bearer(person, *(scope.value for scope in sorted(caller.scopes)))
        return Caller(caller.name, http, person, scopes=caller.scopes)


@dataclass
class Ask:
    """A request to make: all that the path leaves open, and what goes with it."""

    ids: dict[str, str]
    body: Any = None
    files: Any = None
    query: dict[str, str] = field(default_factory=dict)
