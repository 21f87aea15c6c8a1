"""What is asked of PostgreSQL for each connection: that every wait ends, at its side and at ours."""

import socket
from typing import Any

SETTINGS = {
    "lock_timeout": "3s",
    "statement_timeout": "20s",
    "idle_in_transaction_session_timeout": "15s",
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20s",
}
"""Waiting for a row, one statement, a process that was stopped within a transaction, a machine that is gone
(PostgreSQL, sections 20.3 and 20.11). A dead machine's rows are free again within 25 seconds."""

KEEPALIVE = {"TCP_KEEPIDLE": 10, "TCP_KEEPALIVE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3}
USER_TIMEOUT = {"TCP_USER_TIMEOUT": 20_000}
"""The same of our side of the connection; each system has some of these (Linux: tcp(7), macOS: tcp(4))."""


def set_timeouts(connection: Any) -> None:
    """Set up a new connection, as SQLAlchemy's `connect` event hands it over: one round trip."""
    statements = "; ".join(f"SET {name} = '{value}'" for name, value in SETTINGS.items())
    connection.run_async(lambda driver: driver.execute(statements))
    _keep_alive(connection.driver_connection)


def _keep_alive(driver: Any) -> None:
    """Find out a server that is gone, even where nobody said so. asyncpg has no public name for its socket."""
    transport = getattr(driver, "_transport", None)
    line = transport.get_extra_info("socket") if transport is not None else None
    if line is None or line.family not in (socket.AF_INET, socket.AF_INET6):
        return
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (KEEPALIVE | USER_TIMEOUT).items():
        if hasattr(socket, name):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
