"""What can go wrong, as one small tree; `web/errors.py` turns it into statuses, once.

BoardError
├── Malformed           the request can't be understood
├── Unauthenticated     nobody is signed in
│   └── SignInAgain     somebody is, but too long ago for what matters
├── Forbidden           signed in, may see it, may not do it
│   ├── Forged          the browser was made to send it by another site (CSRF)
│   ├── Unverified      their e-mail address is not confirmed yet
│   ├── SignInRefused   a sign-in by an identity provider isn't accepted; carries the reason, the cause
│   └── TermsNotAccepted  the person has not accepted the terms of today
├── NotFound            isn't there, or may not be seen
├── Conflict            clashes with what is there
│   └── LimitReached    there is no room for more
├── TooLarge            a file has more bytes than the limit
│   └── TooManyValues   a body holds more than the limit
├── Stale               If-Match names an older version; carries the current resource
├── Invalid             understood, but a field's value won't do; carries the fields
├── TooMany             asked too often; carries the seconds to wait
├── Unavailable         a part this server needs is away
│   ├── Held            somebody else's transaction has the row and keeps it
│   ├── NoSpace         the disk is full, ours or the database's
│   └── ProviderUnavailable  an identity provider is; carries its label, a code and the cause
└── AlreadyDone         not a fault: this mutation was carried out before; carries the first answer
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from board.domain.refusal import Reason


class BoardError(Exception):
    """Any outcome of a use case but success; `str(error)` is a sentence fit for the person who asked."""


class Malformed(BoardError):
    """The request can't be understood."""


class Unauthenticated(BoardError):
    """Nobody is signed in, or the credentials are wrong."""


class SignInAgain(Unauthenticated):
    """The person signed in too long ago for what they want to change, and has to prove again who they are."""


class Forbidden(BoardError):
    """The actor may see the thing but not do this to it."""


class Forged(Forbidden):
    """The request doesn't prove that a page of ours made the browser send it."""


class TermsNotAccepted(Forbidden):
    """The person has not accepted the terms of today."""


class SignInRefused(Forbidden):
    """A sign-in by an identity provider is refused, for a reason of the table.

    `provider` is its label; `cause` is what exactly was found, for the log; `email` is the address it told. `error` and
    `said` are a provider's own: the code and the description of its error.
    """

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
        own = f" In its own words: {said}" if said else ""
        super().__init__(reason.value.sentence.format(provider=provider, email=email, error=error) + own)
        self.reason, self.provider = reason, provider
        self.cause = cause + reason.value.advice.format(email=email)

    @property
    def code(self) -> str:
        """Return the reason's word for the security log and for programs."""
        return self.reason.code


class Unverified(Forbidden):
    """The actor has to confirm their e-mail address first."""


class NotFound(BoardError):
    """It isn't there, or the actor may not know that it is."""

    def __init__(self, kind: str, id: str = "") -> None:
        super().__init__(f"There is no such {kind}, or you may not see it.")
        self.kind, self.id = kind, id


class Conflict(BoardError):
    """It clashes with what is there already."""


class LimitReached(Conflict):
    """There is no room for more."""


class TooLarge(BoardError):
    """A file has more bytes than the limit."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"A file may have at most {max_bytes:,} bytes.")
        self.max_bytes = max_bytes


class TooManyValues(TooLarge):
    """A body holds more values than the limit."""

    def __init__(self, most: int) -> None:
        BoardError.__init__(self, f"A body may hold at most {most:,} values.")


class Stale(BoardError):
    """The version the caller saw is no longer the current one."""

    def __init__(self, current: Any) -> None:
        super().__init__("It was changed after you read it; the current state is in `current`.")
        self.current = current


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: its dotted name and a sentence that names the limit."""

    field: str
    message: str


class Invalid(BoardError):
    """One or more fields have values that won't do."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = errors

    @classmethod
    def field(cls, name: str, message: str) -> "Invalid":
        """The common case of a single wrong field."""
        return cls(FieldError(name, message))


class TooMany(BoardError):
    """Asked too often; try again after `retry_after` seconds. `what` is what was too many, for people."""

    def __init__(self, retry_after: int, what: str = "requests") -> None:
        super().__init__(f"Too many {what}. Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class Unavailable(BoardError):
    """A part this server needs can't be reached just now."""


class Held(Unavailable):
    """Somebody else's transaction has the row, and has kept it for too long."""


class NoSpace(Unavailable):
    """There is no room left to write: on our disk or on the database's."""


class ProviderUnavailable(Unavailable):
    """An identity provider can't be reached, or not worked with; `cause` tells an operator why."""

    REASONS: ClassVar[dict[str, str]] = {
        "provider_unavailable": "it does not answer as it should",
        "issuer_mismatch": "this server knows it by another name than its own, which an administrator has to mend",
    }
    ODD = "what it says of itself can't be right, which an administrator has to look into"

    def __init__(self, provider: str, cause: str, code: str = "provider_unavailable") -> None:
        reason = self.REASONS.get(code, self.ODD)
        super().__init__(
            f"Signing in with {provider} does not work just now: {reason}. Other ways to sign in do."
        )
        self.provider, self.cause, self.code = provider, cause, code


class AlreadyDone(BoardError):
    """This mutation was carried out before: here is what was answered then."""

    def __init__(self, status: int, seq: int | None, body: bytes) -> None:
        super().__init__("This request was carried out before.")
        self.status, self.seq, self.body = status, seq, body
