"""Who follows an invitation is told on every page of the way to which board it leads, and by whom."""

import re
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from pydantic import SecretStr

from board.config.providers import ProviderSettings
from board.config.settings import Signup
from tests.fixtures.process import find_port
from tests.integration.accounts.conftest import OpenSite, PostForm
from tests.integration.conftest import PASSWORD, register

NAMED = re.compile(r"<bdi>Anna</bdi> invites you to the board <b[^>]*>Garden &amp; Yard</b>")


async def invite(site: httpx2.AsyncClient, **draft: Any) -> dict[str, Any]:
    """Anna's invitation to her board; nobody is signed in afterwards."""
    anna = await register(site, "Anna")
    board = await anna.post("/boards", {"title": "Garden & Yard"})
    made: dict[str, Any] = await anna.post(f"/boards/{board['id']}/invitations", {"role": "editor", **draft})
    await anna.http.delete("/api/v1/session")
    site.cookies.clear()
    site.headers.pop("X-CSRFToken", None)
    return made | {"page": f"/invitations/{made['secret']}"}


async def test_pages_on_the_way_to_a_board_name_it(open_site: OpenSite, post_form: PostForm) -> None:
    acme = ProviderSettings(
        issuer=f"http://127.0.0.1:{find_port()}",
        client_id="board",
        client_secret=SecretStr("s"),
        label="Acme",
    )
    site = await open_site({"signup": Signup.INVITE, "oidc": {"acme": acme}})
    made = await invite(site, email="ben@example.org")
    page = quote(made["page"], safe="")
    to_sign_in, to_register = re.findall(
        r'href="(/(?:sign-in|register)\?[^"]+)"', (await site.get(made["page"])).text
    )[::-1]

    for address in (to_register.replace("&amp;", "&"), to_sign_in):
        shown = (await site.get(address)).text
        assert NAMED.search(shown), address
        assert "b•••@example.org" in shown
        assert f'href="/auth/acme/start?next={page}"' in shown, "a provider brings them back to it"
    assert f'href="/sign-in?next={made["page"]}"' in (await site.get(to_register.replace("&amp;", "&"))).text
    wrong = await post_form(site, to_sign_in, email="ben@example.org", password="wrong")
    assert wrong.status_code == 422
    assert NAMED.search(wrong.text)
    down = await site.get(f"/auth/acme/start?next={page}")
    assert down.status_code == 503
    assert NAMED.search(down.text)

    onward = re.search(r'href="(/register\?[^"]+)"', (await site.get(to_sign_in)).text)
    assert onward, "who has no account after all keeps the invitation"
    account = {"name": "Ben", "email": "ben@example.org", "invitation": made["secret"]}
    address = onward[1].replace("&amp;", "&")
    short = await post_form(site, address, **account, password="short")
    assert short.status_code == 422
    assert NAMED.search(short.text)
    joined = await post_form(site, address, **account, password=PASSWORD)
    assert (joined.status_code, joined.headers["location"]) == (303, made["page"])
    assert (await site.get(made["page"])).headers["location"].startswith("/boards/")


async def test_an_invitation_that_is_no_good_names_nothing(open_site: OpenSite) -> None:
    site = await open_site({})
    made = await invite(site, max_uses=1)
    ben = await register(site, "Ben")
    await ben.post(f"/invitations/{made['secret']}/accept")
    site.cookies.clear()
    for secret in (made["secret"], "x" * 40, "a b", "\x00", "é" * 40):
        for path in ("/register", "/sign-in"):
            query = {"invitation": secret, "next": f"/invitations/{secret}"}
            shown = await site.get(path, params=query)
            assert shown.status_code == 200, secret
            assert "invites you" not in shown.text


@pytest.mark.parametrize("sends", [True, False])
async def test_the_answer_tells_whether_mail_is_sent(open_site: OpenSite, sends: bool) -> None:
    server = {"mail_url": SecretStr(f"smtp://127.0.0.1:{find_port()}"), "mail_from": "board@example.org"}
    site = await open_site(server if sends else {})
    assert (await invite(site, email="ben@example.org"))["mailed"] is sends
    again = await register(site, "Carla")
    board = await again.post("/boards", {"title": "Other"})
    by_link = await again.post(f"/boards/{board['id']}/invitations", {"role": "viewer"})
    assert by_link["mailed"] is False, "a link alone goes to nobody"
