"""Write docs/guides/permissions.md from the policy's table, the routes and the socket events.

`python tools/permissions.py` writes it; a test tells when it is out of date.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from board.domain.board import Role  # noqa: E402
from board.domain.policy import RULES, Action, ServerRole, allows  # noqa: E402
from board.web.api import blueprint  # noqa: E402
from board.web.api.contract import Route  # noqa: E402
from board.web.api.routes import api  # noqa: E402
from board.wire.socket import ACTIONS  # noqa: E402

TARGET = ROOT / "docs" / "guides" / "permissions.md"

HEAD = """\
# Who may do what

Written by `tools/permissions.py` from the table in `board/domain/policy.py`, which every service and every socket event
asks; `tests/contract/test_policy.py` tries each of these with everybody.

Somebody who is not on a board gets 404 for everything of it: they don't learn that it exists. A member whose role does
not reach gets 403, and so does a token that lacks the scope. Nobody signed in: 401. An administrator of the server
has no role on a board by that. A role comes directly or by a team, and the greater one counts. A guest is who comes by
a board's public link.

People at a browser hold every scope; a token holds those it was made with: `read`, `write`, `admin`.
"""


def write(routes: Iterable[Route]) -> str:
    """Return the whole page."""
    found = list(routes)
    parts = [HEAD, *_boards(), *_server(), *_routes(found), *_sockets()]
    return "\n".join(parts) + "\n"


def _boards() -> Iterator[str]:
    yield "## On a board\n"
    yield "| you may | guest | viewer | commenter | editor | owner | token |"
    yield "|---|:-:|:-:|:-:|:-:|:-:|---|"
    for action, rule in RULES.items():
        if isinstance(rule.minimum, Role):
            marks = [rule.guests, *(allows(role, action) for role in sorted(Role))]
            cells = " | ".join("✓" if mark else "" for mark in marks)
            yield f"| {action.value} | {cells} | `{rule.scope.value}` |"
    yield ""


def _server() -> Iterator[str]:
    yield "## On the server\n"
    yield "| you may | anyone | signed in | administrator | token |"
    yield "|---|:-:|:-:|:-:|---|"
    roles = list(ServerRole)
    for action, rule in RULES.items():
        if isinstance(rule.minimum, ServerRole):
            minimum = roles.index(rule.minimum)
            cells = " | ".join("✓" if place >= minimum else "" for place in range(len(roles)))
            scope = "" if rule.minimum is ServerRole.ANYONE else f"`{rule.scope.value}`"
            yield f"| {action.value} | {cells} | {scope} |"
    yield ""


def _routes(routes: list[Route]) -> Iterator[str]:
    yield "## By route\n"
    yield "Under `/api/v1`. Each is also in `/api/v1/openapi.json`, as `x-action`, `x-least` and `x-scope`.\n"
    yield "| route | you may | takes | token |"
    yield "|---|---|---|---|"
    for route in sorted(routes, key=lambda route: (route.path, route.method)):
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)
        yield f"| `{route.method} {path}` | {_row(route.action)} |"
    yield ""


def _sockets() -> Iterator[str]:
    yield "## By socket event\n"
    yield "| event | you may | takes | token |"
    yield "|---|---|---|---|"
    for event, action in ACTIONS.items():
        yield f"| `{event}` | {_row(action)} |"


def _row(action: Action) -> str:
    rule = RULES[action]
    scope = "" if rule.minimum is ServerRole.ANYONE else f"`{rule.scope.value}`"
    return f"{action.value} | {rule.word} | {scope}"


if __name__ == "__main__":
    blueprint()
    TARGET.write_text(write(api.routes))
