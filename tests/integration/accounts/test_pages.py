"""The pages, as a browser without JavaScript sees them."""

import re
from html import unescape

import pytest

from tests.integration.conftest import PASSWORD

ANNA = {"email": "anna@example.org", "password": PASSWORD}
MARK = "<script>alert(1)</script>"


def alerts(text):
    """The flash messages and field errors of a page."""
    found = re.findall(
        r'class="(?:flash flash--\w+|field__error)"[^>]*>.*?<span[^>]*>(.*?)</span>', text, re.DOTALL
    )
    return [unescape(one) for one in found]


async def test_a_fresh_server_leads_to_the_first_account(http, post_form):
    home = await http.get("/", follow_redirects=True)
    assert home.url.path == "/register"
    assert "looks after this board server" in home.text
    made = await post_form(http, "/register", name="Anna", **ANNA)
    assert (made.status_code, made.headers["Location"]) == (303, "/")
    page = await http.get("/")
    assert alerts(page.text) == ["Welcome, Anna."]
    assert (await http.get("/api/v1/me")).json()["is_admin"]
    assert alerts((await http.get("/")).text) == []


@pytest.mark.parametrize(
    "path", ["/sign-in", "/register", "/forgot", "/profile", "/confirm", "/verify/nothing"]
)
async def test_a_head_is_answered_as_a_get_without_its_body(anna, http, path):
    head, whole = await http.head(path), await http.get(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers.get("Location") == whole.headers.get("Location")


async def test_signing_in_leads_back_to_where_one_was(anna, http, post_form):
    board = await anna.post("/boards", {"title": "Board"})
    wanted = f"/boards/{board['id']}?task=12"
    asked = await http.get(wanted)
    assert asked.status_code == 302
    signed = await post_form(http, asked.headers["Location"], **ANNA)
    assert (signed.status_code, signed.headers["Location"]) == (303, wanted)
    assert (await http.get(wanted)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\/evil.example/",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "",
    ],
)
async def test_signing_in_leads_to_no_other_site(anna, http, post_form, path):
    await http.get("/sign-in")
    shown = await http.get("/sign-in", params={"next": path})
    signed = await post_form(http, str(shown.url), **ANNA)
    assert (signed.status_code, signed.headers["Location"]) == (303, "/")
    already = await http.get("/sign-in", params={"next": path})
    assert (already.status_code, already.headers["Location"]) == (302, "/")


async def test_a_wrong_password_is_said_once_above_the_form(anna, http, post_form):
    answer = await post_form(http, "/sign-in", email=ANNA["email"], password="not the password")
    assert answer.status_code == 422
    assert alerts(answer.text) == ["This e-mail address and password don't belong together."]
    assert 'value="anna@example.org"' in answer.text
    assert "not the password" not in answer.text


async def test_each_wrong_field_says_why(http, post_form):
    answer = await post_form(http, "/register", name="", email="anna", password="short")
    assert answer.status_code == 422
    assert alerts(answer.text) == ["Fill this in.", "Give an e-mail address like anna@example.org."]
    answer = await post_form(http, "/register", name="x" * 101, email=ANNA["email"], password="short")
    assert alerts(answer.text) == ["Use at most 100 characters."]
    answer = await post_form(http, "/register", name="Anna", email=ANNA["email"], password="short")
    assert alerts(answer.text) == ["Use at least 10 characters."]


async def test_every_text_field_tells_how_much_it_takes(anna, http):
    own, open_pages = ("/", "/profile", "/admin/people", "/admin/teams"), ("/sign-in", "/register")
    pages = {path: (await anna.http.get(path)).text for path in own}
    anna.http.cookies.clear()
    pages |= {path: (await http.get(path)).text for path in open_pages}
    for path, page in pages.items():
        fields = re.findall(
            r'<input(?=[^>]*type="(?:text|email|password|search)")[^>]*>|<textarea[^>]*>', page
        )
        assert fields, path
        assert [field for field in fields if "data-limit=" not in field and "readonly" not in field] == []


async def test_a_taken_address_is_said_at_its_field(anna, http, post_form):
    answer = await post_form(http, "/register", name="Eve", email="anna@example.org", password=PASSWORD)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


async def test_signing_out(anna, post_form):
    page = await anna.http.get("/")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    answer = await anna.http.post("/sign-out", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert alerts((await anna.http.get("/sign-in")).text) == ["You have signed out."]
    assert (await anna.http.get("/", follow_redirects=False)).status_code == 302


async def test_the_profile_changes_name_and_address(anna, post_form):
    answer = await post_form(anna.http, "/profile", action="profile", name="Anna B.", email="ab@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/profile")
    page = await anna.http.get("/profile")
    assert alerts(page.text) == ["Your profile is saved."]
    assert '<h1 dir="auto">Anna B.</h1>' in page.text
    wrong = await post_form(anna.http, "/profile", action="profile", name="", email="ab@example.org")
    assert wrong.status_code == 422
    assert alerts(wrong.text) == ["Fill this in."]
    assert 'id="profile-name-error"' in wrong.text


async def test_the_profile_changes_the_password(anna, open_client, post_form):
    other = open_client()
    await other.post("/api/v1/session", json=ANNA)
    fields = {"action": "password", "current_password": PASSWORD, "password": "a much better battery"}
    wrong = await post_form(anna.http, "/profile", **fields | {"current_password": "not the one"})
    assert alerts(wrong.text) == ["This is not your current password."]
    answer = await post_form(anna.http, "/profile", **fields)
    assert answer.status_code == 303
    assert (await other.get("/api/v1/me")).status_code == 401
    assert (await anna.http.get("/profile")).status_code == 200


async def test_the_profile_shows_a_new_token_once(anna, http, post_form):
    fields = {"action": "token", "name": MARK, "scopes": ["read"], "expires_in_days": "30"}
    answer = await post_form(anna.http, "/profile", **fields)
    assert answer.status_code == 200
    token = re.search(r'id="new-token">(bt_[^<]+)<', answer.text)[1]
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await http.get("/api/v1/me", headers=bearer)).status_code == 200
    page = await anna.http.get("/profile")
    assert token not in page.text
    assert MARK not in page.text
    id = re.search(r'name="token_id" value="([^"]+)"', page.text)[1]
    revoked = await post_form(anna.http, "/profile", action="revoke_token", token_id=id)
    assert revoked.status_code == 303
    assert (await http.get("/api/v1/me", headers=bearer)).status_code == 401


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"scopes": []}, "Choose at least one."),
        ({"name": ""}, "Fill this in."),
        ({"expires_in_days": "400"}, "Not a valid choice."),
        ({"expires_in_days": "x"}, "Invalid Choice: could not coerce."),
    ],
)
async def test_the_profile_names_what_is_wrong_with_a_token(anna, post_form, change, says):
    fields = {"action": "token", "name": "x", "scopes": ["read"], "expires_in_days": "30"}
    answer = await post_form(anna.http, "/profile", **fields | change)
    assert answer.status_code == 422
    assert alerts(answer.text) == [says]


async def test_the_profile_ends_sessions(anna, open_client, post_form):
    others = [open_client() for _ in range(3)]
    for other in others:
        await other.post("/api/v1/session", json=ANNA)
    page = await anna.http.get("/profile")
    ids = re.findall(r'name="session_id" value="([^"]+)"', page.text)
    assert len(ids) == 3
    where = page.text.partition('id="sessions"')[2].partition("</section>")[0]
    assert where.count("127.0.0.1") == 4
    assert (
        await post_form(anna.http, "/profile", action="end_session", session_id=ids[0])
    ).status_code == 303
    assert [(await other.get("/api/v1/me")).status_code for other in others].count(401) == 1
    assert (await post_form(anna.http, "/profile", action="end_other_sessions")).status_code == 303
    assert [(await other.get("/api/v1/me")).status_code for other in others].count(401) == 3
    assert (await anna.http.get("/profile")).status_code == 200


@pytest.mark.parametrize("fields", [{}, {"action": "nonsense"}])
async def test_an_unknown_action_is_a_bad_request(anna, post_form, fields):
    assert (await post_form(anna.http, "/profile", **fields)).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "end_session", "session_id": "x"},
        {"action": "end_session", "session_id": "018f0000-0000-7000-8000-000000000001"},
        {"action": "revoke_token", "token_id": "\x00"},
        {"action": "revoke_token", "token_id": "018f0000-0000-7000-8000-000000000001"},
    ],
)
async def test_what_is_not_there_is_not_found(anna, post_form, fields):
    assert (await post_form(anna.http, "/profile", **fields)).status_code == 404


async def test_boards_are_made_listed_and_restored(anna, ben, post_form):
    made = await post_form(anna.http, "/", title=MARK)
    assert made.status_code == 303
    board = await anna.http.get(made.headers["Location"])
    assert board.status_code == 200
    assert MARK not in board.text
    assert "To do" in str(await anna.get(f"{made.headers['Location']}/snapshot"))
    home = await anna.http.get("/")
    assert made.headers["Location"] in home.text
    assert MARK not in home.text
    assert made.headers["Location"] not in (await ben.http.get("/")).text

    id = made.headers["Location"].rpartition("/")[2]
    await anna.patch(f"/boards/{id}", {"archived": True})
    assert "Archived boards (1)" in (await anna.http.get("/")).text
    assert (await post_form(ben.http, "/", action="restore", board_id=id)).status_code == 404
    assert (await post_form(anna.http, "/", action="restore", board_id=id)).status_code == 303
    assert "Archived boards" not in (await anna.http.get("/")).text


async def test_a_board_without_a_name_is_not_made(anna, post_form):
    answer = await post_form(anna.http, "/", title="   ")
    assert answer.status_code == 422
    assert alerts(answer.text) == ["Fill this in."]
    assert (await anna.get("/boards"))["items"] == []


async def test_a_strangers_board_is_no_page(anna, ben):
    board = await anna.post("/boards", {"title": "Secret plans"})
    answer = await ben.http.get(f"/boards/{board['id']}")
    assert answer.status_code == 404
    assert "Secret plans" not in answer.text
    missing = await ben.http.get("/boards/018f0000-0000-7000-8000-000000000001")
    assert missing.status_code == 404


async def test_the_board_page_starts_the_application(anna):
    import json

    board = await anna.post("/boards", {"title": "Board"})
    page = await anna.http.get(f"/boards/{board['id']}")
    boot = json.loads(re.search(r'id="boot"[^>]*>(.*?)</script>', page.text)[1])
    assert boot["board_id"] == board["id"]
    assert boot["role"] == "owner"
    assert boot["me"] == {name: anna.user[name] for name in ("id", "name", "email", "color")}
    answer = await anna.http.post(
        "/api/v1/boards", json={"title": "B"}, headers={"X-CSRFToken": boot["csrf_token"]}
    )
    assert answer.status_code == 201


async def test_names_are_escaped_wherever_they_are_shown(anna, post_form):
    await anna.patch("/me", {"name": MARK})
    board = await anna.post("/boards", {"title": "Board"})
    for path in ("/", "/profile", f"/boards/{board['id']}", "/nothing"):
        page = await anna.http.get(path)
        assert MARK not in page.text, path
        assert "alert(1)" in page.text, path


@pytest.mark.parametrize("path", ["/", "/profile", "/import", "/boards/018f0000-0000-7000-8000-000000000001"])
async def test_strangers_are_asked_to_sign_in(anna, http, path):
    answer = await http.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/sign-in?next={path}"


async def test_a_form_sent_after_the_session_ended_leads_to_the_sign_in(anna, http, post_form):
    page = await anna.http.get("/profile")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    [session] = (await anna.get("/me/sessions"))["items"]
    await anna.delete(f"/me/sessions/{session['id']}")
    answer = await anna.http.post("/profile", data={"action": "profile", "csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


async def test_ids_on_the_profile_are_unique(anna):
    page = await anna.http.get("/profile")
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert sorted(set(ids) - {"csrf_token"}) == sorted(id for id in ids if id != "csrf_token")
