"""The refusal of a person whom a provider vouches for, and who gets into no account here."""

from board.domain.errors import SignInRefused
from board.domain.provider import Claims
from board.domain.refusal import Reason


def not_admitted(reason: Reason, claims: Claims) -> SignInRefused:
    """Return the refusal of a sign-in whose answer is fine; the log gets the address and the issuer."""
    email = claims.email or "this address"
    cause = f"{email} of {claims.issuer}"  # not shown
    return SignInRefused(reason, claims.provider.label, cause, email=email)
