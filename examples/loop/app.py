"""A page on which everybody sees what anybody says: Flask and Socket.IO on one asyncio loop.

Run it with `python examples/loop/app.py` and open http://127.0.0.1:5000 in two windows. The page speaks the protocol of
Socket.IO by itself, so that this example needs no JavaScript library.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

from board.loop import ASGI, Flask, SocketIO, emit

app = Flask(__name__)
app.config["SECRET_KEY"] = secrets.token_hex()
socketio = SocketIO(app)
application = ASGI(app)
"""For a server of your own: `hypercorn --bind 127.0.0.1:5000 examples/loop/app.py:application`."""

said: deque[str] = deque(maxlen=100)
"""One process and one loop: nothing runs between two lines that don't await, so no lock is needed."""


@app.get("/")
def page() -> str:
    """Return the page; a view that is not async works as in any Flask application."""
    return (Path(__file__).parent / "page.html").read_text("utf-8")


@app.get("/said")
async def read_said() -> dict[str, list[str]]:
    """Return what was said. While this view awaits, the loop serves everybody else."""
    await asyncio.sleep(0.05)  # a database, or another service
    return {"said": list(said)}


@app.get("/said.txt")
async def stream_said() -> AsyncIterator[str]:
    """Stream it line by line: a view may return an async iterator."""

    async def lines() -> AsyncIterator[str]:
        for text in list(said):
            yield f"{text}\n"
            await asyncio.sleep(0)

    return lines()


@socketio.on("say")
async def say(text: str) -> int:
    """Tell everybody; what a handler returns is the acknowledgement of who said it."""
    said.append(text[:200])
    await emit("said", text[:200], broadcast=True)
    return len(said)


if __name__ == "__main__":
    socketio.run(app, port=5000)
