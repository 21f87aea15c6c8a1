"""What is too much is cut or left out, and said."""

from board.domain import document, limits
from tests.unit.importers.exports import card, named, pieces_of, tiny


def test_long_texts_are_cut_and_said():
    long = card(1, name="n" * 501, desc="d" * (limits.DESCRIPTION + 1))
    (task,) = [piece for piece in pieces_of(tiny(cards=[long]))[0] if isinstance(piece, document.Task)]
    assert task.title == "n" * 499 + "…"
    assert len(task.description) <= limits.DESCRIPTION
    assert task.description.endswith("d…")
    report = pieces_of(tiny(cards=[long]))[1]
    assert [line.split(": ")[1] for line in named(report, "task")] == [
        "its title was cut to 500 characters",
        "its description was cut to 65,536 characters",
    ]


def test_what_fits_exactly_is_left_alone():
    exact = card(1, name="n" * limits.TITLE, desc="d" * limits.DESCRIPTION)
    pieces, report = pieces_of(tiny(cards=[exact]))
    (task,) = [piece for piece in pieces if isinstance(piece, document.Task)]
    assert (len(task.title), len(task.description)) == (limits.TITLE, limits.DESCRIPTION)
    assert report.skipped == []


def test_a_long_description_makes_room_for_custom_fields():
    fields = [{"id": "f" * 24, "name": "Cost", "pos": 1}]
    items = [{"idCustomField": "f" * 24, "value": {"number": "5"}}]
    long = card(1, desc="d" * limits.DESCRIPTION, customFieldItems=items)
    pieces, _ = pieces_of(tiny(cards=[long], customFields=fields))
    (task,) = [piece for piece in pieces if isinstance(piece, document.Task)]
    assert len(task.description) == limits.DESCRIPTION
    assert task.description.endswith("…\n\n## Custom fields\n\n- **Cost:** 5")


def test_a_comment_is_cut_and_an_empty_one_left_out():
    actions = [
        {"id": f"{n:024x}", "type": "commentCard", "data": {"text": text, "card": {"id": f"{1:024x}"}}}
        for n, text in enumerate(["c" * (limits.COMMENT + 1), "  "], 1)
    ]
    pieces, report = pieces_of(tiny(cards=[card(1)], actions=actions))
    (comment,) = [piece for piece in pieces if isinstance(piece, document.Comment)]
    assert len(comment.body) == limits.COMMENT
    assert (comment.person, comment.author_name) == (None, "Somebody")
    reasons = [line.reason for line in report.skipped if line.kind == "comment"]
    assert reasons == ["its text was cut to 16,384 characters", "it is empty"]


def test_open_cards_go_before_archived_ones_when_there_is_no_room_for_all():
    archived = [card(number, closed=True) for number in range(1, 4)]
    opened = [card(number) for number in range(10, 10 + limits.TASKS - 1)]
    pieces, report = pieces_of(tiny(cards=archived + opened))
    tasks = [piece for piece in pieces if isinstance(piece, document.Task)]
    assert len(tasks) == limits.TASKS
    assert [task.title for task in tasks if task.archived] == ["Card 1"]
    assert named(report, "task") == [
        "Card 2: there is room for 10,000 only",
        "Card 3: there is room for 10,000 only",
    ]


def test_too_many_columns_leave_their_cards_behind_and_say_so():
    lists = [{"id": f"{n:024x}", "name": f"L{n}", "pos": n} for n in range(1, limits.COLUMNS + 2)]
    stranded = {**card(1), "idList": f"{limits.COLUMNS + 1:024x}"}
    pieces, report = pieces_of(tiny(lists=lists, cards=[stranded]))
    assert sum(isinstance(piece, document.Column) for piece in pieces) == limits.COLUMNS
    assert named(report, "column") == [f"L{limits.COLUMNS + 1}: there is room for 200 only"]
    assert named(report, "task") == ["Card 1: its list is not in the file or did not come"]


def test_per_task_limits_hold():
    labels = [{"id": f"{n:024x}", "name": f"label {n}"} for n in range(1, 60)]
    links = [{"id": f"{n:024x}", "url": f"https://example.org/{n}"} for n in range(1, 203)]
    full = card(1, idLabels=[label["id"] for label in labels], attachments=links)
    pieces, report = pieces_of(tiny(cards=[full], labels=labels))
    (task,) = [piece for piece in pieces if isinstance(piece, document.Task)]
    assert len(task.labels) == limits.TASK_LABELS
    assert sum(isinstance(piece, document.Attachment) for piece in pieces) == limits.ATTACHMENTS
    assert [(line.kind, line.count) for line in report.skipped] == [
        ("label", 9),
        ("attachment", 1),
        ("attachment", 1),
    ]


def test_per_checklist_and_per_card_limits_hold():
    items = [{"id": f"{n:024x}", "name": f"i{n}", "pos": n} for n in range(limits.CHECKLIST_ITEMS + 1)]
    owner = f"{1:024x}"
    lists = [
        {"id": f"{n:024x}", "idCard": owner, "name": f"c{n}", "pos": n, "checkItems": items if n == 1 else []}
        for n in range(1, limits.CHECKLISTS + 2)
    ]
    pieces, report = pieces_of(tiny(cards=[card(1)], checklists=lists))
    assert sum(isinstance(piece, document.Item) for piece in pieces) == limits.CHECKLIST_ITEMS
    assert sum(isinstance(piece, document.Checklist) for piece in pieces) == limits.CHECKLISTS
    assert named(report, "checklist") == [f"c{limits.CHECKLISTS + 1}: there is room for 50 only"]
    assert named(report, "item") == [f"i{limits.CHECKLIST_ITEMS}: there is room for 500 only"]


def test_things_without_an_id_or_a_title_or_there_twice():
    cards = [
        card(1),
        card(1),
        {"idList": "a" * 24, "name": "No id"},
        card(2, name=" \n"),
        card(3, id="x y"),
        7,
    ]
    pieces, report = pieces_of(tiny(cards=cards))
    assert [piece.title for piece in pieces if isinstance(piece, document.Task)] == ["Card 1", "(untitled)"]
    assert sorted(named(report, "task")) == [
        '(untitled): it has no title in Trello that shows and is called "(untitled)" here',
        "Card 1: it is in the file twice",
        "Card 3: it has no usable id",
        "No id: it has no usable id",
    ]
