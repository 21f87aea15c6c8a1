"""The OpenAPI 3.1 document, made from the contracts of the routes and the wire models they name."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import Response
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from board.domain.policy import RULES, explain
from board.web.api.contract import Route
from board.web.api.routes import api
from board.web.flags import Flag, flagged
from board.wire.json import encode
from board.wire.problems import Problem

REFERENCE = "#/components/schemas/{model}"
PROBLEMS = {
    400: "The request could not be understood, or nests too deep",
    401: "Nobody is signed in, or the credentials are wrong",
    403: "You may see it but not do this",
    404: "It isn't there, or you may not see it",
    409: "It clashes with what is there",
    412: "If-Match names an older version; `current` is the current state",
    408: "The body did not arrive in time",
    413: "The body is too large, or holds too many values",
    414: "The address is longer than 8 KiB",
    415: "The body is not of the media type expected",
    422: "Some fields have values that won't do; `errors` names each",
    429: "Too many requests; Retry-After tells when to come back",
    431: "The header fields are more than 200, or larger than 32 KiB",
    503: "A part of the server is away; Retry-After tells when to come back",
    507: "There is no room on the disk",
}
TAGS = {
    "accounts": "People, sessions and personal tokens",
    "boards": "The unit of sharing, permission, ordering and sync",
    "sync": "Snapshots and the event log",
    "columns": "Vertical lists on a board",
    "tasks": "Cards",
    "labels": "Coloured words",
    "members": "Who may do what on a board",
    "people": "The accounts of this server, for its administrators",
    "teams": "Named groups of people that can be put on boards",
    "administration": "How the server is set up",
    "sharing": "Invitations, the public link, and handing a board over",
    "checklists": "Things to tick off on a task",
    "comments": "What people say about a task",
    "attachments": "Links and files on a task",
    "history": "Undo, redo, activity, and the board as it was",
    "imports": "Boards from elsewhere",
    "privacy": "Your data, the terms you accepted, and the security log",
}


@api.blueprint.get("/openapi.json")
@flagged(Flag.WITHOUT_TERMS)
async def openapi() -> Response:
    """Return the document itself."""
    return Response(_document_bytes(), mimetype="application/json")


@cache
def _document_bytes() -> bytes:
    return encode(document(api.routes))


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """Return the OpenAPI document of these routes."""
    found = list(routes)
    schemas, references = _schemas(found)
    paths: dict[str, dict[str, Any]] = {}
    for route in found:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, references)
    used = {route.tag for route in found}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Board",
            "version": "1",
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api/v1"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items() if name in used],
        "security": [{"session": []}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": _SECURITY,
            "parameters": _PARAMETERS,
            "headers": _HEADERS,
        },
    }


def _schemas(routes: list[Route]) -> tuple[dict[str, Any], dict[Any, str]]:
    """Return the component schemas, and the $ref of each model and direction."""
    wanted: list[tuple[Any, Any]] = [(Problem, "serialization")]
    for route in routes:
        wanted += [(route.body, "validation")] if route.body else []
        wanted += [(route.answer, "serialization")] if _is_model(route.answer) else []
    keyed, definitions = models_json_schema(list(dict.fromkeys(wanted)), ref_template=REFERENCE)
    return definitions["$defs"], {key: value["$ref"] for key, value in keyed.items()}


def _is_model(answer: Any) -> bool:
    return isinstance(answer, type) and issubclass(answer, BaseModel)


def _operation(route: Route, references: dict[Any, str]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [route.tag],
        "parameters": _parameters(route),
        "responses": _responses(route, references),
    }
    operation |= _who_may(route)
    if route.anonymous:
        operation["security"] = []
    if route.body is not None:
        content: dict[str, Any] = {
            "application/json": {"schema": {"$ref": references[route.body, "validation"]}}
        }
        if route.upload:
            content["multipart/form-data"] = _UPLOAD
        operation["requestBody"] = {"required": True, "content": content}
    elif route.upload:
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": _UPLOAD}}
    return operation


def _who_may(route: Route) -> dict[str, Any]:
    """Return the row of the policy's table: as a sentence in the description, and for programs."""
    rule = RULES[route.action]
    return {
        "description": f"{route.description}\n\n{explain(route.action)}".strip(),
        "x-action": route.action.name.lower().replace("_", "-"),
        "x-least": rule.word,
        "x-scope": rule.scope.value,
    }


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"} | _FORMATS.get(kind, {})}
        for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route.path)
    ]
    if route.query is not None:
        schema = route.query.model_json_schema(ref_template=REFERENCE)
        for name, value in schema["properties"].items():
            required = name in schema.get("required", ())
            found.append({"name": name, "in": "query", "required": required, "schema": value})
    if route.mutates and not route.anonymous:
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if route.takes_version:
        found.append({"$ref": "#/components/parameters/IfMatch"})
    if route.conditional:
        found.append({"$ref": "#/components/parameters/IfNoneMatch"})
    return found


def _responses(route: Route, references: dict[Any, str]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": route.summary or "Done"}
    if _is_model(route.answer):
        success["content"] = {
            "application/json": {"schema": {"$ref": references[route.answer, "serialization"]}}
        }
    elif route.answer is bytes:
        success["content"] = {"application/octet-stream": {}}
    elif route.answer is not None:
        success["content"] = {"application/json": {"schema": TypeAdapter(route.answer).json_schema()}}
    if route.mutates:
        success["headers"] = {
            "Board-Seq": {"$ref": "#/components/headers/BoardSeq"},
            "Idempotency-Replayed": {"$ref": "#/components/headers/IdempotencyReplayed"},
        }
    problem = {"application/problem+json": {"schema": {"$ref": references[Problem, "serialization"]}}}
    errors = {str(status): {"description": PROBLEMS[status], "content": problem} for status in route.statuses}
    besides = {"304": {"description": "The client has the newest"}} if route.conditional else {}
    besides |= {"202": {"description": "The answer comes by mail"}} if route.later else {}
    return {str(route.status): success, **besides, **errors}


_DESCRIPTION = """\
Everything the board can do. Sign in with the browser's session cookie and `X-CSRFToken`, or with
`Authorization: Bearer` and a personal token.

* Every mutation takes `Idempotency-Key`: a repeat answers as the first did and changes nothing.
* Resources carry `version` and an `ETag`; a stale `If-Match` gets 412 with the current resource.
  Without it, fields merge.
* Errors are RFC 9457 problem documents.
* Lists page by cursor: pass `next_cursor` as `cursor`.
"""

_UPLOAD = {
    "schema": {
        "type": "object",
        "required": ["file"],
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream"},
            "people": {"type": "string", "description": "Of an import: lines of `name = e-mail address`"},
            "time_zone": {
                "type": "string",
                "description": "Of an import: where dates are read, as Europe/Berlin",
            },
        },
    }
}

_FORMATS = {"id": {"format": "uuid"}}

_SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "board", "description": "The browser's session"},
    "token": {"type": "http", "scheme": "bearer", "description": "A personal or access token"},
}

_PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Makes a retry harmless; a UUID doubles as the mutation id",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that the change is based on",
        "schema": {"type": "string", "pattern": '^(\\*|(W/)?"v[0-9]{1,9}")$'},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of what the client has; 304 when it is still the newest",
        "schema": {"type": "string"},
    },
}

_HEADERS = {
    "BoardSeq": {"description": "The board's seq after the mutation", "schema": {"type": "integer"}},
    "IdempotencyReplayed": {
        "description": "`true` when this is the answer to an earlier request",
        "schema": {"type": "string"},
    },
}
