"""The public address behind a real nginx that is set up wrong: the sentence says what its configuration lacks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.fixtures.nginx import FOLDERS as NGINX_FOLDERS
from tests.fixtures.process import Process, accepts, find_port, find_program, report_missing
from tests.fixtures.server import Server
from tests.integration.doctor.conftest import KEY, Look, bad, texts

CONF = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version 1.1;
            {headers}
        }}
    }}
}}
"""
UPGRADE = "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;"
FORWARDED = (
    "proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host; "
    "proxy_set_header X-Forwarded-For $remote_addr;"
)
Proxy = Callable[[int, str], str]


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    """Start an nginx in front of a port, with these directives; its address."""
    started: list[Process] = []

    def start(upstream: int, headers: str) -> str:
        program = find_program("nginx", NGINX_FOLDERS)
        if not program:
            report_missing("nginx (Debian: apt install nginx-light; macOS: brew install nginx)")
        folder, port = tmp_path / f"nginx-{len(started)}", find_port()
        folder.mkdir()
        conf = CONF.format(folder=folder, port=port, upstream=upstream, headers=headers)
        (folder / "nginx.conf").write_text(conf)
        process = Process([program, "-p", folder, "-c", folder / "nginx.conf"], folder / "nginx.out")
        started.append(process)
        process.wait_until(lambda: accepts(port))
        return f"http://127.0.0.1:{port}"

    yield start
    for process in started:
        process.stop()


@pytest.fixture
def server(start_server: Callable[..., Server]) -> Server:
    """The program, which trusts no proxy."""
    return start_server(SECRET_KEY=KEY, BOARD_PROFILE="testing")


async def test_a_proxy_that_passes_everything_on(look: Look, server: Server, proxy: Proxy) -> None:
    url = proxy(server.port, f"{UPGRADE} proxy_set_header Host $http_host;")
    found = await look("address", url=url)
    assert bad(found) == []
    assert "leads here" in texts(found)
    assert "a websocket can be opened" in texts(found)


async def test_a_proxy_without_forwarded_headers_and_upgrade(
    look: Look, server: Server, proxy: Proxy
) -> None:
    (text, fix), (socket, upgrade) = bad(await look("address", url=proxy(server.port, "")))
    assert f"requests arrive as http://127.0.0.1:{server.port} instead of" in text
    assert "X-Forwarded-Proto to $scheme" in fix
    assert "no websocket can be opened" in socket
    assert "proxy_set_header Upgrade $http_upgrade" in upgrade


async def test_a_proxy_that_is_not_trusted(look: Look, server: Server, proxy: Proxy) -> None:
    (text, fix), *_ = bad(await look("address", url=proxy(server.port, f"{UPGRADE} {FORWARDED}")))
    assert "the proxy at 127.0.0.1 says how they came, and is not trusted" in text
    assert fix == "set BOARD_TRUSTED_PROXIES=127.0.0.1"


async def test_an_address_of_somebody_else(look: Look, server: Server, proxy: Proxy) -> None:
    ((text, _),) = bad(
        await look("address", url=server.url, secret_key="another key of 32 characters, a1b2c3")
    )
    assert "is not this server, or has another secret key" in text
    ((text, _),) = bad(await look("address", url=proxy(server.port, "return 301 https://elsewhere.example;")))
    assert "redirects to https://elsewhere.example" in text
    ((text, _),) = bad(await look("address", url=proxy(find_port(), "")))
    assert "it does not reach the server" in text
    ((text, _),) = bad(await look("address", url=f"http://127.0.0.1:{find_port()}"))
    assert "can't be reached from here" in text


async def test_nobody_without_the_key_gets_an_answer(server: Server) -> None:
    async with httpx2.AsyncClient() as http:
        answer = await http.get(f"{server.url}/healthz", headers={"X-Board-Doctor": "word.guess"})
    assert answer.json() == {"status": "ok"}
