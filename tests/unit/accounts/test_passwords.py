"""Password hashes: what they cost, and that the loop does not pay."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from board.security.passwords import FAST_HASHER, Argon2Passwords, make_dummy_hash


@pytest.fixture
def passwords():
    return Argon2Passwords(FAST_HASHER)


async def test_a_password_matches_its_own_hash_only(passwords):
    hashed = await passwords.hash("correct horse")
    assert hashed.startswith("$argon2id$")
    assert await passwords.verify("correct horse", hashed)
    assert not await passwords.verify("correct horsf", hashed)
    assert hashed != await passwords.hash("correct horse")


@pytest.mark.parametrize("hashed", [None, "", "x", "$argon2id$v=19$m=64,t=1,p=1$broken"])
async def test_what_is_no_hash_matches_nothing(passwords, hashed):
    assert not await passwords.verify("", hashed)


def test_the_default_is_what_rfc_9106_asks():
    assert extract_parameters(make_dummy_hash(Argon2Passwords().hasher)) == RFC_9106_LOW_MEMORY


def test_checking_nothing_costs_what_checking_something_costs():
    hasher = PasswordHasher(time_cost=2, memory_cost=128, parallelism=2)
    assert extract_parameters(make_dummy_hash(hasher)) == extract_parameters(hasher.hash("x"))
    assert make_dummy_hash(hasher) != make_dummy_hash(hasher)


def test_a_cheaper_hash_is_outdated(passwords):
    assert Argon2Passwords().outdated(FAST_HASHER.hash("x"))
    assert not passwords.outdated(FAST_HASHER.hash("x"))


class Watched(PasswordHasher):
    """Notes who hashes, and how many at once; waits until it is released."""

    def __init__(self):
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.lock, self.release = threading.Lock(), threading.Event()
        self.running, self.most, self.threads = 0, 0, set()

    def hash(self, password, *, salt=None):
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
            self.threads.add(threading.current_thread())
        self.release.wait(10)
        with self.lock:
            self.running -= 1
        return "hash"


async def test_work_is_done_in_threads_a_few_at_a_time():
    hasher = Watched()
    passwords = Argon2Passwords(hasher, at_once=2)
    tasks = [asyncio.create_task(passwords.hash("x")) for _ in range(6)]
    for _ in range(50):
        await asyncio.sleep(0.001)
    hasher.release.set()
    assert await asyncio.gather(*tasks) == ["hash"] * 6
    assert hasher.most == 2
    assert threading.current_thread() not in hasher.threads
