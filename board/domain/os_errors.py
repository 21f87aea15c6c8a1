"""What an error of the operating system means for whoever waits for an answer: the one table (POSIX, errno.h)."""

import errno

from board.domain.errors import NoSpace, Unavailable
from board.domain.messages import msg

FULL = msg("The disk is full: nothing can be saved until whoever runs this server makes room.")
READ_ONLY = msg(
    "The data folder can only be read: nothing can be saved until whoever runs this server mends that."
)
REFUSED = msg("The server has no right to its data folder: whoever runs it has to mend that.")
GONE = msg("The data folder is not there: whoever runs this server has to bring it back.")
BUSY = msg("The server has too much open at once. Try again in a moment.")
DISK = msg("The disk can't be read or written just now.")

FAULTS: dict[int, tuple[type[Unavailable], str]] = {
    errno.ENOSPC: (NoSpace, FULL),
    errno.EDQUOT: (NoSpace, FULL),
    errno.EFBIG: (NoSpace, FULL),
    errno.EROFS: (Unavailable, READ_ONLY),
    errno.EACCES: (Unavailable, REFUSED),
    errno.EPERM: (Unavailable, REFUSED),
    errno.ENOENT: (Unavailable, GONE),
    errno.ENOTDIR: (Unavailable, GONE),
    errno.ESTALE: (Unavailable, GONE),
    errno.EMFILE: (Unavailable, BUSY),
    errno.ENFILE: (Unavailable, BUSY),
    errno.ENOMEM: (Unavailable, BUSY),
    errno.EIO: (Unavailable, DISK),
}


def classify_os_error(error: BaseException) -> Unavailable | None:
    """Return the error to answer with; None when the machine is not to blame."""
    if not isinstance(error, OSError) or error.errno not in FAULTS:
        return None
    kind, sentence = FAULTS[error.errno]
    return kind(sentence)
