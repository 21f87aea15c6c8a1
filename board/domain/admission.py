"""Why a person whom a provider vouches for isn't let in here: one class, one code, one sentence for each reason."""

from typing import ClassVar

from board.domain.errors import SignInRefused
from board.domain.provider import Claims


class NotAdmitted(SignInRefused):
    """The provider's answer is fine, but it leads to no account here. `{email}` in `sentence` is what it told."""

    code = "not_admitted"
    help: ClassVar[str] = ""
    """What whoever runs the server can do about it, for the log; `{email}` as in `sentence`."""

    def __init__(self, claims: Claims, cause: str = "") -> None:
        label, email = claims.provider.label, claims.email or "this address"
        Exception.__init__(self, self.sentence.format(provider=label, email=email))
        self.provider = label
        self.cause = cause or f"{email} of {claims.issuer}{self.help.format(email=email)}"


class AccountDisabled(NotAdmitted):
    """Disabled stays disabled, whatever a provider says; erased too."""

    code = "account_disabled"
    sentence = "This account is disabled. Ask an administrator of this server to enable it."


class AddressTaken(NotAdmitted):
    """Another account has the address, and nothing proves that both are one person's."""

    code = "address_taken"
    sentence = (
        "There is an account with {email} here already. Sign in to it the way you did before, "
        "then link {provider} in your profile. If that way is gone, ask an administrator of this server to help you in."
    )
    help = "; where the provider moved: board provider move; where they have no way in: board user reset-link {email}"


class AddressRecycled(NotAdmitted):
    """The account with the address belongs to another person of the same provider, who had the address before."""

    code = "address_recycled"
    sentence = (
        "There is an account with {email} here already, and it belongs to another person of {provider}, or to you as "
        "you were known there before. If it is yours, ask an administrator of this server to unlink the old sign-in "
        "under People; then sign in again."
    )
    help = "; if it is one person with a new sub: board user unlink {email}"


class NoAddress(NotAdmitted):
    """No e-mail address, or one that can't be one."""

    code = "no_email"
    sentence = "{provider} did not tell your e-mail address, and an account here needs one."


class NoAccount(NotAdmitted):
    """The provider signs in who has an account, and makes none."""

    code = "no_account"
    sentence = "There is no account here for {email}, and {provider} makes none. Ask whoever runs this server for one."


class WrongDomain(NotAdmitted):
    """The address is outside the domains that may have accounts, or not known to be the person's."""

    code = "wrong_domain"
    sentence = (
        "{email} is not an address that gets an account here by {provider}. "
        "Sign in there with the one of your organisation."
    )


class SignupClosed(NotAdmitted):
    """The server takes no new accounts."""

    code = "signup_closed"
    sentence = "There is no account here for {email}, and this server takes no new ones. Ask whoever runs it for one."


class InvitationNeeded(NotAdmitted):
    """The server takes new accounts by invitation."""

    code = "invitation_needed"
    sentence = (
        "There is no account here for {email}, and this server takes new ones by invitation only: "
        "follow the link in yours, then sign in with {provider} from there."
    )


class LinkedElsewhere(NotAdmitted):
    """The identity signs somebody else in."""

    code = "linked_elsewhere"
    sentence = (
        "This sign-in of {provider} belongs to another account here. "
        "Sign in there with the one that is yours, or unlink it in the other account first."
    )


class LinkedAlready(NotAdmitted):
    """The account has another identity of the same provider."""

    code = "linked_already"
    sentence = "Your account is linked to another sign-in of {provider} already. Unlink that one first."
