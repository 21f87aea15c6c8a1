"""A setting that is misspelt is named, and what it was meant to be."""

from board.config.settings import find_misspelt


def test_what_is_no_setting_is_named_with_what_was_meant() -> None:
    assert find_misspelt(["BOARD_SINGUP", "board_signup", "BOARD_OIDC__ACME__ISSUER", "PATH"]) == [
        "BOARD_SINGUP is not a setting; did you mean BOARD_SIGNUP?"
    ]


def test_what_resembles_nothing_is_named_alone() -> None:
    assert find_misspelt(["BOARD_XYZZY"]) == ["BOARD_XYZZY is not a setting"]
