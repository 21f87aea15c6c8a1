"""Why a provider's answer is not believed: one class, one code and one sentence for each reason."""

from typing import ClassVar

from board.domain.errors import SignInRefused

AGAIN = "Start again from the sign-in page."
TELL = "Tell whoever runs this server, with the request id below."


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
        self.args = (f"{provider} did not sign you in: {why}.{said}",)


class CodeRefused(SignInRefused):
    """The provider does not give tokens for the code: used, expired, or not ours."""

    code = "code_refused"
    sentence = f"{{provider}} does not accept what it gave you a moment ago. {AGAIN}"


class ClientRefused(SignInRefused):
    """The provider does not know this server by its id and secret."""

    code = "client_refused"
    sentence = f"{{provider}} does not recognise this server. {TELL}"


class WrongTokenType(SignInRefused):
    """An access token that is no bearer token."""

    code = "wrong_token_type"
    sentence = f"{{provider}} answered with a kind of token that this server does not know. {TELL}"


class MissingIdToken(SignInRefused):
    """An OAuth answer, not one of OpenID Connect."""

    code = "missing_id_token"
    sentence = f"{{provider}} did not say who you are. {TELL}"


class TooLarge(SignInRefused):
    """A token that is longer than anybody needs."""

    code = "token_too_large"
    sentence = f"{{provider}} says more about you than this server takes. {TELL}"


class Unreadable(SignInRefused):
    """No JWT, or one that is encrypted or has pieces missing."""

    code = "unreadable_token"
    sentence = f"What {{provider}} says about you can't be read. {TELL}"


class Critical(SignInRefused):
    """A header that must be understood (RFC 7515, section 4.1.11), and none is."""

    code = "critical_header"
    sentence = f"What {{provider}} says about you asks for something this server does not know. {TELL}"


class WrongAlgorithm(SignInRefused):
    """`none`, a shared secret, or anything else that was not agreed on."""

    code = "wrong_algorithm"
    sentence = f"{{provider}} signs in a way that this server does not accept. {TELL}"


class UnknownKey(SignInRefused):
    """Signed with a key that is not among those the provider publishes."""

    code = "unknown_key"
    sentence = f"What came is not signed with a key of {{provider}}. {AGAIN}"


class BadSignature(SignInRefused):
    """Not signed by the provider, or changed on the way."""

    code = "bad_signature"
    sentence = f"What came is not what {{provider}} signed. {AGAIN}"


class WrongType(SignInRefused):
    """A token of another kind than the one that was expected (RFC 8725, section 3.11)."""

    code = "wrong_type"
    sentence = f"{{provider}} answered with a token that is for something else. {TELL}"


class WrongIssuer(SignInRefused):
    """A token that another provider made."""

    code = "wrong_issuer"
    sentence = f"What came was not made by {{provider}}. {TELL}"


class WrongAudience(SignInRefused):
    """A token that was made for another application."""

    code = "wrong_audience"
    sentence = f"What {{provider}} says about you was meant for another application. {TELL}"


class WrongParty(SignInRefused):
    """A token that was asked for by another application."""

    code = "wrong_authorized_party"
    sentence = f"What {{provider}} says about you was asked for by another application. {TELL}"


class Expired(SignInRefused):
    """A token that is over, or never says when."""

    code = "expired"
    sentence = f"What {{provider}} says about you is out of date. {AGAIN}"


class NotYet(SignInRefused):
    """A token from the future: one of the two clocks is wrong."""

    code = "not_yet_valid"
    sentence = f"The clock of {{provider}} and the clock of this server disagree. {TELL}"


class MissingIssueTime(SignInRefused):
    """A token that does not say when it was made."""

    code = "missing_issue_time"
    sentence = f"What {{provider}} says about you does not say when it was said. {TELL}"


class WrongNonce(SignInRefused):
    """A token of another sign-in than this one."""

    code = "wrong_nonce"
    sentence = f"What {{provider}} says about you belongs to another sign-in. {AGAIN}"


class WrongAccessToken(SignInRefused):
    """The access token beside the id_token is not the one it was made with (`at_hash`)."""

    code = "wrong_access_token"
    sentence = f"The two halves of the answer of {{provider}} don't belong together. {AGAIN}"


class WrongSubject(SignInRefused):
    """No subject, or one that can't be one (OpenID Connect Core, section 2)."""

    code = "wrong_subject"
    sentence = f"{{provider}} did not say who you are. {TELL}"


class TooLongAgo(SignInRefused):
    """The person signed in at the provider longer ago than was asked for."""

    code = "signed_in_too_long_ago"
    sentence = f"{{provider}} did not ask you to sign in again. {AGAIN}"


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
