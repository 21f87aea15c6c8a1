"""The JSON API. Every route declares what it takes and answers; the OpenAPI document is made from that."""

from importlib import import_module

from flask import Blueprint

MODULES = (
    "accounts",
    "recovery",
    "identities",
    "grants",
    "boards",
    "exporting",
    "members",
    "teams",
    "people",
    "sharing",
    "invitations",
    "public_links",
    "transfer",
    "labels",
    "columns",
    "tasks",
    "checklists",
    "items",
    "comments",
    "attachments",
    "history",
    "imports",
    "privacy",
    "audit",
    "diagnosis",
    "openapi",
)


def blueprint() -> Blueprint:
    """Return the blueprint with the routes of all modules here."""
    for name in MODULES:
        import_module(f"board.web.api.{name}")
    from board.web.api.routes import api

    return api.blueprint
