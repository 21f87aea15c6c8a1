"""Row 1: changing a task (who asks, may they, the transaction, the event, the push) against a bare handler.

Both servers run under Hypercorn with uvloop, one process each, on one PostgreSQL and the same rows, with the same
client, in turns. The bare one is FastAPI with SQLAlchemy that executes the same statements and does nothing else.
"""

from bench.edit.compare import Row, run

__all__ = ["Row", "run"]
