"""Pages in HTML: sign-in, your account, your boards, and the frame of a board itself."""

from importlib import import_module

from flask import Blueprint

MODULES = (
    "account",
    "providers",
    "recovery",
    "profile",
    "home",
    "board",
    "invitation",
    "imports",
    "reference",
    "well_known",
    "privacy",
    "admin_people",
    "admin_teams",
    "admin_audit",
    "admin_health",
)


def blueprint() -> Blueprint:
    """Return the blueprint with the pages of all modules here."""
    for name in MODULES:
        import_module(f"board.web.pages.{name}")
    from board.web.pages.routes import pages

    return pages
