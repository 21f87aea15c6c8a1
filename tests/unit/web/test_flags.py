"""Exceptions from what holds for every route are said at the view: each flag is where it should be."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import board
from board.app import create_app
from board.config.settings import Profile, read_settings
from board.loop import Flask
from board.web.flags import Flag, read_flags

HEALTH = {"health.healthz", "health.readyz"}
ANYBODYS = {"static", "messages", *HEALTH}
EXPECTED = {
    Flag.ANONYMOUS: ANYBODYS,
    Flag.UNLIMITED: ANYBODYS,
    Flag.QUIET: HEALTH,
    Flag.UNLOGGED: {"static", "messages"},
    Flag.COMPRESSED: {"static"},
    Flag.CROSS_SITE: {"pages.receive_sign_in", "pages.end_from_provider"},
    Flag.LARGE_UPLOAD: {"api.start_import", "api.import_into_board", "pages.start_import"},
    Flag.WITHOUT_TERMS: {
        "api.accept_terms",
        "api.erase_me",
        "api.export_me",
        "api.get_session",
        "api.list_consents",
        "api.openapi",
        "api.sign_out",
        "pages.accept_terms",
        "pages.ask_verification",
        "pages.change_data",
        "pages.confirm",
        "pages.follow",
        "pages.reference",
        "pages.sign_out",
        "pages.terms",
        "pages.verify",
        "pages.your_data",
    },
    Flag.WITHOUT_CONFIRMATION: {
        "pages.accept_terms",
        "pages.ask_verification",
        "pages.change_data",
        "pages.change_profile",
        "pages.confirm",
        "pages.follow",
        "pages.forgot",
        "pages.profile",
        "pages.reset",
        "pages.sign_out",
        "pages.terms",
        "pages.verify",
        "pages.your_data",
    },
}
"""Who may do without what decides who gets in: a route more in here is a decision, never an accident."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, connected to nothing."""
    data = tmp_path_factory.mktemp("flags")
    settings = read_settings(_env_file=None, profile=Profile.TESTING, data=data, secret_key="k" * 32)
    return create_app(settings)


@pytest.mark.parametrize("flag", Flag, ids=lambda flag: flag.name)
def test_a_flag_is_at_the_routes_that_are_meant(app: Flask, flag: Flag) -> None:
    assert {name for name, view in app.view_functions.items() if flag in read_flags(view)} == EXPECTED[flag]


def test_no_module_keeps_a_list_of_names_of_endpoints(app: Flask) -> None:
    dotted = {name for name in app.view_functions if "." in name}
    root = Path(board.__file__).parent
    found = {
        f"{path.relative_to(root)}:{line}"
        for path in sorted(root.rglob("*.py"))
        for line in find_collections(ast.parse(path.read_text("utf-8")), dotted)
    }
    assert not found


def find_collections(tree: ast.AST, names: set[str]) -> Iterator[int]:
    """Yield the lines of the literal sets, lists and tuples that hold one of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            held = {one.value for one in node.elts if isinstance(one, ast.Constant)}
            if held & names:
                yield node.lineno
