"""A real OpenID Connect provider, npm's oidc-provider, started by tests on loopback."""

import json
import shutil
import urllib.request
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.fixtures.process import Process, find_port

PROGRAM = Path(__file__).with_name("provider.mjs")
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class RunningProvider:
    """One provider: `name` in the settings of the board, `issuer`, and the people it knows."""

    def __init__(self, name: str, host: str, board: str, log: Path) -> None:
        self.name, self.board, self.log = name, board, log
        self.port = find_port()
        self.issuer = f"http://{host}:{self.port}"
        self.secret = f"the secret of {name} is for tests only"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        client = {"id": "board", "secret": self.secret}
        settings = {"issuer": self.issuer, "port": self.port, "board": self.board, "name": self.name}
        node = shutil.which("node") or "node"
        command = [node, str(PROGRAM), json.dumps({**settings, "client": client})]
        self._process = Process(command, self.log, cwd=PROGRAM.parent)
        self._process.wait_until(lambda: "ready" in self.log.read_text())

    def settings(self, **more: str) -> dict[str, str]:
        """The settings of a board that signs people in by it."""
        prefix = f"BOARD_OIDC__{self.name.upper()}__"
        own = {"ISSUER": self.issuer, "CLIENT_ID": "board", "CLIENT_SECRET": self.secret}
        own["LABEL"] = self.name.title()
        return {prefix + key: value for key, value in (own | more).items()}

    def knows(self, login: str, **claims: Any) -> None:
        """Say who somebody is from now on."""
        said = {"email": f"{login}@example.org", "email_verified": True, "name": login.title(), **claims}
        url = f"http://127.0.0.1:{self.port}/test/people/{login}"
        request = urllib.request.Request(url, json.dumps(said).encode(), method="PUT")
        with DIRECT.open(request, timeout=10) as answer:
            assert answer.status == 204

    async def admit(self, page: Page, login: str) -> None:
        """Fill in the provider's own sign-in page."""
        await page.fill("input[name=login]", login)
        await page.fill("input[name=password]", "anything")
        await page.click("button[type=submit]")

    async def sign_out(self, page: Page) -> None:
        """Sign out on the provider's own page."""
        await page.goto(f"{self.issuer}/session/end")
        await page.click("button[name=logout]")

    def stop(self) -> None:
        """End it."""
        self._process.stop()
