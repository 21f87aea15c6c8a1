"""Why a sign-in by an identity provider is refused: one table, a row for each reason.

A row says the same thing to four readers: the security log reads `code`, the log `meaning`, the person `sentences`, and
whoever runs the server the row of docs/guides/sso.md ("When it doesn't work") that quotes `row`.
"""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from board.domain.messages import Message, msg, sentences

AGAIN = msg("Start again from the sign-in page.")
TELL = msg("Tell whoever runs this server, with the id of this request.")
DECLINED = msg("%(provider)s did not sign you in: %(why)s.")


class Remedy(StrEnum):
    """What may help after a refusal."""

    RETRY = "retry"
    OTHER_ACCOUNT = "another account at the provider"
    ADMINISTRATOR = "an administrator"


@dataclass(frozen=True, slots=True)
class Words:
    """One row of the table.

    `meaning` is for the log. `sentences` are for the person: `%(provider)s` in them stands for the provider's label,
    `%(email)s` for the address that it told, `%(why)s` for `why`. `row` is the part of them that the guide quotes, None
    where no person sees it. `advice` follows the cause in the log, with `{email}` for the address. `code` is the row's
    name unless it says another. `error` is the error of RFC 6749, section 4.1.2.1, that means this reason.
    """

    meaning: str
    sentences: tuple[Message, ...]
    row: str | None
    remedy: Remedy
    advice: str = ""
    code: str = ""
    error: str = ""
    why: Message | None = None

    @property
    def sentence(self) -> str:
        """Return what is said in English, with its names not filled in."""
        return " ".join(self.sentences).replace("%(why)s", self.why or "")

    def say(self, **values: str) -> Message:
        """Return what is said to the person, of values for `provider`, `email` and `error`."""
        if self.why is not None:
            values["why"] = self.why.fill(**values)
        return sentences(*(one.fill(**values) for one in self.sentences))


def _retry(meaning: str, sentence: Message, row: str) -> Words:
    return Words(meaning, (sentence, AGAIN), row=row, remedy=Remedy.RETRY)


def _tell(meaning: str, sentence: Message, row: str) -> Words:
    return Words(meaning, (sentence, TELL), row=row, remedy=Remedy.ADMINISTRATOR)


def _account(meaning: str, sentence: Message, row: str, advice: str = "") -> Words:
    return Words(meaning, (sentence,), row, remedy=Remedy.OTHER_ACCOUNT, advice=advice)


def _declined(error: str, why: Message, remedy: Remedy) -> Words:
    meaning = f"the provider answered with the error {error}"  # not shown
    return Words(
        meaning, (DECLINED,), str(why), remedy=remedy, code="provider_declined", error=error, why=why
    )


def _logout(meaning: str, sentence: Message) -> Words:
    return Words(meaning, (sentence,), None, remedy=Remedy.ADMINISTRATOR)


class Reason(Enum):
    """Every reason there is, in the order in which a sign-in meets it."""

    # The answer that the browser brings back from the provider.
    MALFORMED_ANSWER = _retry(
        "the callback lacks a parameter, or has one twice",
        msg("%(provider)s sent you back with an answer that can't be understood."),
        "sent you back with an answer that can't be understood",
    )
    WRONG_STATE = _retry(
        "a state that this browser did not get from us (login CSRF)",
        msg(
            "This sign-in with %(provider)s was not begun in this browser, or was finished already, "
            "or the address of this server changed on the way."
        ),
        "was not begun in this browser",
    )
    EXPIRED_STATE = _retry(
        "the sign-in took longer than ten minutes",
        msg("Signing in with %(provider)s took too long, so it does not count any more."),
        "took too long, so it does not count any more",
    )
    REPLAYED_STATE = _retry(
        "a copy of the cookie and the address was used a second time",
        msg("This sign-in with %(provider)s was finished already."),
        "was finished already",
    )
    MIXED_UP = _retry(
        "the answer is another provider's than the one that was asked (mix-up, RFC 9207)",
        msg("The answer to your sign-in with %(provider)s comes from another provider."),
        "comes from another provider",
    )
    MISSING_ISSUER = _retry(
        "the provider's metadata promises an issuer in each answer (RFC 9207), and there is none",
        msg("The answer to your sign-in does not say that it comes from %(provider)s."),
        "does not say that it comes from",
    )
    FOREIGN_LINK = Words(
        "linking was begun by another site or by another person",
        (
            msg(
                "Linking %(provider)s has to be begun from your own profile, in this browser. Try it from there."
            ),
        ),
        "has to be begun from your own profile",
        remedy=Remedy.RETRY,
    )

    # The provider says no (RFC 6749, section 4.1.2.1).
    ACCESS_DENIED = _declined(
        "access_denied", msg("you were not allowed to sign in there, or you cancelled"), Remedy.OTHER_ACCOUNT
    )
    LOGIN_REQUIRED = _declined("login_required", msg("it wants you to sign in there first"), Remedy.RETRY)
    INTERACTION_REQUIRED = _declined(
        "interaction_required", msg("it wants to ask you something first"), Remedy.RETRY
    )
    CONSENT_REQUIRED = _declined("consent_required", msg("it wants your consent first"), Remedy.RETRY)
    ACCOUNT_SELECTION_REQUIRED = _declined(
        "account_selection_required", msg("it wants you to choose an account first"), Remedy.RETRY
    )
    INVALID_REQUEST = replace(
        _declined(
            "invalid_request", msg("it does not understand how this server asks"), Remedy.ADMINISTRATOR
        ),
        row="does not understand how this server asks",
    )
    INVALID_SCOPE = _declined(
        "invalid_scope", msg("it does not give what this server asks for"), Remedy.ADMINISTRATOR
    )
    UNAUTHORIZED_CLIENT = _declined(
        "unauthorized_client", msg("it does not let this server sign people in"), Remedy.ADMINISTRATOR
    )
    UNSUPPORTED_RESPONSE_TYPE = _declined(
        "unsupported_response_type",
        msg("it does not let this server sign people in this way"),
        Remedy.ADMINISTRATOR,
    )
    SERVER_ERROR = _declined("server_error", msg("something went wrong over there"), Remedy.RETRY)
    TEMPORARILY_UNAVAILABLE = _declined(
        "temporarily_unavailable", msg("it is too busy just now"), Remedy.RETRY
    )
    OTHER_ERROR = replace(
        _declined("", msg("its reason is %(error)s"), Remedy.ADMINISTRATOR),
        meaning="the provider answered with an error of its own",
        row=None,
    )

    # The token endpoint.
    CODE_REFUSED = Words(
        "the provider gives no tokens for the code: used, expired, or not ours",
        (
            msg("%(provider)s does not accept what it gave you a moment ago."),
            AGAIN,
            msg("If that does not help, tell whoever runs this server, with the id of this request."),
        ),
        "does not accept what it gave you a moment ago",
        remedy=Remedy.RETRY,
    )
    CLIENT_REFUSED = _tell(
        "the provider does not know this server by its id and secret",
        msg(
            "%(provider)s does not recognise this server: its id or its secret there is wrong, or has expired. "
            "Trying again will not help."
        ),
        "does not recognise this server: its id or its secret there is wrong, or has expired",
    )
    CLIENT_NOT_ALLOWED = _tell(
        "the provider does not let this server sign people in, or not at this address, or does not know it",
        msg(
            "%(provider)s does not let this server sign people in: its id, its secret or its address there is wrong, "
            "or this way to sign in is switched off there. Trying again will not help."
        ),
        "does not let this server sign people in: its id, its secret or its address there is wrong",
    )
    REQUEST_REFUSED = _tell(
        "the token endpoint doesn't take the request",
        msg("%(provider)s does not understand how this server asks. Trying again will not help."),
        "does not understand how this server asks",
    )
    TOKENS_DENIED = _account(
        "the provider knows who it is, and gives no tokens for them",
        msg("%(provider)s does not let you sign in here. Ask whoever runs %(provider)s for access."),
        "does not let you sign in here",
    )
    WRONG_TOKEN_TYPE = _tell(
        "the access token is not a bearer token",
        msg("%(provider)s answered with a kind of token that this server does not know."),
        "answered with a kind of token that this server does not know",
    )
    MISSING_ID_TOKEN = _tell(
        "an answer of OAuth, not of OpenID Connect",
        msg("%(provider)s did not say who you are."),
        "did not say who you are",
    )

    # Any token: its form, its signature, its claims.
    TOKEN_TOO_LARGE = _tell(
        "a token that is longer than anybody needs",
        msg("%(provider)s says more about you than this server takes."),
        "says more about you than this server takes",
    )
    UNREADABLE_TOKEN = _tell(
        "not a JWT, or one that has pieces missing",
        msg("What %(provider)s says about you can't be read."),
        "says about you can't be read",
    )
    ENCRYPTED_TOKEN = _tell(
        "an encrypted token (JWE): this server has no key that a provider could encrypt for",
        msg(
            "What %(provider)s says about you is encrypted, and this server reads what is signed only: encryption "
            "has to be switched off for it there."
        ),
        "says about you is encrypted",
    )
    CRITICAL_HEADER = _tell(
        "a header that must be understood (RFC 7515, section 4.1.11), and none is",
        msg("What %(provider)s says about you asks for something this server does not know."),
        "asks for something this server does not know",
    )
    WRONG_ALGORITHM = _tell(
        "signed with a shared secret, not at all, or by another algorithm than was agreed on",
        msg("%(provider)s signs in a way that this server does not accept."),
        "signs in a way that this server does not accept",
    )
    UNKNOWN_KEY = _retry(
        "signed with a key that is not among those the provider publishes",
        msg("What came is not signed with a key of %(provider)s."),
        "is not signed with a key of",
    )
    BAD_SIGNATURE = _retry(
        "not signed by the provider, or changed on the way",
        msg("What came is not what %(provider)s signed."),
        "is not what ... signed",
    )
    WRONG_TYPE = _tell(
        "a token of another kind than the one that was expected (RFC 8725, section 3.11)",
        msg("%(provider)s answered with a token that is for something else."),
        "answered with a token that is for something else",
    )
    WRONG_ISSUER = _tell(
        "a token that another provider made",
        msg("What came was not made by %(provider)s."),
        "What came was not made by",  # not shown
    )
    WRONG_AUDIENCE = _tell(
        "a token that was made for another application",
        msg("What %(provider)s says about you was meant for another application."),
        "was meant for another application",
    )
    WRONG_AUTHORIZED_PARTY = _tell(
        "a token that was asked for by another application",
        msg("What %(provider)s says about you was asked for by another application."),
        "was asked for by another application",
    )
    EXPIRED = _retry(
        "a token that has expired, or has no expiry",
        msg("What %(provider)s says about you is out of date."),
        "is out of date",
    )
    NOT_YET_VALID = _tell(
        "a token from the future: one of the two clocks is wrong",
        msg("The clock of %(provider)s and the clock of this server disagree."),
        "and the clock of this server disagree",
    )
    MISSING_ISSUE_TIME = _tell(
        "a token that does not say when it was made",
        msg("What %(provider)s says about you does not say when it was said."),
        "does not say when it was said",
    )
    WRONG_NONCE = _retry(
        "a token of another sign-in than this one",
        msg("What %(provider)s says about you belongs to another sign-in."),
        "belongs to another sign-in",
    )
    WRONG_ACCESS_TOKEN = _retry(
        "the access token is not the one that the id_token was made with (at_hash)",
        msg("The two halves of the answer of %(provider)s don't belong together."),
        "don't belong together",
    )
    WRONG_SUBJECT = _tell(
        "no subject, or one that can't be one (OpenID Connect Core, section 2)",
        msg("%(provider)s did not say who you are."),
        "did not say who you are",
    )
    SIGNED_IN_TOO_LONG_AGO = _retry(
        "the person signed in at the provider longer ago than was asked for",
        msg("%(provider)s did not ask you to sign in again."),
        "did not ask you to sign in again",
    )

    # Userinfo.
    USERINFO_OF_ANOTHER = _tell(
        "userinfo is about somebody else than the id_token",
        msg("%(provider)s says two different things about who you are."),
        "says two different things about who you are",
    )
    NO_USERINFO = _tell(
        "userinfo can't be had or can't be read",
        msg("%(provider)s did not say enough about you."),
        "did not say enough about you",
    )

    # The answer is fine, but leads to no account here.
    ACCOUNT_DISABLED = _account(
        "the account is disabled or erased, and stays so whatever a provider says",
        msg("This account is disabled. Ask an administrator of this server to enable it."),
        "This account is disabled",  # not shown
    )
    ADDRESS_TAKEN = _account(
        "another account has the address, and nothing proves that both are one person's",
        msg(
            "There is an account with %(email)s here already. Sign in to it the way you did before, "
            "then link %(provider)s in your profile. If that way is gone, ask an administrator of this server to "
            "help you in."
        ),
        "Sign in to it the way you did before",  # not shown
        advice="; where the provider moved: board provider move; where they have no way in: "
        "board user reset-link {email}",
    )
    ADDRESS_RECYCLED = _account(
        "the account with the address belongs to another person of the same provider, who had the address before",
        msg(
            "There is an account with %(email)s here already, and it belongs to another person of %(provider)s, "
            "or to you as you were known there before. If it is yours, ask an administrator of this server "
            "to unlink the old sign-in under People; then sign in again."
        ),
        "you were known there before",
        advice="; if it is one person with a new sub: board user unlink {email}",
    )
    NO_EMAIL = _account(
        "no e-mail address, or one that can't be one",
        msg("%(provider)s did not tell your e-mail address, and an account here needs one."),
        "did not tell your e-mail address",
    )
    NO_ACCOUNT = _account(
        "the provider signs in who has an account, and makes none",
        msg(
            "There is no account here for %(email)s, and %(provider)s makes none. Ask whoever runs "
            "this server for one."
        ),
        "makes none",
    )
    WRONG_DOMAIN = _account(
        "the address is outside the domains that may have accounts, or not known to be the person's",
        msg(
            "%(email)s is not an address that gets an account here by %(provider)s. "
            "Sign in there with the one of your organisation."
        ),
        "is not an address that gets an account here",
    )
    SIGNUP_CLOSED = _account(
        "the server takes no new accounts",
        msg(
            "There is no account here for %(email)s, and this server takes no new ones. Ask whoever runs it for one."
        ),
        "this server takes no new ones",
    )
    INVITATION_NEEDED = _account(
        "the server takes new accounts by invitation",
        msg(
            "There is no account here for %(email)s, and this server takes new ones by invitation only: "
            "follow the link in yours, then sign in with %(provider)s from there."
        ),
        "takes new ones by invitation only",
    )
    LINKED_ELSEWHERE = _account(
        "the identity signs somebody else in",
        msg(
            "This sign-in of %(provider)s belongs to another account here. "
            "Sign in there with the one that is yours, or unlink it in the other account first."
        ),
        "belongs to another account here",
    )
    LINKED_ALREADY = _account(
        "the account has another identity of the same provider",
        msg("Your account is linked to another sign-in of %(provider)s already. Unlink that one first."),
        "is linked to another sign-in of",
    )

    # Logout tokens, which no person sees (Back-Channel Logout, section 2.6).
    MISSING_EVENT = _logout(
        "not a logout token: it does not say that somebody signed out",
        msg("The token does not say that it is about signing out."),
    )
    FORBIDDEN_NONCE = _logout(
        "a logout token with a nonce could be taken for an id_token, and the other way round",
        msg("A logout token has no nonce."),
    )
    MISSING_TOKEN_ID = _logout(
        "a logout token without a jti could be used again and again", msg("A logout token has an id.")
    )
    REPLAYED_TOKEN = _logout("a logout token that was used before", msg("This logout token was used before."))
    NOBODY_NAMED = _logout(
        "a logout token that names neither a person nor a session",
        msg("A logout token names a subject or a session."),
    )

    @property
    def code(self) -> str:
        """Return the word for the security log and for programs."""
        return self.value.code or self.name.lower()

    @property
    def remedy(self) -> Remedy:
        """Return what may help."""
        return self.value.remedy

    @classmethod
    def of_error(cls, error: str) -> "Reason":
        """Return the reason that an `error` parameter of a provider's answer means."""
        return next((one for one in cls if one.value.error == error), cls.OTHER_ERROR)
