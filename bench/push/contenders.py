"""The servers whose pushes are compared, each in a process of its own."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.http import Ask, ask_once, compose
from bench.people import register
from bench.program import Running, find_port, started
from bench.push.viewers import Script, ViewerGroup, join_bare, join_board
from board.domain.ids import new_id

PEER = Path(__file__).with_name("peer.mjs")
SOCKET_IO = Path(__file__).parents[2] / "node_modules" / "socket.io"
OURS, BARE, NODE = "board", "python-socketio", "Node socket.io"


@dataclass
class Contender:
    """A running server, what its viewers say in turn, and what makes it send a burst; `edit` changes a task of ours."""

    name: str
    server: Running
    script: list[Script]
    burst: str
    edit: Ask | None = None
    viewer_group: ViewerGroup = field(default_factory=ViewerGroup)

    async def connect(self, viewers: int) -> None:
        """Have more viewers."""
        for turn, script in enumerate(self.script):
            share = viewers // len(self.script) + (turn < viewers % len(self.script))
            await self.viewer_group.connect(self.server.port, share, script)

    async def announce(self, count: int) -> None:
        """Have the server send events; returns when it has announced them all."""
        await ask_once(self.server.port, compose("GET", self.server.port, f"{self.burst}count={count}", {}))


@asynccontextmanager
async def contenders(*names: str, boards: int = 1) -> AsyncIterator[list[Contender]]:
    """Start these servers; a Node that is missing is left out."""
    opened: list[Contender] = []
    with ExitStack() as stack:
        for name in names:
            if name == NODE and not has_node():
                continue
            opened.append(await _open(stack, name, boards))
        try:
            yield opened
        finally:
            for contender in opened:
                contender.viewer_group.close()
            await asyncio.sleep(0.1)


def has_node() -> bool:
    """Return whether Node and its socket.io are installed."""
    return shutil.which("node") is not None and SOCKET_IO.is_dir()


async def _open(stack: ExitStack, name: str, boards: int) -> Contender:
    port = find_port()
    if name == NODE:
        server = stack.enter_context(started(["node", str(PEER)], port, {}))
        return Contender(name, server, [join_bare()], "/burst?")
    module = "bench.push.bare" if name == BARE else "bench.push.ours"
    settings = {"BOARD_DATA": stack.enter_context(tempfile.TemporaryDirectory())}
    server = stack.enter_context(started([sys.executable, "-m", module], port, settings))
    if name == BARE:
        return Contender(name, server, [join_bare()], "/burst?")
    person = await register(server.url)
    made = [await person.make_board(1) for _ in range(boards)]
    board, (task,) = made[0]
    await person.http.aclose()

    def edit(turn: int) -> bytes:
        return compose(
            "PATCH", port, f"/api/v1/tasks/{task}", person.headers, {"title": f"Turn {turn}, {new_id()}"}
        )

    script = [join_board(person.token, board) for board, _ in made]
    return Contender(name, server, script, f"/burst?board={board}&", edit)
