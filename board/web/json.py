"""JSON for Flask: `flask.json` and `jsonify` write it as the rest of the project does."""

from typing import Any

from flask.json.provider import JSONProvider

from board.wire.json import dumps, loads


class OrjsonProvider(JSONProvider):
    """What `flask.json` uses."""

    def dumps(self, obj: Any, **_kwargs: Any) -> str:
        """Return JSON text."""
        return dumps(obj)

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        """Return the value of JSON text."""
        return loads(s)
