"""A group of commands whose faults are sentences: the cause and what to do, and no traceback."""

import sqlite3
import sys
from typing import Any

import click
import structlog
from asyncpg import InterfaceError, PostgresError
from sqlalchemy.exc import DBAPIError

from board.config import logs
from board.config.settings import ConfigurationError, read_log_format
from board.domain.errors import BoardError
from board.domain.os_errors import classify_os_error
from board.repository.database_errors import BUSY, classify_database_error
from board.repository.migrate import MigrationError

EXPECTED = (ConfigurationError, MigrationError, BoardError)
"""Errors whose text is the sentence."""


REFUSED = ("28", "3D")
"""Classes of SQLSTATE: the sign-in was refused; there is no such database (PostgreSQL, appendix A)."""


log = structlog.get_logger("board")


class Commands(click.Group):
    """Ends with 1 and one sentence for what the machine, the settings or the database are to blame for.

    With `BOARD_LOG_FORMAT=json` whatever ends the program is a line of the log, a fault of ours too.
    """

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """As the base class does."""
        if read_log_format() != "json":
            return super().main(*args, **kwargs)
        logs.configure("json", "info")
        try:
            sys.exit(super().main(*args, **kwargs | {"standalone_mode": False}))
        except click.ClickException as error:
            log.error(error.format_message())
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(1)
        except Exception:
            log.critical("the program failed", exc_info=True)
            sys.exit(1)

    def invoke(self, context: click.Context) -> Any:
        """As the base class does."""
        try:
            return super().invoke(context)
        except (*EXPECTED, OSError, DBAPIError, PostgresError, InterfaceError, sqlite3.Error) as error:
            sentence = describe(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error


def describe(error: BaseException) -> str | None:
    """Return what to tell whoever typed a command; None for a fault of ours."""
    if isinstance(error, EXPECTED):
        return str(error)
    if isinstance(error, OSError):
        return _describe_system(error)
    cause = getattr(error, "orig", None) or error
    sentence = classify_database_error(error)
    if sentence is None and not str(getattr(cause, "sqlstate", None) or "").startswith(REFUSED):
        return None
    reason = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
    hint = " End it, or wait for it." if sentence is not None and sentence[1] == BUSY else ""
    return f"{sentence[1] if sentence else 'the database refuses us'} ({reason}){hint}"


def _describe_system(error: OSError) -> str | None:
    """Return an error with a number that is in the table, or one of the network."""
    reason = error.strerror or str(error)
    if error.filename is not None and classify_os_error(error) is not None:
        return f"{error.filename}: {reason}"
    if classify_os_error(error) is not None:
        return reason
    if isinstance(error, (ConnectionError, TimeoutError)) or "getaddrinfo" in str(error) or not error.errno:
        return f"the database or Redis can't be reached: {reason or type(error).__name__}"
    return f"{error.filename}: {reason}" if error.filename is not None else reason
