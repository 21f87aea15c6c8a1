"""The same four views, written for each way of serving them."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import flask
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import board.loop

VIEWS: Final = {"/wait50": 0.05, "/wait100": 0.1}
QUERY: Final = text("SELECT id, title FROM task ORDER BY id LIMIT 20")


def seed(database: Path) -> None:
    """Fill a new SQLite file with a hundred tasks."""
    import sqlite3

    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")
        connection.executemany("INSERT INTO task (title) VALUES (?)", [(f"Task {n}",) for n in range(100)])
    connection.close()


def open_engine(**options: Any) -> AsyncEngine:
    """Return the engine for the file the parent process named."""
    return create_async_engine(f"sqlite+aiosqlite:///{os.environ['BENCH_DATABASE']}", **options)


async def read_tasks(engine: AsyncEngine) -> list[dict[str, Any]]:
    """Return 20 rows."""
    async with engine.connect() as connection:
        return [{"id": row.id, "title": row.title} for row in await connection.execute(QUERY)]


def add_views(app: Any, engine: AsyncEngine, answer: Callable[[Any], Any]) -> None:
    """Register the views on an app of Flask's or Quart's shape."""

    async def wait50() -> Any:
        await asyncio.sleep(0.05)
        return answer({"ok": True})

    async def wait100() -> Any:
        await asyncio.sleep(0.1)
        return answer({"ok": True})

    async def trivial() -> Any:
        return answer({"ok": True})

    async def query() -> Any:
        return answer(await read_tasks(engine))

    for view in (wait50, wait100, trivial, query):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view)


def make_flask(flask_class: type[flask.Flask], **engine_options: Any) -> flask.Flask:
    """Return a Flask application with the views."""
    app = flask_class(__name__)
    add_views(app, open_engine(**engine_options), flask.jsonify)
    return app


def ours() -> Any:
    """Return Flask on the loop."""
    return board.loop.ASGI(make_flask(board.loop.Flask))


def quart() -> Any:
    """Return Quart."""
    from quart import Quart, jsonify

    app = Quart(__name__)
    add_views(app, open_engine(), jsonify)
    return app


def fastapi() -> Any:
    """Return FastAPI."""
    from fastapi import FastAPI

    app = FastAPI(openapi_url=None)

    class Shape:
        def add_url_rule(self, path: str, name: str, view: Any) -> None:
            app.add_api_route(path, view, name=name, response_model=None)

    add_views(Shape(), open_engine(), lambda value: value)
    return app


def asgiref() -> Any:
    """Return Flask behind asgiref's adapter."""
    from asgiref.wsgi import WsgiToAsgi

    return WsgiToAsgi(make_flask(flask.Flask))  # type: ignore[no-untyped-call]


def hypercorn() -> Any:
    """Return Flask behind Hypercorn's WSGI wrapper; every request has a loop and a connection of its own."""
    return make_flask(flask.Flask, poolclass=NullPool)


CONTENDERS: Final = {
    "board.loop": ours,
    "Quart": quart,
    "FastAPI": fastapi,
    "Hypercorn WSGI": hypercorn,
    "asgiref WSGI": asgiref,
}
