"""The names of snapshots: two of the same name say the same."""

import hashlib
from functools import cache

from board.domain.account import Actor
from board.service.boards import BoardView
from board.wire.boards import Snapshot


def name_snapshot(view: BoardView, actor: Actor) -> str:
    """Return the opaque part of a snapshot's ETag.

    Of the board, its log, its seq, what snapshots look like, and who sees it.

    A snapshot is what the log comes to at its seq, but for the viewer's role and for what guests aren't shown. A log
    that an older backup took back may come to another change of the same seq: the mutation tells them apart.
    """
    seen_as = f"{view.role.word} {'guest' if actor.guest_of is not None else 'member'}"
    log = f"{view.board.id} {view.board.epoch} {view.board.seq} {view.board.last_mutation}"
    said = f"{_format()} {log} {seen_as}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@cache
def _format() -> str:
    """Another one after an update that changes what snapshots hold."""
    return hashlib.sha256(repr(Snapshot.model_json_schema()).encode()).hexdigest()
