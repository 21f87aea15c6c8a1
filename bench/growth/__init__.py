"""Row 6: what creating and moving a task costs on a board of 5,000 tasks, against one of 50.

The real server on SQLite and its API. Requests to the small and the large board alternate, so that whatever
else the machine does falls on both; the figure is the ratio of the medians.
"""

from bench.growth.compare import Row, run

__all__ = ["Row", "run"]
