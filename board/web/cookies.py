"""The session's cookie, under the name of this instance: two at one host name must not overwrite each other's."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature


class Cookies(SecureCookieSessionInterface):
    """Flask's own, which also takes the cookie by the name that all instances had before, and renames it then."""

    def __init__(self, former: str) -> None:
        self.former = former

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the browser.

        A cookie of another instance is signed by another key, and is none of ours.
        """
        found = super().open_session(app, request)
        name = self.get_cookie_name(app)
        if found or name == self.former or name in request.cookies:
            return found
        serializer, former = self.get_signing_serializer(app), request.cookies.get(self.former)
        if serializer is None or former is None:
            return found
        try:
            content = serializer.loads(former, max_age=int(app.permanent_session_lifetime.total_seconds()))
        except BadSignature:
            return found
        renamed = self.session_class(content)
        renamed.modified = True
        return renamed
