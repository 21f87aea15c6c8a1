"""What can go wrong, as one small tree; `web/problems.py` turns it into statuses, once.

Each has a code, which programs may rely on, and a message for people, which is translated where it is shown.

BoardError
├── Malformed               the request can't be understood
├── Unauthenticated         nobody is signed in
│   └── SignInAgain         somebody is, but too long ago for what matters
├── Forbidden               signed in, may see it, may not do it
│   ├── CsrfFailed          the browser was made to send it by another site (CSRF)
│   ├── Unverified          their e-mail address is not confirmed yet
│   ├── SignInRefused       a sign-in by an identity provider isn't accepted; carries the reason, the cause
│   └── TermsNotAccepted    the person has not accepted the terms of today
├── NotFound                isn't there, or may not be seen
├── Conflict                clashes with what is there
│   └── LimitReached        there is no room for more
├── TooLarge                a file has more bytes than the limit
│   └── TooManyValues       a body holds more than the limit
├── Stale                   If-Match names an older version; carries the current resource
├── Invalid                 understood, but a field's value won't do; carries the fields
├── TooManyRequests         asked too often; carries the seconds to wait
├── Unavailable             a part this server needs is away
│   ├── LockTimeout         somebody else's transaction has the row and keeps it
│   ├── NoSpace             the disk is full, ours or the database's
│   └── ProviderUnavailable an identity provider is; carries its label, a code and the cause
└── AlreadyDone             not a fault: this mutation was carried out before; carries the first answer
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from board.domain.messages import Message, msg, nmsg, sentences
from board.domain.refusal import Reason

KINDS = {
    "attachment": msg("attachment"),
    "board": msg("board"),
    "checklist": msg("checklist"),
    "column": msg("column"),
    "comment": msg("comment"),
    "file": msg("file"),
    "grant": msg("grant"),
    "identity provider": msg("identity provider"),
    "import": msg("import"),
    "invitation": msg("invitation"),
    "item": msg("item"),
    "label": msg("label"),
    "link": msg("link"),
    "linked sign-in": msg("linked sign-in"),
    "member": msg("member"),
    "moment of this board": msg("moment of this board"),
    "page": msg("page"),
    "problem": msg("problem"),
    "public link": msg("public link"),
    "session": msg("session"),
    "task": msg("task"),
    "team": msg("team"),
    "team member": msg("team member"),
    "terms": msg("terms"),
    "token": msg("token"),
    "user": msg("user"),
}
"""What things that were not found are called."""


class BoardError(Exception):
    """Any outcome of a use case but success.

    `message` is a sentence fit for the person who asked, `str(error)` the same in English, and `code` its stable name.
    """

    code: str = "error"

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code


class Malformed(BoardError):
    """The request can't be understood."""

    code = "malformed"


class Unauthenticated(BoardError):
    """Nobody is signed in, or the credentials are wrong."""

    code = "unauthenticated"


class SignInAgain(Unauthenticated):
    """The person signed in too long ago for what they want to change, and has to prove again who they are."""

    code = "sign_in_again"


class Forbidden(BoardError):
    """The actor may see the thing but not do this to it."""

    code = "forbidden"


class CsrfFailed(Forbidden):
    """The request doesn't prove that a page of ours made the browser send it."""

    code = "csrf_failed"


class TermsNotAccepted(Forbidden):
    """The person has not accepted the terms of today."""

    code = "terms_not_accepted"


class SignInRefused(Forbidden):
    """A sign-in by an identity provider is refused, for a reason of the table.

    `provider` is its label; `cause` is what exactly was found, for the log; `email` is the address it told. `error` and
    `said` are a provider's own: the code and the description of its error.
    """

    code = "sign_in_refused"

    def __init__(
        self,
        reason: Reason,
        provider: str,
        cause: str = "",
        *,
        email: str = "this address",
        error: str = "",
        said: str = "",
    ) -> None:
        message = reason.value.say(provider=provider, email=email, error=repr(error))
        if said:
            message = sentences(message, msg("In its own words: %(said)s", said=said))
        super().__init__(message, code=reason.code)
        self.reason, self.provider = reason, provider
        self.cause = cause + reason.value.advice.format(email=email)


class Unverified(Forbidden):
    """The actor has to confirm their e-mail address first."""

    code = "email_unverified"


class NotFound(BoardError):
    """It isn't there, or the actor may not know that it is."""

    code = "not_found"

    def __init__(self, kind: str, id: str = "") -> None:
        super().__init__(msg("There is no such %(kind)s, or you may not see it.", kind=KINDS.get(kind, kind)))
        self.kind, self.id = kind, id


class Conflict(BoardError):
    """It clashes with what is there already."""

    code = "conflict"


class LimitReached(Conflict):
    """There is no room for more."""

    code = "limit_reached"


class TooLarge(BoardError):
    """A file has more bytes than the limit."""

    code = "too_large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(
            nmsg(
                "A file may have at most %(count)s byte.",
                "A file may have at most %(count)s bytes.",
                max_bytes,
            )
        )
        self.max_bytes = max_bytes


class TooManyValues(TooLarge):
    """A body holds more values than the limit."""

    code = "too_many_values"

    def __init__(self, most: int) -> None:
        BoardError.__init__(
            self,
            nmsg(
                "A body may hold at most %(count)s value.", "A body may hold at most %(count)s values.", most
            ),
        )


class Stale(BoardError):
    """The version the caller saw is no longer the current one."""

    code = "stale"

    def __init__(self, current: Any) -> None:
        super().__init__(msg("It was changed after you read it; the current state is in `current`."))
        self.current = current


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: its dotted name, a sentence that names the limit, and a stable code."""

    field: str
    message: str
    code: str = "invalid"


class Invalid(BoardError):
    """One or more fields have values that won't do."""

    code = "invalid"

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = errors

    @classmethod
    def field(cls, name: str, message: str, *, code: str = "invalid") -> "Invalid":
        """Return the error for a single wrong field."""
        return cls(FieldError(name, message, code))


class TooManyRequests(BoardError):
    """Asked too often; try again after `retry_after` seconds. `what` is what was too many."""

    code = "too_many_requests"

    def __init__(self, retry_after: int, what: str = "requests") -> None:
        if what == "attempts":
            message = nmsg(
                "Too many attempts. Try again in %(count)s second.",
                "Too many attempts. Try again in %(count)s seconds.",
                retry_after,
            )
        else:
            message = nmsg(
                "Too many requests. Try again in %(count)s second.",
                "Too many requests. Try again in %(count)s seconds.",
                retry_after,
            )
        super().__init__(message, code=f"too_many_{what}")
        self.retry_after = retry_after


class Unavailable(BoardError):
    """A part this server needs can't be reached just now."""

    code = "unavailable"


class LockTimeout(Unavailable):
    """Somebody else's transaction has the row, and has kept it for too long."""

    code = "busy"


class NoSpace(Unavailable):
    """There is no room left to write: on our disk or on the database's."""

    code = "no_space"


class ProviderUnavailable(Unavailable):
    """An identity provider can't be reached, or not worked with; `cause` tells an operator why."""

    code = "provider_unavailable"

    REASONS: ClassVar[dict[str, Message]] = {
        "provider_unavailable": msg(
            "Signing in with %(provider)s does not work just now: it does not answer as it should."
        ),
        "issuer_mismatch": msg(
            "Signing in with %(provider)s does not work just now: this server knows it by another name than its own, "
            "which an administrator has to mend."
        ),
    }
    ODD: ClassVar[Message] = msg(
        "Signing in with %(provider)s does not work just now: what it says of itself can't be right, which an "
        "administrator has to look into."
    )

    def __init__(self, provider: str, cause: str, code: str = "provider_unavailable") -> None:
        message = self.REASONS.get(code, self.ODD).fill(provider=provider)
        super().__init__(sentences(message, msg("Other ways to sign in do.")), code=code)
        self.provider, self.cause = provider, cause


class AlreadyDone(BoardError):
    """This mutation was carried out before: here is what was answered then."""

    code = "already_done"

    def __init__(self, status: int, seq: int | None, body: bytes) -> None:
        super().__init__(msg("This request was carried out before."))
        self.status, self.seq, self.body = status, seq, body
