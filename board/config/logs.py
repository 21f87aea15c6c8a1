"""Logs: one line an event, JSON for machines and colour for people, with the request's id in each."""

import logging
import sys
from typing import Any

import structlog

_QUIET = ("hypercorn.access", "socketio", "engineio", "alembic", "aiosqlite", "authlib", "httpx2")


class _ErrorOutput(logging.StreamHandler[Any]):
    """Writes to what `sys.stderr` is at that moment, never to the standard output: that is what a command answers."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def is_text(log_format: str) -> bool:
    """Return whether lines are for people: `text`, and `auto` on a terminal."""
    return log_format == "text" or (log_format == "auto" and sys.stderr.isatty())


def configure(log_format: str, level: str) -> None:
    """Send structlog, the standard library's logging and Python's warnings through one formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level.upper()),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    ending: list[Any] = (
        [structlog.dev.ConsoleRenderer()]
        if is_text(log_format)
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    handler = _ErrorOutput()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
