"""A provider with a certificate of the company's own authority, and a proxy on the way: SSL_CERT_FILE, HTTPS_PROXY."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from board.config.settings import ConfigurationError
from board.domain.errors import ProviderUnavailable
from board.domain.provider import Provider
from board.oidc.registry import Providers

VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")


def issue(
    name: str, key: ec.EllipticCurvePrivateKey, by: tuple[str, ec.EllipticCurvePrivateKey]
) -> x509.Certificate:
    """A certificate, of an authority where it is its own issuer."""
    at = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, one)]) for one in (name, by[0])]
    builder = (
        x509.CertificateBuilder().subject_name(names[0]).issuer_name(names[1]).public_key(key.public_key())
    )
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(at - timedelta(hours=1)).not_valid_after(at + timedelta(hours=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=key is by[1], path_length=None), critical=True)
    reach = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    return builder.add_extension(reach, critical=False).sign(by[1], hashes.SHA256())


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The file of an authority; beside it a certificate that it issued, and its key."""
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    pem = serialization.Encoding.PEM
    (tmp_path / "ca.pem").write_bytes(issue("Our CA", root, ("Our CA", root)).public_bytes(pem))
    (tmp_path / "own.pem").write_bytes(
        own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + issue("provider", own, ("Our CA", root)).public_bytes(pem)
    )
    return tmp_path / "ca.pem"


@pytest.fixture
async def issuer(authority: Path) -> AsyncIterator[str]:
    """A provider that speaks TLS, and says nothing but its metadata."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(authority.with_name("own.pem"))

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        places = [
            f'"{one}": "{here}/{one}"' for one in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        ]
        body = f'{{"issuer": "{here}", {", ".join(places)}}}'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close"
        writer.write(f"{head}\r\n\r\n{body}".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    here = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield here
    server.close()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's surroundings."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def ask(issuer: str) -> str:
    """The issuer in the metadata, as a server that starts now reads it."""
    known = Providers([Provider("acme", issuer, "board", "s", "Acme")])
    try:
        return str((await known.client("acme").load_server_metadata())["issuer"])
    finally:
        await known.close()


async def test_an_authority_of_ones_own(
    issuer: str, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ProviderUnavailable) as caught:
        await ask(issuer)
    assert "set SSL_CERT_FILE" in caught.value.cause
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert await ask(issuer) == issuer


@pytest.mark.parametrize("text", [None, "no certificate"])
async def test_a_file_without_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    file = tmp_path / "none.pem"
    if text is not None:
        file.write_text(text)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(ConfigurationError, match=r"SSL_CERT_FILE: .*none\.pem"):
        await ask("https://127.0.0.1:1")


async def test_a_proxy_on_the_way(issuer: str, authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readuntil(b"\r\n\r\n")).decode().split()
        asked.append(" ".join(line[:2]))
        host, _, port = line[1].partition(":")
        far_reader, far_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(pour(reader, far_writer), pour(far_reader, writer))

    proxy = await asyncio.start_server(tunnel, "127.0.0.1", 0)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
    assert await ask(issuer) == issuer
    assert asked == [f"CONNECT {issuer.removeprefix('https://')}"]
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert await ask(issuer) == issuer
    assert len(asked) == 1
    proxy.close()


async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Everything from one to the other, until it ends."""
    while piece := await reader.read(4096):
        writer.write(piece)
        await writer.drain()
    writer.close()
