"""Every answer of the API that a test gets is one that the OpenAPI document names."""

import re
from functools import cache
from typing import Any

from board.web.api import blueprint
from board.web.api.openapi import document
from board.web.api.routes import api

ELSEWHERE = frozenset({405, 500})
"""What is said before an operation is chosen, or by mistake."""


async def check_documented(response: Any) -> None:
    """Fail the test whose request got a status that its operation doesn't have in the document."""
    request = response.request
    known = find_statuses(request.method, request.url.path)
    asked = f"{request.method} {request.url.path}"
    assert known is None or response.status_code in known | ELSEWHERE, (
        f"{asked} answers {response.status_code}; documented are {sorted(known)}"
    )


@cache
def find_statuses(method: str, path: str) -> frozenset[int] | None:
    """The statuses that the document names for an operation; None where there is none."""
    for pattern, operations in _read_document():
        if pattern.fullmatch(path) and method.lower() in operations:
            return frozenset(int(status) for status in operations[method.lower()]["responses"])
    return None


@cache
def _read_document() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    blueprint()
    identifier = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    return [
        (re.compile("/api/v1" + re.sub(r"\{\w+\}", identifier, path)), operations)
        for path, operations in document(api.routes)["paths"].items()
    ]
