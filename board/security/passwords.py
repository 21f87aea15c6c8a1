"""Password hashes: Argon2id with the parameters of RFC 9106, in threads, a few at a time."""

import asyncio
import base64
import os

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from board.domain.credentials import normalize_password

CONCURRENT = 2
"""Hashes under way in one process: each takes 64 MiB and a core or more, so a crowd waits in line."""

FAST_HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""A hash that takes no time, for the profile `testing`: the passwords of tests protect nothing."""


class Argon2Passwords:
    """Makes and checks password hashes, off the loop."""

    def __init__(self, hasher: PasswordHasher | None = None, at_once: int = CONCURRENT) -> None:
        self.hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(at_once)
        self._dummy_hash = make_dummy_hash(self.hasher)

    async def hash(self, password: str) -> str:
        """Return the hash to keep."""
        async with self._turns:
            return await asyncio.to_thread(self.hasher.hash, normalize_password(password))

    async def verify(self, password: str, hashed: str | None) -> bool:
        """Return whether it is the password. Takes as long without a hash, so that nobody learns there is none."""
        async with self._turns:
            return await asyncio.to_thread(self._matches_either, password, hashed or self._dummy_hash)

    def outdated(self, hashed: str) -> bool:
        """Return whether the hash was made with less work than is asked today."""
        return self.hasher.check_needs_rehash(hashed)

    def _matches_either(self, password: str, hashed: str) -> bool:
        """Try the normal form, and then what was typed: hashes of earlier versions were made of that."""
        normal = normalize_password(password)
        return self._matches(normal, hashed) or (normal != password and self._matches(password, hashed))

    def _matches(self, password: str, hashed: str) -> bool:
        try:
            return self.hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def make_dummy_hash(hasher: PasswordHasher) -> str:
    """Return a hash that costs as much to check as a real one, and that no password has."""
    work = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, noise = (_encode(os.urandom(size)) for size in (hasher.salt_len, hasher.hash_len))
    kind = {Type.ID: "argon2id", Type.I: "argon2i", Type.D: "argon2d"}[hasher.type]
    return f"${kind}$v={ARGON2_VERSION}${work}${salt}${noise}"


def _encode(noise: bytes) -> str:
    return base64.b64encode(noise).decode().rstrip("=")
