"""A Trello board, piece by piece."""

from datetime import UTC, datetime

import pytest

from board.domain import document
from board.domain.board import Color
from board.domain.document import Piece
from board.domain.report import Report
from board.importers import read, trello
from tests.unit.importers.exports import GARDEN, PROJECT, card, check, file_of, garden, named, pieces_of, tiny

SAMPLES = [
    pytest.param(GARDEN, id="garden"),
    pytest.param(
        PROJECT, id="project", marks=pytest.mark.skipif(not PROJECT.exists(), reason="no real export")
    ),
]


@pytest.fixture
def board() -> tuple[list[Piece], Report]:
    """The garden, read."""
    return pieces_of(garden())


def the(kind: type, board: tuple[list[Piece], Report], **fields: object) -> list[object]:
    """The pieces of a kind that have these values."""
    pieces = [piece for piece in board[0] if isinstance(piece, kind)]
    return [piece for piece in pieces if all(getattr(piece, key) == value for key, value in fields.items())]


@pytest.mark.parametrize("path", SAMPLES)
def test_reading_twice_gives_the_same_pieces(path):
    first, second = list(read(path, Report())), list(trello.read(path, Report()))
    check(first)
    assert first == second


@pytest.mark.parametrize("path", SAMPLES)
def test_a_path_and_an_open_file_read_alike(path):
    with path.open("rb") as file:
        file.read(10)
        assert list(read(file, Report())) == list(read(str(path), Report()))
        assert not file.closed


@pytest.mark.skipif(not PROJECT.exists(), reason="no real export")
def test_a_real_export():
    pieces = list(read(PROJECT, Report()))
    assert [piece.title for piece in pieces if isinstance(piece, document.Column)] == [
        "Todo",
        "In Progress",
        "Done",
    ]
    tasks = {piece.title: piece for piece in pieces if isinstance(piece, document.Task)}
    assert {title: task.number for title, task in tasks.items()} == {
        "Write code": 2,
        "Review code": 1,
        "Visualize code": 3,
    }
    assert "- **Number Value:** 100.32" in tasks["Visualize code"].description


def test_the_header(board):
    assert board[0][0] == document.Header(
        source_id="trello:board:65a0000000000000000000aa",
        title="Community garden",
        description="What grows, and who waters it.\n",
        archived=False,
        created_at=datetime.fromtimestamp(0x65A00000, UTC),
    )


def test_lists_come_in_order_with_limits_and_archived_ones(board):
    columns = [
        (column.title, column.rank, column.wip_limit, column.archived)
        for column in the(document.Column, board)
    ]
    assert columns == [
        ("Ideas", 0, None, False),
        ("Last year", 1, None, True),
        ("Doing", 2, 4, False),
        ("Done", 3, None, False),
    ]


def test_labels_keep_an_empty_name_and_get_the_nearest_colour(board):
    colors = {label.name: label.color for label in the(document.Label, board)}
    assert colors == {"Water": Color.TEAL, "Urgent": Color.RED, "": Color.GRAY}


def test_people_who_left_come_if_something_names_them(board):
    people = {person.username: person for person in the(document.Person, board)}
    assert set(people) == {"adamoss", "bofern", "cyreed", "deeoak"}
    assert people["bofern"].email == "bo@example.org"
    assert people["adamoss"].email is None


def test_a_card(board):
    (task,) = the(document.Task, board, number=1)
    assert (task.title, task.rank, task.archived, task.completed) == ("Test the soil", 0, False, True)
    assert task.start_at == datetime(2024, 1, 15, tzinfo=UTC)
    assert task.due_at == datetime(2024, 2, 10, 16, tzinfo=UTC)
    assert task.completed_at == datetime(2024, 3, 2, 10, tzinfo=UTC)
    assert task.created_at == datetime.fromtimestamp(0x65A10000, UTC)
    assert task.labels == ("trello:label:65a000020000000000000001", "trello:label:65a000020000000000000002")
    assert task.people == ("trello:member:60b000000000000000000a01", "trello:member:60b000000000000000000b02")
    assert task.url == "https://trello.com/c/gard0001"


def test_custom_fields_end_the_description_in_the_boards_order(board):
    (task,) = the(document.Task, board, number=1)
    assert task.description == (
        "Send three samples to the lab.\n\n## Custom fields\n\n"
        "- **Cost:** 12.50\n- **Allowed:** yes\n- **Harvest:** 2024-02-20 11:00 UTC\n- **Size:** Large \\[XL\\]"
    )
    assert [line.split(":")[0] for line in named(board[1], "custom field")] == [
        "Cost",
        "Allowed",
        "Harvest",
        "Size",
    ]


def test_an_archived_and_completed_card_knows_when(board):
    (task,) = the(document.Task, board, number=4)
    assert (task.archived, task.archived_at) == (True, datetime(2024, 3, 1, 12, tzinfo=UTC))
    assert (task.completed, task.completed_at) == (True, datetime(2024, 2, 27, 15, tzinfo=UTC))


def test_attachments_are_links_and_only_web_links(board):
    lab, upload = the(document.Attachment, board)
    assert (lab.name, lab.url, lab.size) == ("Lab", "https://lab.example.org/soil?a=1&b=2", None)
    assert (upload.name, upload.media_type, upload.size) == ("map.png", "image/png", 20480)
    assert named(board[1], "attachment") == [
        "map.png: the file stays at Trello; its link came, and opens with a Trello login",
        "Trick: its address isn't a web address of at most 2,048 characters",
    ]


def test_checklists_keep_the_order_of_items_and_break_ties_by_file(board):
    items = [(item.title, item.rank, item.done) for item in the(document.Item, board)]
    assert items == [
        ("Write it up", 0, False),
        ("North bed", 0, True),
        ("South bed", 1, False),
        ("West bed", 2, True),
    ]
    assert {each.title: each.rank for each in the(document.Checklist, board)} == {
        "Samples": 0,
        "Afterwards": 1,
    }


def test_comments_keep_author_and_times(board):
    (edited,) = the(document.Comment, board, source_id="trello:comment:65a900000000000000000003")
    assert (edited.author_name, edited.body) == ("Bo Fern", "The *pH* is 6.5 🌱")
    assert edited.created_at == datetime(2024, 2, 3, 8, tzinfo=UTC)
    assert edited.updated_at == datetime(2024, 2, 3, 8, 30, tzinfo=UTC)
    (gone,) = the(document.Comment, board, author_name="Cy Reed")
    assert gone.person == "trello:member:60b000000000000000000c03"
    assert len(the(document.Comment, board)) == 4


def test_what_did_not_come_is_said(board):
    report = board[1]
    assert named(report, "task") == ["Lost in the grass: its list is not in the file or did not come"]
    assert named(report, "checklist") == ["Without a card: its card is not in the file or did not come"]
    assert named(report, "vote") == ["Build raised beds: there are no votes here"]
    assert "On a card deleted since.: its card is not in the file or did not come" in named(report, "comment")
    assert {"sticker", "cover", "power-up", "template", "activity", "item"} <= {
        line.kind for line in report.skipped
    }


def test_comments_the_export_is_short_of_are_counted(board):
    (line,) = [line for line in board[1].skipped if line.kind == "comment" and "1,000 actions" in line.reason]
    assert (line.name, line.count) == ("Build raised beds", 2)


def test_positions_of_every_kind_are_one_strict_order():
    positions = ["bottom", 2, "1.5", None, "top", 2, True, -3.5, {"x": 1}, 10**15]
    cards = [card(number, pos=pos) for number, pos in enumerate(positions)]
    pieces, _ = pieces_of(tiny(cards=cards))
    tasks = sorted(
        (piece for piece in pieces if isinstance(piece, document.Task)), key=lambda task: task.rank
    )
    assert [task.title.split()[1] for task in tasks] == ["4", "7", "2", "1", "5", "9", "0", "3", "6", "8"]


def test_a_label_that_only_cards_carry_comes_too():
    label = {"id": "c" * 24, "name": "Rare", "color": "blue_dark"}
    pieces, report = pieces_of(tiny(cards=[card(1, labels=[label])]))
    assert [(piece.name, piece.color) for piece in pieces if isinstance(piece, document.Label)] == [
        ("Rare", Color.INDIGO)
    ]
    assert named(report, "label") == []


def test_a_number_used_twice_is_given_once():
    pieces, _ = pieces_of(tiny(cards=[card(1, idShort=7), card(2, idShort=7), card(3, idShort=True)]))
    assert [piece.number for piece in pieces if isinstance(piece, document.Task)] == [7, None, None]


def test_a_date_that_is_none_is_said():
    pieces, report = pieces_of(tiny(cards=[card(1, due="next week"), card(2, start="2024-01-01T00:00:00")]))
    assert [piece.due_at for piece in pieces if isinstance(piece, document.Task)] == [None, None]
    assert named(report, "task") == [
        "Card 1: its due date can't be read",
        "Card 2: its start date can't be read",
    ]


def test_progress_of_an_empty_board_ends_at_all_too():
    seen: list[tuple[int, int]] = []
    file = file_of(tiny(lists=[]))
    assert len(list(read(file, Report(), lambda done, total: seen.append((done, total))))) == 1
    assert seen[-1] == (len(file.getvalue()), len(file.getvalue()))


def test_progress_ends_at_all_and_never_goes_back():
    seen: list[tuple[int, int]] = []
    list(read(GARDEN, Report(), lambda done, total: seen.append((done, total))))
    size = GARDEN.stat().st_size
    assert {total for _, total in seen} == {size}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (size, size)
    assert 0 < seen[0][0] < size
