"""Is the process alive, and can it serve? For load balancers and for people who look."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from flask import Blueprint, Response, current_app, request

from board.web.json import encode
from board.web.probe import answer_probe

log = structlog.get_logger(__name__)

PATIENCE = 3.0
"""Seconds that a part has to answer."""

Check = Callable[[], Awaitable[None]]


def create_blueprint(
    checks: Mapping[str, Check], essential: frozenset[str], is_leaving: Callable[[], bool] = lambda: False
) -> Blueprint:
    """`/healthz` answers while the process does; `/readyz` is 503 when an essential part is away, or we go."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    async def healthz() -> Response:
        probe = answer_probe(str(current_app.secret_key), request)
        return Response(
            encode({"status": "ok"} | ({"probe": probe} if probe else {})), mimetype="application/json"
        )

    @blueprint.get("/readyz")
    async def readyz() -> Response:
        if is_leaving():
            return Response(encode({"status": "leaving", "parts": {}}), 503, mimetype="application/json")
        answers = await asyncio.gather(*(_ask(name, check) for name, check in checks.items()))
        found = dict(zip(checks, answers, strict=True))
        ready = all(found[name] == "ok" for name in essential)
        degraded = any(answer != "ok" for answer in answers)
        status = "degraded" if ready and degraded else "ok" if ready else "unavailable"
        body = encode({"status": status, "parts": found})
        return Response(body, 200 if ready else 503, mimetype="application/json")

    return blueprint


async def _ask(name: str, check: Check) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            await check()
    except Exception as error:  # noqa: BLE001 - whatever the part raises, it is away
        log.warning("readyz.part_away", part=name, error=str(error) or type(error).__name__)
        return "away"
    return "ok"
