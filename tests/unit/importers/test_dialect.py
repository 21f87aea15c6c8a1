"""What only Trello understands of a text becomes what everybody reads; what shows nothing gets a name."""

from zoneinfo import ZoneInfo

import pytest

from board.domain import document
from board.domain.report import Report
from board.importers import read
from board.importers.trello.markdown import to_markdown
from tests.unit.importers.exports import card, file_of, named, pieces_of, tiny

URL = "https://example.org/a"
FIELD = "f" * 24
DATE = {"idCustomField": FIELD, "value": {"date": "2024-05-06T23:00:00.000Z"}}


@pytest.mark.parametrize(
    ("trello", "plain"),
    [
        (f'[{URL}]({URL} "smartCard-inline")', f"<{URL}>"),
        (f'[\u200c]({URL} "\u200csmartCard-block")', f"<{URL}>"),
        (f'[Plan]({URL} "smartCard-embed")', f"[Plan]({URL})"),
        (f'[Plan]({URL} "Our plan")', f'[Plan]({URL} "Our plan")'),
        (f"see [Plan]({URL}), please", f"see [Plan]({URL}), please"),
        ("[a](https://example.org/a b.pdf)", "[a](<https://example.org/a b.pdf>)"),
        ("[call](tel:+49301234)", "[call](tel:+49301234)"),
        ("Done :tada: :+1:", "Done 🎉 👍"),
        (":white_check_mark:", "✅"),
        (
            ":no_such_thing: 10:30:15 http://host:80/:tada: a:b:c",
            ":no_such_thing: 10:30:15 http://host:80/:tada: a:b:c",
        ),
        ("`:tada:` and ```\n:tada:\n```", "`:tada:` and ```\n:tada:\n```"),
        (f"[:tada:]({URL}/:tada:)", f"[🎉]({URL}/:tada:)"),
        ("- [ ] open [x](y)", "- [ ] open [x](y)"),
        ("[](", "[]("),
    ],
)
def test_text_is_plain_markdown(trello, plain):
    assert to_markdown(trello) == plain


def test_every_text_is_read_so_and_names_too():
    actions = [
        {"id": "1" * 24, "type": "commentCard", "data": {"text": ":tada:", "card": {"id": f"{1:024x}"}}},
    ]
    export = tiny(
        desc=":tada:",
        actions=actions,
        cards=[card(1, name=":bug: Fix", desc=f'[{URL}]({URL} "smartCard-inline")')],
    )
    pieces, _ = pieces_of(export)
    header, comment = pieces[0], pieces[-1]
    task = next(piece for piece in pieces if isinstance(piece, document.Task))
    assert isinstance(header, document.Header)
    assert isinstance(comment, document.Comment)
    assert (header.description, task.title, task.description, comment.body) == (
        "🎉",
        "🐛 Fix",
        f"<{URL}>",
        "🎉",
    )


@pytest.mark.parametrize("name", ["\u200b", "\u3164\u2800", "\u202e", "\x1b"])
def test_what_shows_nothing_is_untitled_and_said(name):
    pieces, report = pieces_of(tiny(cards=[card(1, name=name)]))
    assert [piece.title for piece in pieces if isinstance(piece, document.Task)] == ["(untitled)"]
    assert named(report, "task") == [
        '(untitled): it has no title in Trello that shows and is called "(untitled)" here'
    ]


def test_the_value_of_a_removed_custom_field_is_named():
    _, report = pieces_of(
        tiny(cards=[card(1, customFieldItems=[{"idCustomField": FIELD, "value": {"text": "Blue"}}])])
    )
    assert named(report, "custom field") == [
        "Card 1: the field of its value 'Blue' was removed in Trello, and with it what the value means"
    ]


@pytest.mark.parametrize(
    ("zone", "words"), [("UTC", "2024-05-06 23:00 UTC"), ("Europe/Berlin", "2024-05-07 01:00 CEST")]
)
def test_a_date_with_a_time_is_written_in_the_zone_of_whoever_imports(zone, words):
    fields = [{"id": FIELD, "name": "When", "type": "date", "pos": 1}]
    export = tiny(customFields=fields, cards=[card(1, customFieldItems=[DATE])])
    pieces = list(read(file_of(export), Report(), None, ZoneInfo(zone)))
    task = next(piece for piece in pieces if isinstance(piece, document.Task))
    assert task.description.endswith(f"- **When:** {words}")


def test_an_attached_address_with_blanks_is_a_link():
    attachment = {"id": "1" * 24, "name": "Plan", "url": " https://example.org/a b.pdf "}
    pieces, _ = pieces_of(tiny(cards=[card(1, attachments=[attachment])]))
    assert [piece.url for piece in pieces if isinstance(piece, document.Attachment)] == [
        "https://example.org/a%20b.pdf"
    ]
