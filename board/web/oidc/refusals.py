"""Why a provider's answer to a sign-in is not believed: one class, one code and one sentence for each reason."""

from typing import ClassVar

from board.domain.admission import NotAdmitted
from board.domain.errors import SignInRefused

AGAIN = "Start again from the sign-in page."
TELL = "Tell whoever runs this server, with the id of this request."


class Malformed(SignInRefused):
    """The callback lacks what it needs, or says it twice."""

    code = "malformed_answer"
    sentence = f"{{provider}} sent you back with an answer that can't be understood. {AGAIN}"


class UnknownState(SignInRefused):
    """Login CSRF: a state that this browser did not get from us."""

    code = "wrong_state"
    sentence = (
        "This sign-in with {provider} was not begun in this browser, or was finished already, "
        f"or the address of this server changed on the way. {AGAIN}"
    )


class ExpiredState(SignInRefused):
    """It took longer than ten minutes."""

    code = "expired_state"
    sentence = f"Signing in with {{provider}} took too long, so it does not count any more. {AGAIN}"


class ReplayedState(SignInRefused):
    """A copy of the cookie and the address, used a second time."""

    code = "replayed_state"
    sentence = f"This sign-in with {{provider}} was finished already. {AGAIN}"


class MixedUp(SignInRefused):
    """Mix-up (RFC 9207): the answer is another provider's than the one that was asked."""

    code = "mixed_up"
    sentence = f"The answer to your sign-in with {{provider}} comes from another provider. {AGAIN}"


class MissingIssuer(SignInRefused):
    """The provider says it names itself in its answers (RFC 9207), and didn't."""

    code = "missing_issuer"
    sentence = f"The answer to your sign-in does not say that it comes from {{provider}}. {AGAIN}"


class Declined(SignInRefused):
    """The provider said no (RFC 6749, section 4.1.2.1)."""

    code = "provider_declined"

    WORDS: ClassVar[dict[str, str]] = {
        "access_denied": "you were not allowed to sign in there, or you cancelled",
        "login_required": "it wants you to sign in there first",
        "interaction_required": "it wants to ask you something first",
        "consent_required": "it wants your consent first",
        "account_selection_required": "it wants you to choose an account first",
        "invalid_request": "it does not understand how this server asks",
        "invalid_scope": "it does not give what this server asks for",
        "unauthorized_client": "it does not let this server sign people in",
        "unsupported_response_type": "it does not let this server sign people in this way",
        "server_error": "something went wrong over there",
        "temporarily_unavailable": "it is too busy just now",
    }

    def __init__(self, provider: str, error: str, description: str = "") -> None:
        super().__init__(provider, f"{error}: {description}" if description else error)
        why = self.WORDS.get(error, f"its reason is {error!r}")
        said = f" In its own words: {description}" if description else ""
        self.error = error
        self.args = (f"{provider} did not sign you in: {why}.{said}",)


class CodeRefused(SignInRefused):
    """The provider does not give tokens for the code: used, expired, or not ours."""

    code = "code_refused"
    sentence = (
        f"{{provider}} does not accept what it gave you a moment ago. {AGAIN} If that does not help, tell whoever runs "
        "this server, with the id of this request."
    )


class ClientRefused(SignInRefused):
    """The provider does not know this server by its id and secret."""

    code = "client_refused"
    sentence = (
        "{provider} does not recognise this server: its id or its secret there is wrong, or has expired. Trying again "
        f"will not help. {TELL}"
    )


class ClientNotAllowed(SignInRefused):
    """The provider knows this server and doesn't let it sign people in, or not at this address, or doesn't know it."""

    code = "client_not_allowed"
    sentence = (
        "{provider} does not let this server sign people in: its id, its secret or its address there is wrong, or this "
        f"way to sign in is switched off there. Trying again will not help. {TELL}"
    )


class RequestRefused(SignInRefused):
    """The token endpoint doesn't take the request at all."""

    code = "request_refused"
    sentence = f"{{provider}} does not understand how this server asks. Trying again will not help. {TELL}"


class TokensDenied(SignInRefused):
    """The provider knows who it is, and gives no tokens for them."""

    code = "tokens_denied"
    sentence = "{provider} does not let you sign in here. Ask whoever runs {provider} for access."


class WrongTokenType(SignInRefused):
    """An access token that is no bearer token."""

    code = "wrong_token_type"
    sentence = f"{{provider}} answered with a kind of token that this server does not know. {TELL}"


class MissingIdToken(SignInRefused):
    """An OAuth answer, not one of OpenID Connect."""

    code = "missing_id_token"
    sentence = f"{{provider}} did not say who you are. {TELL}"


class OtherPerson(SignInRefused):
    """The provider's userinfo is about somebody else than its id_token."""

    code = "userinfo_of_another"
    sentence = f"{{provider}} says two different things about who you are. {TELL}"


class NoUserinfo(SignInRefused):
    """The provider's userinfo can't be had or can't be read."""

    code = "no_userinfo"
    sentence = f"{{provider}} did not say enough about you. {TELL}"


class ForeignLink(SignInRefused):
    """Linking that was not begun from the person's own profile: by another site, or by another person."""

    code = "foreign_link"
    sentence = "Linking {provider} has to be begun from your own profile, in this browser. Try it from there."


def leads_nowhere(refusal: SignInRefused) -> bool:
    """Whether the account that the person has at the provider is the trouble, so that another one may be what helps."""
    if isinstance(refusal, Declined):
        return refusal.error == "access_denied"
    return isinstance(refusal, NotAdmitted | TokensDenied)
