"""Flask whose async views, hooks and handlers await on the server's own loop."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import flask
from werkzeug.utils import cached_property

from .body import Body, too_large
from .bridge import NoGreenlet, drive, in_greenlet
from .forms import FormParser
from .streaming import stream


class Request(flask.Request):
    """A request whose body is read straight from the server.

    Werkzeug cuts a chunked body at MAX_CONTENT_LENGTH without a word; here it is refused with 413. The bounds of forms
    hold for url-encoded ones, too.
    """

    form_data_parser_class = FormParser

    @cached_property
    def stream(self) -> Any:
        """Return the body, read once; raises RequestEntityTooLarge and ClientDisconnected."""
        body = self.environ["wsgi.input"]
        if not isinstance(body, Body):
            return super().stream
        body.limit = self.max_content_length
        if body.limit is not None and (self.content_length or 0) > body.limit:
            raise too_large(body.limit)
        return body


class Flask(flask.Flask):
    """Flask with one method changed: `async_to_sync`, the hook Flask documents for this purpose.

    A view may also return an async iterator, alone or as the first of a tuple.
    """

    request_class = Request

    def async_to_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a callable that awaits `func` through the running greenlet.

        With no greenlet and no loop (the test client, the command line) Flask's own way is used.
        """
        return partial(self._run, func)

    def _run(self, func: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if in_greenlet():
            return drive(func(*args, **kwargs))
        if asyncio._get_running_loop() is not None:
            raise NoGreenlet(
                f"{func!r} is async and was called by sync code on a running loop; "
                "use `await spawn(...)`, for instance `await spawn(client.get, '/')`"
            )
        return super().async_to_sync(func)(*args, **kwargs)

    def make_response(self, rv: Any) -> flask.Response:
        """Convert what a view returned, async iterators included."""
        if hasattr(rv, "__anext__"):
            rv = stream(rv)
        elif type(rv) is tuple and rv and hasattr(rv[0], "__anext__"):
            rv = (stream(rv[0]), *rv[1:])
        return super().make_response(rv)
