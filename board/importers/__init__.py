"""Readers of other boards' exports: a file in, a stream of neutral document pieces out.

Nothing here knows a database, a request or a person; it runs in a thread and holds a piece at a time, however
large the file. A file is a stranger's: whatever is in it, the answer is pieces and a report, or one sentence.
"""

from board.importers.detect import read

__all__ = ["read"]
