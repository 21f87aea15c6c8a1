"""The part of the profile about linked sign-ins."""

from typing import Any

from flask import request, url_for

from board.domain.messages import msg
from board.i18n.translate import translate
from board.service import identities
from board.service.ports import Command
from board.web.context import actor, settings, store
from board.web.oidc.flow import link_url
from board.web.sign_in import get_sign_in_methods


async def show_identities() -> dict[str, Any]:
    """Return what `partials/identities.html` shows: what is linked, and what could be.

    A token's session links nothing.
    """
    found = await identities.list_identities(store(), actor(), get_sign_in_methods())
    linked = {one.provider for one in found}
    free = [one for one in settings().providers if one.name not in linked]
    back = url_for("pages.profile")
    offers = [{"label": one.label, "url": link_url(one, back)} for one in free]
    return {"identities": found, "link_offers": offers}


async def unlink_identity() -> str:
    """Return what the form asks for; a sentence for who did. Raises Conflict for the only way in."""
    name = request.form.get("provider", "")
    await identities.unlink(store(), actor(), Command(), name=name, methods=get_sign_in_methods())
    return translate(msg("That sign-in is unlinked, and signed out where it was used."))
