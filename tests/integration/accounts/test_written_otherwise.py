"""The same address and the same password, written as another browser or keyboard writes them."""

import pytest
from argon2 import PasswordHasher

from board.security.passwords import FAST_HASHER
from tests.integration.conftest import PASSWORD

ASCII, LETTERS = "k@xn--bcher-kva.example", "k@bücher.example"
COMPOSED, DECOMPOSED = "gänse im fährbetrieb", "ga\u0308nse im fa\u0308hrbetrieb"


@pytest.mark.parametrize("registered", [ASCII, LETTERS])
@pytest.mark.parametrize("typed", [ASCII, LETTERS, "K@BÜCHER.EXAMPLE", "k@bu\u0308cher.example"])
async def test_an_address_of_another_script_signs_in(http, open_client, registered, typed):
    new = {"email": registered, "name": "Käthe", "password": PASSWORD}
    made = await http.post("/api/v1/users", json=new)
    assert (made.status_code, made.json()["email"]) == (201, LETTERS)
    answer = await open_client().post("/api/v1/session", json={"email": typed, "password": PASSWORD})
    assert answer.status_code == 200
    again = await open_client().post("/api/v1/users", json={**new, "email": typed})
    assert again.status_code == 409


async def test_an_address_in_ascii_is_added_to_a_board(anna, http):
    await http.post("/api/v1/users", json={"email": LETTERS, "name": "Käthe", "password": PASSWORD})
    board = await anna.post("/boards", {"title": "Garden"})
    member = await anna.post(f"/boards/{board['id']}/members", {"email": ASCII, "role": "editor"})
    assert member["name"] == "Käthe"


@pytest.mark.parametrize("email", ["a@corp.local", "root@localhost", "a@printer"])
async def test_addresses_of_a_private_network_are_addresses(http, open_client, email):
    made = await http.post("/api/v1/users", json={"email": email, "name": "A", "password": PASSWORD})
    assert made.status_code == 201
    answer = await open_client().post("/api/v1/session", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200


@pytest.mark.parametrize(("chosen", "typed"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)])
async def test_a_password_is_the_same_however_its_letters_are_composed(http, open_client, chosen, typed):
    new = {"email": "anna@example.org", "name": "Anna", "password": chosen}
    assert (await http.post("/api/v1/users", json=new)).status_code == 201
    sign_in = {"email": "anna@example.org", "password": typed}
    assert (await open_client().post("/api/v1/session", json=sign_in)).status_code == 200


async def test_a_password_hashed_as_it_was_typed_still_opens(http, open_client, sql):
    new = {"email": "anna@example.org", "name": "Anna", "password": PASSWORD}
    await http.post("/api/v1/users", json=new)
    hasher: PasswordHasher = FAST_HASHER
    await sql("UPDATE users SET password_hash = :hash", hash=hasher.hash(DECOMPOSED))
    sign_in = {"email": "anna@example.org", "password": DECOMPOSED}
    assert (await open_client().post("/api/v1/session", json=sign_in)).status_code == 200
