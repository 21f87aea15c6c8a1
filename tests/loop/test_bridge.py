"""Sync code that awaits, and coroutines driven inside a greenlet."""

import asyncio
import gc
import threading
from contextvars import ContextVar
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from board.loop import NoGreenlet, await_, spawn, threaded
from board.loop.bridge import Completed, _pool, drive, in_greenlet, run_or_return

name: ContextVar[str] = ContextVar("name", default="nobody")


async def double(value: int) -> int:
    await asyncio.sleep(0)
    return value * 2


async def test_sync_code_awaits_and_returns_the_result() -> None:
    assert await spawn(lambda: await_(double(21))) == 42


async def test_arguments_reach_the_function() -> None:
    def join(*parts: str, end: str) -> str:
        return "".join(parts) + end

    assert await spawn(join, "a", "b", end="!") == "ab!"


async def test_sync_code_called_from_a_coroutine_awaits_too() -> None:
    async def view() -> int:
        await asyncio.sleep(0)
        return helper() + await double(1)

    def helper() -> int:
        return await_(double(20))

    assert await spawn(lambda: await_(view())) == 42


async def test_futures_and_tasks_can_be_awaited() -> None:
    async def both() -> list[int]:
        return await asyncio.gather(double(1), double(2))

    def view() -> tuple[list[int], int]:
        return await_(both()), await_(asyncio.ensure_future(double(3)))

    assert await spawn(view) == ([2, 4], 6)


async def test_an_error_comes_through_both_ways_with_its_traceback() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise LookupError("gone")

    def view() -> None:
        with pytest.raises(LookupError, match="gone"):
            await_(fail())
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine") as caught:
        await spawn(view)
    assert any(entry.name == "view" for entry in caught.traceback)


async def test_context_variables_are_shared_by_sync_code_and_coroutines() -> None:
    async def sign() -> str:
        before = name.get()
        name.set("coroutine")
        return before

    def view() -> list[str]:
        name.set("sync")
        return [await_(sign()), name.get()]

    assert await spawn(view) == ["sync", "coroutine"]
    assert name.get() == "coroutine"


async def test_concurrent_greenlets_keep_their_context_variables_apart() -> None:
    def view(own: str) -> list[str]:
        seen = []
        name.set(own)
        for _ in range(5):
            await_(asyncio.sleep(0))
            seen.append(name.get())
        return seen

    results = await asyncio.gather(*(spawn(view, f"task {n}") for n in range(50)))
    assert results == [[f"task {n}"] * 5 for n in range(50)]


async def test_greenlets_are_used_again_and_forget_what_they_did() -> None:
    await spawn(lambda: None)
    idle = list(_pool.idle)
    await spawn(lambda: name.set("left behind"))
    assert _pool.idle == idle
    assert all(runner.gr_context is None and runner.error is None for runner in idle)


async def test_cancellation_reaches_sync_code_and_its_finally() -> None:
    steps: list[str] = []
    waiting = asyncio.Event()

    async def hang() -> None:
        waiting.set()
        await asyncio.sleep(3600)

    def view() -> None:
        try:
            await_(hang())
        except asyncio.CancelledError:
            steps.append("cancelled")
            raise
        finally:
            await_(asyncio.sleep(0))
            steps.append("cleaned")

    task = asyncio.create_task(spawn(view))
    await waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert steps == ["cancelled", "cleaned"]


async def test_a_timeout_inside_a_driven_coroutine_works() -> None:
    async def view() -> str:
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(3600)
        except TimeoutError:
            return "late"
        return "never"

    assert await spawn(lambda: await_(view())) == "late"


async def test_an_abandoned_greenlet_is_unwound() -> None:
    ends: list[str] = []

    def view() -> None:
        try:
            await_(asyncio.Event().wait())
        finally:
            ends.append("unwound")

    coroutine = spawn(view)
    coroutine.send(None)
    coroutine.close()
    gc.collect()
    assert ends == ["unwound"]


async def test_sqlalchemy_nests_inside() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")

    async def read() -> Any:
        async with engine.connect() as connection:
            return (await connection.execute(text("SELECT 42"))).scalar_one()

    async def view() -> Any:
        return [await read(), helper()]

    def helper() -> Any:
        return await_(read())

    assert await spawn(lambda: await_(view())) == [42, 42]
    await engine.dispose()


async def test_await_outside_a_greenlet_says_what_to_do() -> None:
    with pytest.raises(NoGreenlet, match=r"board\.loop\.spawn"):
        await_(double(1))
    assert not in_greenlet()


async def test_settle_is_over_at_once_inside_and_a_coroutine_outside() -> None:
    def view() -> Any:
        return run_or_return(double(4))

    done = await spawn(view)
    assert isinstance(done, Completed)
    assert await done == 8
    assert await asyncio.create_task(await spawn(view)) == 8
    outside = run_or_return(double(5))
    assert not isinstance(outside, Completed)
    assert await outside == 10


def test_settle_without_a_loop_runs_to_the_end() -> None:
    assert drive(run_or_return(double(6))) == 12


async def test_threaded_leaves_the_loop_and_takes_the_context_along() -> None:
    @threaded
    def work(value: int) -> tuple[int, str, bool]:
        return value, name.get(), threading.current_thread() is threading.main_thread()

    name.set("request")
    assert await work(1) == (1, "request", False)
    assert await spawn(lambda: await_(work(2))) == (2, "request", False)
