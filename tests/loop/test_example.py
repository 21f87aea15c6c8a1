"""The example application, served as its docstring says, and spoken to as its page does."""

import asyncio
import json
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect as connect_websocket
from werkzeug.utils import import_string

PAGE = "/socket.io/?EIO=4&transport=websocket"


async def open_page(url: str) -> Any:
    """Connect as the page's script does."""
    socket = await connect_websocket(url.replace("http", "ws") + PAGE)
    assert (await socket.recv()).startswith("0")
    await socket.send("40")
    assert (await socket.recv()).startswith("40")
    return socket


async def test_the_example(start: Any) -> None:
    example = import_string("examples.loop.app")
    live = await start(example.application)
    page = await live.client.get("/")
    assert page.text == (Path(example.__file__).parent / "page.html").read_text("utf-8")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert PAGE in page.text

    speaker, listener = [await open_page(live.url) for _ in range(2)]
    example.said.clear()
    await speaker.send('420["say","Hello."]')
    assert await listener.recv() == '42["said","Hello."]'
    heard = {await speaker.recv() for _ in range(2)}
    assert heard == {'42["said","Hello."]', "430[1]"}
    await asyncio.gather(speaker.close(), listener.close())

    answers = await asyncio.gather(*(live.client.get("/said") for _ in range(20)))
    assert [json.loads(answer.text) for answer in answers] == [{"said": ["Hello."]}] * 20
    assert (await live.client.get("/said.txt")).text == "Hello.\n"
