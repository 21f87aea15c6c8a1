"""The browser's engine against the real server: two at a time, over lines that break."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from tests.fixtures.server import Server

ENGINE = Path(__file__).with_name("engine.js")
PASSWORD = "correct horse battery"


async def make_token(url: str, name: str) -> str:
    """Make an account and a token of it."""
    email = f"{name}@example.org"
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1") as client:
        account = {"email": email, "name": name, "password": PASSWORD}
        (await client.post("/users", json=account)).raise_for_status()
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1") as client:
        signed_in = await client.post("/session", json={"email": email, "password": PASSWORD})
        token = {"name": "engine", "scopes": ["read", "write", "admin"], "expires_in_days": 1}
        headers = {"X-CSRFToken": signed_in.json()["csrf_token"]}
        made = await client.post("/me/tokens", json=token, headers=headers)
        return str(made.raise_for_status().json()["token"])


@pytest.mark.parametrize("seed", [1, 2])
async def test_two_engines_and_the_server_agree(start_server: Callable[..., Server], seed: int) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    server = await asyncio.to_thread(start_server)
    tokens = [await make_token(server.url, name) for name in ("anna", "ben")]
    arguments = [str(ENGINE), server.url, *tokens, str(seed), "150"]
    process = await asyncio.create_subprocess_exec(
        node, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()
    assert json.loads(said)["seq"] > 100
