"""The composition root: the only file that knows everyone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, cast

import flask
from flask_migrate import Migrate
from sqlalchemy.ext.asyncio import AsyncEngine
from werkzeug.routing import BaseConverter

from board import importers
from board.config import logs
from board.config.paths import find
from board.config.settings import Profile, Settings, read_settings
from board.doctor import examine
from board.domain import limits
from board.domain.account import Actor
from board.domain.network import network
from board.domain.origin import is_ours
from board.i18n import extension as i18n
from board.jobs.background_tasks import BackgroundTasks
from board.jobs.downloads import Downloads
from board.jobs.housekeeping import prune_daily
from board.jobs.imports import ImportJobs
from board.loop import ASGI, Flask, HandshakeLimits, Headers, ProxyHeaders, SocketIO
from board.mail.queue import MailQueue
from board.mail.templates import JinjaMailTemplates
from board.mail.transports import SmtpServer, refuse, send_to_log
from board.oidc.bearer import resolve_provider_token
from board.oidc.registry import Providers
from board.parts import Parts
from board.ratelimit.concurrency import ConcurrencyLimiter, slots_of_pool
from board.ratelimit.limits import Limits
from board.ratelimit.sockets import SocketLimiter
from board.realtime import packet_json, rotation, sockets
from board.realtime.announcer import BusAnnouncer
from board.realtime.authentication import SocketParts
from board.realtime.bus import Bus, LocalBus
from board.realtime.connections import Connections
from board.realtime.heartbeat import beat_forever
from board.realtime.messages import Kind
from board.realtime.presence import Presence
from board.realtime.redis_bus import RedisBus
from board.realtime.rooms import Rooms, board_room
from board.repository.engine import open_engine
from board.repository.files import DiskFiles
from board.repository.log_marks import LogMarks
from board.repository.migrate import find_file
from board.repository.restore_detection import RestoreDetector
from board.repository.schema import SchemaCheck, SchemaState
from board.repository.store import SqlStore
from board.repository.tables import metadata
from board.security.access_tokens import GrantTokens
from board.security.bearer import Resolve, make_resolver
from board.security.passwords import FAST_HASHER, Argon2Passwords
from board.security.private_files import make_folder, restrict_permissions, try_writing
from board.security.signed_links import HmacLinkSigner
from board.service.mail import TemplateMailer
from board.service.public_links import resolve_public_link
from board.service.recovery import MailContext
from board.web import (
    assets,
    catalogues,
    compression,
    consent,
    cors,
    health,
    identity,
    pages,
    problems,
    rate_limits,
    requests,
    secure_context,
)
from board.web.api import blueprint as api_blueprint
from board.web.cookies import Cookies
from board.web.json import OrjsonProvider
from board.wire.json import encode
from board.wire.present import present

PAST_SNAPSHOTS = 2
"""Boards that are taken back in time at once: each takes a connection and a thread for as long as its log is long."""


class IdConverter(BaseConverter):
    """A UUID in a path, answered in lower case; anything else is no such page."""

    regex = "[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"

    def to_python(self, value: str) -> str:
        return value.lower()


def create_app(settings: Settings | None = None) -> Flask:
    """Return a Flask application with its blueprints, sockets and storage; nothing is connected yet."""
    settings = settings or read_settings()
    app = Flask("board", static_folder=None, template_folder=str(find("templates")))
    _configure(app, settings)
    socketio = _create_sockets(app, settings)
    parts = _assemble(settings, socketio)
    app.extensions["board"] = parts
    sockets.register(
        socketio,
        SocketParts(
            settings=settings,
            store=parts.store,
            rooms=parts.rooms,
            presence=parts.presence,
            connections=parts.connections,
            limits=parts.limits,
            socket_limiter=parts.socket_limiter,
            concurrency=parts.socket_concurrency,
            resolve_bearer=parts.resolve_bearer,
        ),
    )
    Migrate(app, cast("Any", _Database(settings)), directory=str(find("migrations")))
    i18n.register(app)
    compression.register(app)
    catalogues.register(app)
    assets.register(app, find("static"), changing=settings.profile is Profile.DEVELOPMENT)
    requests.register(app, settings.url)
    cors.register(app, settings.allowed_origins)
    secure_context.register(app)
    rate_limits.register(app)
    identity.register(app)
    consent.register(app, settings)
    rate_limits.register_callers(app)
    problems.register(app)
    app.register_blueprint(api_blueprint())
    app.register_blueprint(pages.blueprint())
    health_pages = health.create_blueprint(
        _checks(parts), frozenset({"database"}), lambda: parts.rooms.shutting_down
    )
    app.register_blueprint(health_pages)
    return app


def create_asgi(settings: Settings | None = None) -> ProxyHeaders:
    """Return what a server serves: HTTP and sockets on one loop, behind the proxies that the settings trust."""
    settings = settings or read_settings()
    logs.configure(settings.log_format, settings.log_level)
    app = create_app(settings)
    headers = Headers(requests.list_headers(settings.secure))
    return ProxyHeaders(
        ASGI(app, lifespan=_lifespan, headers=headers), [str(network) for network in settings.trusted_proxies]
    )


def _configure(app: Flask, settings: Settings) -> None:
    app.json = OrjsonProvider(app)
    app.url_map.converters["id"] = IdConverter
    app.url_map.strict_slashes = False
    app.session_interface = Cookies("__Host-board" if settings.secure else "board")
    app.config.update(
        SECRET_KEY=settings.read_secret(),
        TESTING=settings.profile is Profile.TESTING,
        MAX_CONTENT_LENGTH=limits.BODY,
        MAX_FORM_MEMORY_SIZE=2 * limits.FORM,
        MAX_FORM_PARTS=limits.FORM_FIELDS,
        SESSION_COOKIE_NAME=settings.cookie,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        TEMPLATES_AUTO_RELOAD=settings.profile is Profile.DEVELOPMENT,
    )


def _create_sockets(app: Flask, settings: Settings) -> SocketIO:
    def allowed(origin: str | None, environ: dict[str, Any]) -> bool:
        here = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        return origin is not None and is_ours(origin, here, settings.url, allowed=settings.allowed_origins)

    return SocketIO(
        app,
        cors_allowed_origins=allowed,
        manage_session=False,
        binary=False,
        json=packet_json,
        max_http_buffer_size=100_000,
        handshake_limits=HandshakeLimits(settings.sockets_per_person, settings.sockets_max, network),
        packet_values=limits.PACKET_VALUES,
        packet_levels=limits.PACKET_LEVELS,
        ping_interval=20,
        ping_timeout=20,
    )


@dataclass(frozen=True, slots=True)
class Storage:
    """The database, and the bus that tells other processes of changes."""

    engine: AsyncEngine
    bus: Bus
    announcer: BusAnnouncer
    store: SqlStore


def open_storage(settings: Settings) -> Storage:
    """Return what the server and the command line both work on; connects when it is first used."""
    restrict_permissions(settings.data, find_file(settings.database))
    engine = open_engine(settings.database, settings.pool_size, settings.profile is not Profile.TESTING)
    bus: Bus = RedisBus(settings.redis_url) if settings.redis_url else LocalBus()
    announcer = BusAnnouncer(bus)
    files = DiskFiles(settings.data / "attachments", settings.attachment_max_bytes)
    store = SqlStore(engine, announcer, lambda value: encode(present(value)), files=files)
    return Storage(engine, bus, announcer, store=store)


def _assemble(settings: Settings, socketio: SocketIO) -> Parts:
    make_folder(settings.data, parents=True)
    storage = open_storage(settings)
    marks = storage.store.marks = LogMarks(settings.data)
    rooms = Rooms(socketio.server)
    connections = Connections()
    presence = _create_presence(storage.bus, rooms, connections)
    rotation.register(rooms, connections)
    lifetime = timedelta(minutes=settings.access_minutes)
    mailer, background_tasks, link_signer = (
        _create_mailer(settings),
        BackgroundTasks(),
        HmacLinkSigner(settings.read_secret()),
    )
    mail = TemplateMailer(mailer, JinjaMailTemplates(find("templates") / "mail"), settings.site)
    grant_tokens = GrantTokens(settings.read_secret(), settings.url, lifetime)
    providers, rate_limits = Providers(settings.providers), Limits(settings)
    return Parts(
        settings=settings,
        engine=storage.engine,
        bus=storage.bus,
        announcer=storage.announcer,
        store=storage.store,
        restore_detector=RestoreDetector(storage.engine, marks),
        past_snapshots=ConcurrencyLimiter(PAST_SNAPSHOTS),
        passwords=Argon2Passwords(FAST_HASHER if settings.profile is Profile.TESTING else None),
        rooms=rooms,
        imports=ImportJobs(storage.store, importers.read, settings.data / "imports"),
        presence=presence,
        connections=connections,
        grant_tokens=grant_tokens,
        providers=providers,
        resolve_bearer=_make_resolver(settings, storage.store, grant_tokens, providers=providers),
        mailer=mailer,
        mail_templates=mail.templates,
        link_signer=link_signer,
        limits=rate_limits,
        examine=partial(examine, settings),
        background_tasks=background_tasks,
        socket_limiter=_create_socket_limiter(settings, rate_limits),
        socket_concurrency=ConcurrencyLimiter(slots_of_pool(settings.pool_size)),
        mail=MailContext(storage.store, link_signer, mail, background_tasks=background_tasks),
        downloads=Downloads(settings.data / "exports"),
    )


def _create_socket_limiter(settings: Settings, rate_limits: Limits) -> SocketLimiter:
    amount = settings.socket_events
    return SocketLimiter(
        rate_limits.count_event, amount, settings.sockets_per_person, in_all=settings.sockets_max
    )


def _create_mailer(settings: Settings) -> MailQueue:
    if url := settings.mail_url.get_secret_value():
        return MailQueue(SmtpServer.of(url).send, settings.mail_from)
    readable = settings.embedded or settings.profile is not Profile.PRODUCTION
    return MailQueue(send_to_log if readable else refuse, settings.mail_from or "board@localhost")


def _make_resolver(settings: Settings, store: SqlStore, tokens: GrantTokens, providers: Providers) -> Resolve:
    key = settings.read_secret()

    async def by_link(token: str) -> Actor | None:
        return await resolve_public_link(store, key, token) if settings.public_links else None

    async def by_provider(token: str) -> Actor | None:
        return await resolve_provider_token(store, providers, token)

    return make_resolver(store, tokens, by_link, by_provider=by_provider)


def _create_presence(bus: Bus, rooms: Rooms, connections: Connections) -> Presence:
    def send(board_id: str, content: bytes) -> None:
        rooms.spawn(rooms.send(board_room(board_id), "board:presence", content))

    presence = Presence(bus, send, connections)
    rooms.on(Kind.PRESENCE, presence.update_remote)
    rooms.on(Kind.PRESENCE_ASK, presence.publish_on_request)
    rooms.on(Kind.PRESENCE_SHOWN, presence.set_shown)
    rooms.on(Kind.EVENTS, presence.clear_deleted)
    rooms.on(Kind.REVOKED, presence.remove_user)
    return presence


def _checks(parts: Parts) -> dict[str, health.Check]:
    schema = SchemaCheck(parts.engine)

    async def database() -> None:
        found = await schema.check()
        if found.state is SchemaState.NEWER:
            raise health.Degraded(f"at {found.revision}, which is newer than this version")
        if found.state is not SchemaState.NEWEST:
            at = f"at {found.revision}, and needs" if found.revision else "without tables, and needs"
            raise health.Unhealthy(f"{at} {found.needed}: run `board migrate`")

    async def disk() -> None:
        await asyncio.to_thread(try_writing, parts.settings.data)

    checks: dict[str, health.Check] = {"database": database, "disk": disk}
    return checks | ({"redis": parts.bus.check} if parts.settings.redis_url else {})


@asynccontextmanager
async def _lifespan(app: flask.Flask) -> AsyncIterator[None]:
    """From before the first request to after the last one."""
    parts: Parts = app.extensions["board"]
    await parts.restore_detector.try_check()
    await parts.bus.start(parts.rooms.deliver)
    await parts.imports.resume_when_possible()
    background = [
        asyncio.create_task(beat_forever(parts.store, parts.rooms, parts.connections)),
        asyncio.create_task(parts.restore_detector.watch()),
        asyncio.create_task(parts.presence.publish_forever()),
        asyncio.create_task(prune_daily(parts.store, parts.settings.retention)),
    ]
    try:
        yield
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await parts.imports.stop()
        await parts.background_tasks.stop()
        await parts.mailer.stop()
        await parts.providers.close()
        await parts.limits.close()
        await parts.announcer.drain()
        await parts.bus.stop()
        await parts.store.drain()
        parts.restore_detector.marks.close()
        await parts.engine.dispose()


class _Database:
    """What Flask-Migrate needs to know of a database; migrations/env.py does the rest."""

    def __init__(self, settings: Settings) -> None:
        self.metadata = metadata
        self.url = settings.database
