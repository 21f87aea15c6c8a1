"""Access and refresh tokens: only what was made here, with this key and for this purpose, is one."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from board.domain.account import Grant, Scope
from board.domain.ids import new_id, now
from board.security import access_tokens
from board.security.access_tokens import AUDIENCE, HEADER, GrantTokens

SECRET = "a key for tests only, 32 characters or more"
TOKENS = GrantTokens(SECRET, "https://board.test", timedelta(minutes=10))


def make_grant(**more):
    at = now()
    return Grant(
        **{
            "id": new_id(),
            "user_id": new_id(),
            "name": "x",
            "scopes": ("read", "write"),
            "secret_hash": "",
            "created_at": at,
            "expires_at": at + timedelta(days=1),
            "used_at": None,
        }
        | more
    )


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def forge(header=None, key=None, **changes):
    """A token with the right key unless told, and some things changed; None leaves a claim out."""
    grant, at = make_grant(), int(now().timestamp())
    claims = {"iss": TOKENS.issuer, "aud": AUDIENCE, "sub": grant.user_id, "sid": grant.id, "scope": "read"}
    claims |= {"iat": at, "exp": at + 600, "jti": new_id()} | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    signed = f"{encode(HEADER if header is None else header)}.{encode(claims)}"
    mac = hmac.digest(TOKENS._key.raw_value if key is None else key, signed.encode(), hashlib.sha256)
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def test_what_was_signed_is_read_back():
    grant = make_grant()
    token, expires_at = TOKENS.sign(grant, now())
    access = TOKENS.read(token)
    assert (access.grant_id, access.user_id, access.expires_at) == (grant.id, grant.user_id, expires_at)
    assert access.scopes == {Scope.READ, Scope.WRITE}
    assert TOKENS.claims(token)
    assert TOKENS.read(forge()) is not None, "the forger of these tests makes a token that would pass"


def test_an_access_token_does_not_outlive_its_grant():
    grant = make_grant(expires_at=now() + timedelta(minutes=2))
    _, expires_at = TOKENS.sign(grant, now())
    assert expires_at <= grant.expires_at


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.test"},
        {"iss": None},
        {"aud": "something else"},
        {"aud": [AUDIENCE, "another"]},
        {"aud": None},
        {"sub": "nobody"},
        {"sub": 5},
        {"sid": None},
        {"exp": 0},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"exp": 1e300},
        {"iat": None},
        {"iat": 9_999_999_999},
    ],
    ids=str,
)
def test_a_claim_that_will_not_do(changes):
    assert TOKENS.read(forge(**changes)) is None


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "typ": "at+jwt"},
        {"alg": "HS512", "typ": "at+jwt"},
        {"alg": "HS256", "typ": "JWT"},
        {"alg": "HS256"},
        HEADER | {"crit": ["exp"]},
        HEADER | {"crit": []},
        HEADER | {"kid": "../../dev/null"},
        HEADER | {"jwk": {"kty": "oct", "k": "AAAA"}},
        HEADER | {"b64": False},
        HEADER | {"zip": "DEF"},
        [],
        "at+jwt",
    ],
    ids=str,
)
def test_a_header_of_its_own_is_not_heeded(header):
    assert TOKENS.read(forge(header)) is None


def test_another_key_makes_no_token():
    foreign = GrantTokens(SECRET.upper(), TOKENS.issuer, TOKENS.lifetime)
    token, _ = foreign.sign(make_grant(), now())
    assert TOKENS.read(token) is None
    for key in (SECRET.encode(), b"", hashlib.sha256(SECRET.encode()).digest()):
        assert TOKENS.read(forge(key=key)) is None


def test_a_signature_is_needed_whole():
    head, body, _ = forge().split(".")
    for wrong in (
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{head}.{body}.AAAA",
        f"{head}..x",
        "..",
        "",
        "a.b.c",
    ):
        assert TOKENS.read(wrong) is None
        assert TOKENS.claims(wrong) is (wrong.startswith(f"{head}.{body}."))


def test_a_huge_token_is_not_even_parsed(monkeypatch):
    monkeypatch.setattr(access_tokens, "_part", lambda *_: pytest.fail("it was parsed"))
    huge = forge() + "A" * 4096
    assert TOKENS.read(huge) is None
    assert TOKENS.claims(huge) is False
    assert TOKENS.read_refresh("br_" + "A" * 4096) is None


def test_refresh_tokens_prove_where_they_come_from():
    id = new_id()
    one, two = TOKENS.make_refresh(id), TOKENS.make_refresh(id)
    assert one != two
    assert TOKENS.read_refresh(one) == TOKENS.read_refresh(two) == id
    other = new_id()
    wrong = [
        one.replace(id, other),
        one[:-1] + ("A" if one[-1] != "A" else "B"),
        one + "A",
        one[:-22],
        one.removeprefix("br_"),
        f"br_{id}.{'A' * 65}",
        GrantTokens(SECRET[1:] + "x", "", timedelta(1)).make_refresh(id),
        "",
    ]
    assert [TOKENS.read_refresh(token) for token in wrong] == [None] * len(wrong)
