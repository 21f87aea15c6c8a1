"""Messages are English until somebody reads them in another language: text, plurals, numbers, moments and lists."""

import copy
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, get_locale

from board.domain.errors import Conflict, Invalid, NotFound
from board.domain.messages import join, msg, nmsg, sentences
from board.i18n import catalogues, extension
from board.i18n.catalogues import list_browser_messages, load, read_catalogue
from board.i18n.translate import translate
from board.mail.templates import JinjaMailTemplates
from board.wire.problems import problem

FRENCH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#: board/domain/errors.py
msgid "There is no such %(kind)s, or you may not see it."
msgstr "Introuvable, ou invisible pour vous : %(kind)s."

msgid "task"
msgstr "carte"

#: templates/pages/home.html static/js/board/a.js
msgid "%(count)s card"
msgid_plural "%(count)s cards"
msgstr[0] "%(count)s carte"
msgstr[1] "%(count)s cartes"

msgid "On %(board)s: %(names)s"
msgstr "%(names)s, sur %(board)s"

msgid "Until %(moment)s"
msgstr "Jusqu’au %(moment)s"

msgid "This change clashes."
msgstr "Ce changement se heurte à un autre."

msgid "Hello %(name)s"
msgstr "Bonjour %(name)s"

#: static/js/board/a.js
msgid "Add card"
msgstr "Ajouter une carte"

#, fuzzy
#: static/js/board/a.js
msgid "Close"
msgstr "Ferme ?"
"""

ARABIC = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

#: static/js/board/a.js
msgid "{count} card"
msgid_plural "{count} cards"
msgstr[0] "zero"
msgstr[1] "one"
msgstr[2] "two"
msgstr[3] "few"
msgstr[4] "many"
msgstr[5] "other"
"""


@pytest.fixture(autouse=True)
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make French and Arabic languages of the program."""
    for locale, text in {"fr": FRENCH, "ar": ARABIC}.items():
        folder = tmp_path / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(text, "utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(extension, "LOCALES", ("en", "fr", "ar"))
    kept = (read_catalogue, load, list_browser_messages)
    for function in kept:
        function.cache_clear()
    yield
    for function in kept:
        function.cache_clear()


def test_a_message_is_its_english_text() -> None:
    assert msg("100% of %(kind)s".replace("%(kind)s", "it")) == "100% of it"
    assert msg("On %(board)s", board="Plan") == "On Plan"
    assert [nmsg("%(count)s card", "%(count)s cards", number) for number in (0, 1, 1200)] == [
        "0 cards",
        "1 card",
        "1,200 cards",
    ]
    assert sentences("One.", msg("Two.")) == "One. Two."
    assert [join(words) for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_a_copy_of_a_message_can_be_translated(copied: object) -> None:
    message = nmsg("%(count)s card", "%(count)s cards", 2)
    assert translate(copied(message), "fr") == "2 cartes"  # type: ignore[operator]


def test_a_message_is_translated_with_its_values() -> None:
    found = msg("On %(board)s: %(names)s", board="Plan", names=["Ann", "Bo", "Cy"])
    assert found == "On Plan: Ann, Bo and Cy"
    assert translate(found, "fr") == "Ann, Bo et Cy, sur Plan"
    assert translate(nmsg("%(count)s card", "%(count)s cards", 0), "fr") == "0 carte"
    assert translate(nmsg("%(count)s card", "%(count)s cards", 12345), "fr") == "12\u202f345 cartes"
    moment = msg("Until %(moment)s", moment=datetime(2026, 12, 5, 9, 30, tzinfo=UTC))
    assert moment == "Until 05 Dec 2026, 09:30 UTC"
    assert translate(moment, "fr").startswith("Jusqu’au 5 déc. 2026")
    assert translate("not a message", "fr") == "not a message"
    assert translate(msg("in no catalogue"), "fr") == "in no catalogue"


def test_a_problem_has_the_words_of_the_reader_and_the_same_code() -> None:
    app = make_app()
    with app.test_request_context(headers={"Accept-Language": "fr-CA, en;q=0.5"}):
        found = problem(NotFound("task"))
        assert (found["detail"], found["code"]) == (
            "Introuvable, ou invisible pour vous : carte.",
            "not_found",
        )
        assert (
            problem(Conflict(msg("This change clashes.")))["detail"] == "Ce changement se heurte à un autre."
        )
        wrong = Invalid.field("title", msg("This change clashes."), code="taken")
        assert problem(wrong)["errors"] == [
            {"field": "title", "message": "Ce changement se heurte à un autre.", "code": "taken"}
        ]
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert problem(NotFound("task"))["detail"] == "There is no such task, or you may not see it."
    assert problem(NotFound("task"))["detail"] == "There is no such task, or you may not see it."


def make_app() -> Flask:
    app = Flask("messages")
    extension.register(app)
    return app


def test_a_page_translates_marked_text_and_messages_that_it_puts_out() -> None:
    page = (
        "{{ _('Hello %(name)s', name=name) }}|{% trans %}Add card{% endtrans %}|{{ error }}|"
        "{{ ngettext('%(count)s card', '%(count)s cards', 3, count=3) }}|{{ get_locale().text_direction }}"
    )
    with make_app().test_request_context(headers={"Accept-Language": "fr"}):
        shown = render_template_string(page, name="<Zoé>", error=msg("This change clashes."))
        parts = "Bonjour &lt;Zoé&gt;|Ajouter une carte|Ce changement se heurte à un autre.|3 cartes|ltr"
        assert shown == parts
        with force_locale("ar"):
            assert str(get_locale()) == "ar"
            assert render_template_string("{{ get_locale().text_direction }}") == "rtl"
        assert str(get_locale()) == "fr"


def test_mail_is_in_the_language_that_is_asked_for_without_a_request(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "hello.txt").write_text("{{ _('Hello %(name)s', name=name) }}\n\n{{ error }}\n", "utf-8")
    (folder / "hello.html").write_text("<p>{{ _('Hello %(name)s', name=name) }}</p>", "utf-8")
    templates = JinjaMailTemplates(folder)
    values = {"name": "<Zoé>", "error": msg("This change clashes.")}
    mail = templates.render("hello", locale="fr", **values)
    assert (mail.subject, mail.text) == ("Bonjour <Zoé>", "Ce changement se heurte à un autre.\n")
    assert mail.html == "<p>Bonjour &lt;Zoé&gt;</p>"
    assert templates.render("hello", **values).subject == "Hello <Zoé>"


def test_the_browser_gets_its_own_messages_by_plural_category() -> None:
    assert list_browser_messages("en") == {}
    assert list_browser_messages("fr") == {
        "Add card": "Ajouter une carte",
        "%(count)s card": {"one": "%(count)s carte", "many": "%(count)s cartes", "other": "%(count)s cartes"},
    }
    forms = list_browser_messages("ar")["{count} card"]
    assert forms == {name: name for name in ("zero", "one", "two", "few", "many", "other")}
