"""Why a token is not believed, whatever it is for: one class, one code and one sentence for each reason."""

from board.domain.errors import SignInRefused
from board.web.oidc.refusals import AGAIN, TELL


class TooLarge(SignInRefused):
    """A token that is longer than anybody needs."""

    code = "token_too_large"
    sentence = f"{{provider}} says more about you than this server takes. {TELL}"


class Unreadable(SignInRefused):
    """No JWT, or one that has pieces missing."""

    code = "unreadable_token"
    sentence = f"What {{provider}} says about you can't be read. {TELL}"


class Encrypted(SignInRefused):
    """An encrypted token (JWE): this server has no key that a provider could encrypt for."""

    code = "encrypted_token"
    sentence = (
        "What {provider} says about you is encrypted, and this server reads what is signed only: encryption has to be "
        f"switched off for it there. {TELL}"
    )


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
