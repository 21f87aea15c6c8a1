"""Is the process alive, and can it serve? For load balancers and for people who look."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from flask import Blueprint, Response, current_app, request

from board.domain.errors import NoSpace
from board.domain.os_errors import classify_os_error
from board.web.flags import Flag, flagged
from board.web.probe import answer_probe
from board.wire.json import encode

log = structlog.get_logger(__name__)

CHECK_TIMEOUT = 3.0
"""Seconds that a part has to answer."""

Check = Callable[[], Awaitable[None]]


class Degraded(Exception):
    """The part can be worked with, and something about it should be known: the message is what `/readyz` says."""


class Unhealthy(Exception):
    """The part answers, and can't be worked with."""


def create_blueprint(
    checks: Mapping[str, Check],
    essential: frozenset[str],
    is_shutting_down: Callable[[], bool] = lambda: False,
) -> Blueprint:
    """`/healthz` answers while the process does; `/readyz` is 503 when an essential part is away, or we go."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    @flagged(Flag.ANONYMOUS, Flag.UNLIMITED, Flag.QUIET)
    async def healthz() -> Response:
        probe = answer_probe(str(current_app.secret_key), request)
        return Response(
            encode({"status": "ok"} | ({"probe": probe} if probe else {})), mimetype="application/json"
        )

    @blueprint.get("/readyz")
    @flagged(Flag.ANONYMOUS, Flag.UNLIMITED, Flag.QUIET)
    async def readyz() -> Response:
        if is_shutting_down():
            return Response(encode({"status": "leaving", "parts": {}}), 503, mimetype="application/json")
        answers = await asyncio.gather(*(_ask(name, check) for name, check in checks.items()))
        found = {name: word for name, (word, _) in zip(checks, answers, strict=True)}
        ready = all(fit for name, (_, fit) in zip(checks, answers, strict=True) if name in essential)
        degraded = any(word != "ok" for word, _ in answers)
        status = "degraded" if ready and degraded else "ok" if ready else "unavailable"
        body = encode({"status": status, "parts": found})
        return Response(body, 200 if ready else 503, mimetype="application/json")

    return blueprint


async def _ask(name: str, check: Check) -> tuple[str, bool]:
    """Return what there is to say of a part, and whether it can be worked with."""
    try:
        async with asyncio.timeout(CHECK_TIMEOUT):
            await check()
    except (Degraded, Unhealthy) as error:
        log.warning("readyz.part_differs", part=name, found=str(error))
        return str(error), isinstance(error, Degraded)
    except Exception as error:  # noqa: BLE001 - whatever the part raises, it is away
        log.warning("readyz.part_away", part=name, error=str(error) or type(error).__name__)
        return "full" if isinstance(classify_os_error(error) or error, NoSpace) else "away", False
    return "ok", True
