"""What contract tests share with the integration tests: the application, alive, and people signed in to it."""

from tests.integration.conftest import (
    anna,
    asgi,
    ben,
    http,
    live_url,
    open_client,
    settings,
    sign_up,
)

__all__ = ["anna", "asgi", "ben", "http", "live_url", "open_client", "settings", "sign_up"]
