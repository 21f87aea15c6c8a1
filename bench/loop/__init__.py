"""Row 2: the same views on five ways to serve them, one after the other on the same server.

Every contender runs in its own process under Hypercorn with uvloop. Ratios are against Quart.
"""

from .compare import Row, run

__all__ = ["Row", "run"]
