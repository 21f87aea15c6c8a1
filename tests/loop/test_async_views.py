"""The promises of Flask's documentation, "Using async and await", kept on one loop."""

import asyncio
from typing import Any

import flask
import pytest
from flask.views import MethodView, View

from board.loop import Flask, NoGreenlet, spawn, threaded

from .conftest import Live


async def test_an_async_view(start: Any, app: Flask) -> None:
    @app.route("/get-data")
    async def get_data() -> Any:
        await asyncio.sleep(0)
        return flask.jsonify(loop=id(asyncio.get_running_loop()))

    live: Live = await start(app)
    assert (await live.client.get("/get-data")).json() == {"loop": id(asyncio.get_running_loop())}


async def test_every_hook_may_be_async(start: Any, app: Flask) -> None:
    seen: list[str] = []

    async def note(step: str) -> None:
        await asyncio.sleep(0)
        seen.append(step)

    @app.before_request
    async def before() -> None:
        await note("before")
        flask.g.user = "ada"

    @app.after_request
    async def after(response: flask.Response) -> flask.Response:
        await note("after")
        response.headers["X-User"] = flask.g.user
        return response

    @app.teardown_request
    async def teardown(error: BaseException | None) -> None:
        await note(f"teardown {error!r}")

    @app.context_processor
    async def context() -> dict[str, str]:
        await note("context")
        return {"who": flask.g.user}

    @app.get("/")
    async def page() -> Any:
        await note("view")

        @flask.after_this_request
        async def late(response: flask.Response) -> flask.Response:
            await note("this request")
            return response

        return flask.render_template_string("{{ who }}")

    live: Live = await start(app)
    response = await live.client.get("/")
    assert (response.text, response.headers["X-User"]) == ("ada", "ada")
    assert seen == ["before", "view", "context", "this request", "after", "teardown None"]


async def test_error_handlers_may_be_async(start: Any, app: Flask) -> None:
    class Teapot(Exception):
        pass

    @app.errorhandler(Teapot)
    async def teapot(error: Teapot) -> Any:
        await asyncio.sleep(0)
        return f"short and stout: {error}", 418

    @app.errorhandler(404)
    async def missing(_: Any) -> Any:
        return "nothing here", 404

    @app.get("/brew")
    async def brew() -> None:
        raise Teapot("tip me over")

    live: Live = await start(app)
    brewed = await live.client.get("/brew")
    assert (brewed.status_code, brewed.text) == (418, "short and stout: tip me over")
    assert (await live.client.get("/none")).text == "nothing here"


async def test_an_unhandled_error_is_a_500_and_the_teardown_knows(start: Any, app: Flask) -> None:
    errors: list[Any] = []
    app.teardown_request(errors.append)

    @app.get("/")
    async def broken() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    live: Live = await start(app)
    assert (await live.client.get("/")).status_code == 500
    assert [type(error) for error in errors] == [ZeroDivisionError]


async def test_class_based_views_may_be_async(start: Any, app: Flask) -> None:
    class Items(MethodView):
        async def get(self) -> str:
            await asyncio.sleep(0)
            return "list"

        def post(self) -> str:
            return "made"

    class Page(View):
        async def dispatch_request(self) -> str:
            return "page"

    app.add_url_rule("/items", view_func=Items.as_view("items"))
    app.add_url_rule("/page", view_func=Page.as_view("page"))
    live: Live = await start(app)
    assert (await live.client.get("/items")).text == "list"
    assert (await live.client.post("/items")).text == "made"
    assert (await live.client.get("/page")).text == "page"


async def test_a_decorator_may_use_ensure_sync(start: Any, app: Flask) -> None:
    def extension(view: Any) -> Any:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return "<" + flask.current_app.ensure_sync(view)(*args, **kwargs) + ">"

        return wrapper

    @app.get("/")
    @extension
    async def view() -> str:
        await asyncio.sleep(0)
        return "decorated"

    live: Live = await start(app)
    assert (await live.client.get("/")).text == "<decorated>"


async def test_a_view_may_gather(start: Any, app: Flask) -> None:
    @app.get("/")
    async def view() -> Any:
        return flask.jsonify(await asyncio.gather(*(asyncio.sleep(0, n) for n in range(3))))

    live: Live = await start(app)
    assert (await live.client.get("/")).json() == [0, 1, 2]


async def test_an_async_view_reads_the_request_as_any_view_does(start: Any, app: Flask) -> None:
    @app.post("/")
    async def view() -> Any:
        await asyncio.sleep(0)
        return flask.jsonify(flask.request.get_json() | flask.request.args.to_dict())

    live: Live = await start(app)
    assert (await live.client.post("/?b=2", json={"a": 1})).json() == {"a": 1, "b": "2"}


async def test_a_hundred_slow_views_overlap(start: Any, app: Flask) -> None:
    arrived = asyncio.Barrier(100)

    @app.get("/")
    async def slow() -> str:
        await arrived.wait()  # returns only when all hundred are inside
        return "together"

    live: Live = await start(app)
    responses = await asyncio.gather(*(live.client.get("/") for _ in range(100)))
    assert {response.text for response in responses} == {"together"}


async def test_concurrent_requests_never_see_each_other(start: Any, app: Flask) -> None:
    @app.before_request
    async def remember() -> None:
        flask.g.own = flask.request.args["n"]

    @app.get("/")
    async def view() -> Any:
        seen = []
        for _ in range(5):
            await asyncio.sleep(0)
            seen.append((flask.g.own, flask.request.args["n"]))
        return flask.jsonify(len(set(seen)), seen[0])

    live: Live = await start(app)
    responses = await asyncio.gather(*(live.client.get(f"/?n={n}") for n in range(60)))
    assert [r.json() for r in responses] == [[1, [str(n), str(n)]] for n in range(60)]


async def test_a_blocking_view_can_go_to_a_thread(start: Any, app: Flask) -> None:
    release = asyncio.Event()

    @app.get("/")
    @threaded
    def blocking() -> str:
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(10)
        return flask.request.path

    loop = asyncio.get_running_loop()
    live: Live = await start(app)
    waiting = asyncio.create_task(live.client.get("/"))
    await asyncio.sleep(0.05)
    release.set()  # the loop was free to come here
    assert (await waiting).text == "/"


async def test_signals_may_have_async_receivers(start: Any, app: Flask) -> None:
    seen: list[str] = []

    async def receive(sender: Any, **_: Any) -> None:
        await asyncio.sleep(0)
        seen.append(sender.name)

    app.get("/")(lambda: "ok")
    live: Live = await start(app)
    with flask.request_started.connected_to(receive, app):
        await live.client.get("/")
    assert seen == ["tests.loop"]


def test_flask_test_client_without_a_loop(app: Flask) -> None:
    @app.post("/")
    async def view() -> Any:
        await asyncio.sleep(0)
        return flask.request.get_json()

    assert app.test_client().post("/", json={"a": 1}).json == {"a": 1}


async def test_flask_test_client_on_a_loop(app: Flask) -> None:
    @app.get("/")
    async def view() -> str:
        await asyncio.sleep(0)
        return "spawned"

    client = app.test_client()
    assert (await spawn(client.get, "/")).text == "spawned"
    app.testing = True
    with pytest.raises(NoGreenlet, match="spawn"):
        client.get("/")


def test_command_line_commands_may_call_async_code(app: Flask) -> None:
    @app.cli.command("greet")
    def greet() -> None:
        flask.current_app.ensure_sync(hello)()

    async def hello() -> None:
        await asyncio.sleep(0)
        flask.cli.click.echo("hello")

    assert app.test_cli_runner().invoke(args=["greet"]).output == "hello\n"
