"""What a board has before it has tasks: labels and columns."""

from dataclasses import replace
from datetime import timedelta

from board.domain import document, limits
from board.domain.board import Column, Label
from board.domain.ordering import keys_between
from board.service.importing.batch import Batch


async def write_labels(batch: Batch, pieces: list[document.Label]) -> None:
    """Write labels, in the order of the file: boards list them by the moment they were made."""
    unit = batch.unit
    new = await batch.select_new(unit.labels, "label", pieces)
    new = batch.within_limit("label", new, limits.LABELS - unit.board.label_count)
    made = [
        Label.new(
            id=batch.id(one.source_id),
            board_id=unit.board.id,
            name=one.name,
            color=one.color,
            at=batch.at + timedelta(microseconds=index),
        )
        for index, one in enumerate(new)
    ]
    unit.save_board(replace(unit.board, label_count=unit.board.label_count + len(made)))
    await batch.store(unit.labels, "label", made)


async def write_columns(batch: Batch, pieces: list[document.Column]) -> set[str]:
    """Write columns, after those that are there; return the ids of the new ones."""
    unit = batch.unit
    new = await batch.select_new(unit.columns, "column", sorted(pieces, key=lambda one: one.rank))
    new = batch.within_limit("column", new, limits.COLUMNS - unit.board.column_count)
    there = await unit.columns.children_of(unit.board.id)
    places = keys_between(there[-1].position if there else None, None, len(new))
    made = [_column(batch, one, place) for one, place in zip(new, places, strict=True)]
    unit.save_board(replace(unit.board, column_count=unit.board.column_count + len(made)))
    await batch.store(unit.columns, "column", made)
    return {column.id for column in made}


def _column(batch: Batch, one: document.Column, position: str) -> Column:
    return Column.new(
        id=batch.id(one.source_id),
        board_id=batch.unit.board.id,
        title=one.title,
        position=position,
        wip_limit=one.wip_limit,
        archived_at=batch.at if one.archived else None,
        created_at=one.created_at,
        at=batch.at,
    )
