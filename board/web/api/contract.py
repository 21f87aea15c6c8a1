"""Routes that say what they take and what they answer.

`Api.route` registers a Flask view and remembers its contract; `openapi.py` writes the document from what
is remembered, so a route can't be without one. The view gets the parsed body and query as `body` and
`query`, by the names of its parameters.
"""

import functools
import inspect
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Blueprint, Response, g, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from board import loop
from board.domain import limits
from board.domain.errors import FieldError, Invalid, Malformed, TooManyValues
from board.domain.messages import msg, nmsg
from board.domain.policy import Action
from board.service.ports import Command, Outcome
from board.web import context
from board.web.api.surrogates import find_lone_surrogate
from board.web.identity import require_login
from board.web.recovery import check_verified
from board.wire.json import encode
from board.wire.present import present
from board.wire.problems import refusal

View = Callable[..., Awaitable[Response]]
ViewFunction = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Route:
    """The contract of one route.

    `problems` are the error statuses beside those that `statuses` derives from the rest. `conditional` routes
    answer 304 to who has the newest, `later` ones 202 where the answer comes by mail. `action` is what it does, in
    the words of the policy, which every route has to say. `fresh` ones want a sign-in of the last hour (or a
    token).
    """

    method: str
    path: str
    name: str
    summary: str
    description: str
    tag: str
    status: int
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    answer: Any
    anonymous: bool
    upload: bool
    problems: tuple[int, ...]
    conditional: bool
    later: bool
    action: Action
    fresh: bool

    @property
    def mutates(self) -> bool:
        """Whether it can change anything (RFC 9110, section 9.2.1)."""
        return self.method not in ("GET", "HEAD", "OPTIONS")

    @property
    def takes_version(self) -> bool:
        """Whether it changes one thing that is there already, and heeds If-Match."""
        changes = self.method in ("PATCH", "PUT", "DELETE") or self.path.endswith("/move")
        return changes and not self.anonymous

    @property
    def statuses(self) -> list[int]:
        """The error statuses that it can answer.

        A token that is no good is refused by every route, and so is what isn't HTTP, whoever asks too often, and
        anybody while the database is away.
        """
        found = {*self.problems, 400, 401, 414, 429, 431, 503}
        found |= {404} if "<" in self.path else set()
        found |= {403} if self.mutates or not self.anonymous else set()
        found |= {409, 422, 507} if self.mutates else set()
        found |= {422} if self.query is not None else set()
        found |= {408, 413, 415} if self.body is not None or self.upload else set()
        found |= {412} if self.takes_version else set()
        return sorted(found)


class Api:
    """A blueprint whose routes have contracts."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.routes: list[Route] = []

    def route(
        self,
        method: str,
        path: str,
        *,
        tag: str,
        action: Action,
        answer: Any = None,
        status: int = 200,
        body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        anonymous: bool = False,
        upload: bool = False,
        problems: Iterable[int] = (),
        conditional: bool = False,
        later: bool = False,
        fresh: bool = False,
    ) -> Callable[[View], View]:
        """Register a view under `/api/v1` + path, whose `<id:name>` parts become arguments."""

        def decorate(view: View) -> View:
            summary, _, description = (inspect.getdoc(view) or "").partition("\n")
            route = Route(
                method, path, view.__name__, summary=summary.rstrip("."), description=description.strip(), tag=tag,
                status=status, body=body, query=query, answer=answer, anonymous=anonymous, upload=upload,
                problems=tuple(problems), conditional=conditional, later=later, action=action, fresh=fresh,
            )  # fmt: skip
            self.routes.append(route)
            self.blueprint.add_url_rule(path, view.__name__, _wrap(view, route), methods=[method])
            return view

        return decorate


def _wrap(view: View, route: Route) -> ViewFunction:
    @functools.wraps(view)
    async def run(**arguments: Any) -> Response:
        g.route = route
        if not route.anonymous:
            check_verified(route.action)
        if route.body is not None and not (route.upload and request.mimetype == "multipart/form-data"):
            arguments["body"] = _parse_body(route.body)
        if route.query is not None:
            arguments["query"] = _parse_query(route.query)
        return await view(**arguments)

    return run if route.anonymous else require_login(run, fresh=route.fresh)


def command(body: BaseModel | None = None) -> Command:
    """Return how the mutation at hand was asked for; its success status is the route's."""
    return context.command(g.route.status, getattr(body, "mutation", None))


def answer(value: Any, headers: dict[str, str] | None = None) -> Response:
    """Return the route's success: an Outcome carries the board's seq, a resource its ETag."""
    seq = value.seq if isinstance(value, Outcome) else None
    shown = value.value if isinstance(value, Outcome) else value
    status = g.route.status
    response = Response(b"" if status == 204 else encode(present(shown)), status, mimetype="application/json")
    if seq is not None:
        response.headers["Board-Seq"] = str(seq)
    version = getattr(shown, "version", None) or getattr(getattr(shown, "board", None), "version", None)
    if version is not None and status != 204:
        response.headers["ETag"] = f'"v{version}"'
    response.headers.update(headers or {})
    return response


def not_modified(headers: dict[str, str]) -> Response:
    """Return 304: the client has it as it is (RFC 9110, section 15.4.5). The ETag is among the headers."""
    response = Response(status=304, headers=headers)
    del response.headers["Content-Type"]
    return response


def accepted() -> Response:
    """Return 202: it will be done, and there is nothing to say about it yet (RFC 9110, section 15.3.3)."""
    response = Response(status=202)
    del response.headers["Content-Type"]
    return response


def _parse_body(model: type[BaseModel]) -> BaseModel:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = limits.BODY
    content = request.get_data()
    try:
        loop.check_json(content, limits.JSON_VALUES, limits.JSON_LEVELS)
        value = orjson.loads(content)
    except loop.TooManyValues as error:
        raise TooManyValues(limits.JSON_VALUES) from error
    except loop.TooDeep as error:
        raise Malformed(
            nmsg(
                "The body may be nested at most %(count)s level deep.",
                "The body may be nested at most %(count)s levels deep.",
                limits.JSON_LEVELS,
            )
        ) from error
    except orjson.JSONDecodeError as error:
        if half := find_lone_surrogate(content):
            raise Invalid(half) from error
        raise Malformed(msg("The body is not JSON: %(error)s", error=error)) from error
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise refusal(error, "body") from error


def _parse_query(model: type[BaseModel]) -> BaseModel:
    values = {name: value if value != "" else None for name, value in request.args.items()}
    repeated = [name for name in values if len(request.args.getlist(name)) > 1]
    if repeated:
        raise Invalid(*(FieldError(name, msg("Give it once.")) for name in repeated))
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise refusal(error, "query") from error
