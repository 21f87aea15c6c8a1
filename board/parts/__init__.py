"""What a running application is made of, typed: the one thing that views, pages and the server find in it."""

from dataclasses import dataclass

import flask
from sqlalchemy.ext.asyncio import AsyncEngine

from board.config.settings import Settings
from board.jobs.background_tasks import BackgroundTasks
from board.jobs.downloads import Downloads
from board.jobs.imports import ImportJobs
from board.mail.queue import MailQueue
from board.oidc.registry import Providers
from board.ratelimit.concurrency import ConcurrencyLimiter
from board.ratelimit.limits import Limits
from board.ratelimit.sockets import SocketLimiter
from board.realtime.announcer import BusAnnouncer
from board.realtime.bus import Bus
from board.realtime.connections import Connections
from board.realtime.presence import Presence
from board.realtime.rooms import Rooms
from board.repository.restore_detection import RestoreDetector
from board.repository.store import SqlStore
from board.security.access_tokens import GrantTokens
from board.security.bearer import Resolve
from board.security.passwords import Argon2Passwords
from board.security.signed_links import HmacLinkSigner
from board.service.diagnosis import Examine
from board.service.mail import MailTemplates
from board.service.recovery import MailContext


@dataclass(frozen=True, slots=True)
class Parts:
    """What the application is made of; it is found as `app.extensions["board"]`."""

    settings: Settings
    engine: AsyncEngine
    bus: Bus
    announcer: BusAnnouncer
    store: SqlStore
    restore_detector: RestoreDetector
    past_snapshots: ConcurrencyLimiter
    passwords: Argon2Passwords
    rooms: Rooms
    imports: ImportJobs
    presence: Presence
    connections: Connections
    grant_tokens: GrantTokens
    providers: Providers
    resolve_bearer: Resolve
    mailer: MailQueue
    mail_templates: MailTemplates
    link_signer: HmacLinkSigner
    limits: Limits
    examine: Examine
    background_tasks: BackgroundTasks
    mail: MailContext
    socket_limiter: SocketLimiter
    socket_concurrency: ConcurrencyLimiter
    downloads: Downloads


def parts_of(app: flask.Flask) -> Parts:
    """Return the parts of an application."""
    found: Parts = app.extensions["board"]
    return found
