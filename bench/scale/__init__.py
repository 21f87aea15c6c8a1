"""Row 8: two processes against one, reads and writes, on PostgreSQL and Redis.

The client, the database and Redis run on the same machine: the ratio shows scaling only where a core is free for the
second process, so the cores that were busy are measured too.
"""

from bench.scale.compare import Row, run

__all__ = ["Row", "run"]
