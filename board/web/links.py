"""Addresses that are given out: to who asks as they reach us, by mail as the settings say."""

import re

from flask import request, url_for

from board.domain.invitation import Invitation, sign_for_mail
from board.service.mail import TemplateMailer
from board.web.context import actor, mail_templates, mailer, secret_key, settings
from board.web.rate_limits import limits

_INVITATION = re.compile(r"/invitations/([A-Za-z0-9_.-]{20,200})/?(?:\?.*)?")


def public_url(token: str) -> str:
    """Return where a public link leads."""
    return _here() + url_for("pages.public_board", token=token)


def invitation_url(secret: str) -> str:
    """Return where an invitation leads."""
    return _here() + url_for("pages.invitation", secret=secret)


def read_invitation(path: str) -> str | None:
    """Return the secret in the path of an invitation's page, where somebody is going; None in any other."""
    found = _INVITATION.fullmatch(path)
    return found.group(1) if found else None


async def admit_invitation(email: str) -> None:
    """Count a mail to this address before anything is made of it; TooManyRequests."""
    await limits().admit_mail(email, actor().address)


async def mail_invitation(invitation: Invitation, secret: str, board_title: str) -> None:
    """Send an invitation to the address it is for. This link alone proves that its bearer reads that mail.

    Its host is the configured one: a Host header must not decide where a mail leads.
    """
    if invitation.email is None:
        return
    site = settings().site
    secret = sign_for_mail(secret_key(), secret, invitation.email)
    await TemplateMailer(mailer(), mail_templates(), site).send(
        invitation.email,
        "invitation",
        inviter=actor().name,
        board=board_title,
        role=invitation.role.label,
        url=site + url_for("pages.invitation", secret=secret),
        until=invitation.expires_at,
    )


def _here() -> str:
    return settings().url or request.host_url.rstrip("/")
