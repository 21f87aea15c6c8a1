"""Groups in each of the shapes that providers write them, and in the settings that name them."""

from typing import Any

import pytest

from board.domain.groups import split_groups, split_pairs
from board.domain.provider import Provider
from board.oidc.groups import describe, read_groups

ZITADEL = "urn:zitadel:iam:org:project:roles"
ENTRY = "cn=admins,ou=groups,dc=example,dc=org"


def make_provider(**more: Any) -> Provider:
    return Provider("sso", "https://sso.example", "board", "hush", "SSO", **more)


@pytest.mark.parametrize(
    ("path", "claims", "groups"),
    [
        ("groups", {}, None),
        ("groups", {"groups": None}, None),
        ("groups", {"groups": 7}, {"7"}),
        ("groups", {"groups": True}, None),
        ("groups", {"groups": []}, set()),
        ("groups", {"groups": {}}, set()),
        ("groups", {"groups": ""}, set()),
        ("groups", {"groups": "staff"}, {"staff"}),
        ("groups", {"groups": "staff root"}, {"staff", "root"}),
        ("groups", {"groups": "Domain Users, root;ops"}, {"Domain Users", "root", "ops"}),
        ("groups", {"groups": ENTRY}, {ENTRY}),
        ("groups", {"groups": '["staff", "A, B"]'}, {"staff", "A, B"}),
        ("groups", {"groups": ["staff", "", 7, None, "root"]}, {"staff", "7", "root"}),
        ("groups", {"groups": ["Domain Users", "A, B"]}, {"Domain Users", "A, B"}),
        ("groups", {"groups": [True, [], {"members": 3}]}, None),
        ("groups", {"groups": [{"name": "staff", "id": 1}, {"display": "ops"}, {"id": "x9"}]}, {"staff", "ops", "x9"}),
        ("groups", {"groups": {"id": 1, "name": "staff"}}, {"staff"}),
        ("groups", {"groups": {"roles": ["staff"]}}, None),
        (ZITADEL, {ZITADEL: {"admin": {"17": "a.example"}, "dev": {"17": "a.example"}}}, {"admin", "dev"}),
        (ZITADEL, {ZITADEL: [{"admin": {"17": "a.example"}}, {"dev": {"18": "b.example"}}]}, {"admin", "dev"}),
        ("roles", {"roles": {"admin": True, "dev": False, "ops": None}}, {"admin"}),
        ("realm_access.roles", {"realm_access": {"roles": ["admin"]}}, {"admin"}),
        ("realm_access.roles", {"realm_access": ["admin"]}, None),
        ("resource_access.b.example.org.roles", {"resource_access": {"b.example.org": {"roles": ["x"]}}}, {"x"}),
        ("a.b.c", {"a": {"b": {"c": "x"}}}, {"x"}),
        ("a.b.c", {"a": {"b": {}}, "a.b": {"c": "x"}}, {"x"}),
        ("https://example.org/groups", {"https://example.org/groups": ["x"]}, {"x"}),
        ("https://example.org/app.roles", {"https://example.org/app": {"roles": ["x"]}}, {"x"}),
    ],
)  # fmt: skip
def test_groups(path: str, claims: dict[str, Any], groups: set[str] | None) -> None:
    assert read_groups(make_provider(groups_claim=path), claims).names == groups


def test_a_group_of_keycloak_by_its_path() -> None:
    claims = {"groups": ["/admins", "/dev/web"]}
    assert read_groups(make_provider(preset="keycloak"), claims).names == {"admins", "dev/web"}
    assert read_groups(make_provider(), claims).names == {"/admins", "/dev/web"}


def test_a_group_is_called_as_the_settings_call_it() -> None:
    provider = make_provider(
        admin_groups=frozenset({"admins", "x9"}), team_groups=((ENTRY, "A"), ("Domain Users", "U"))
    )
    for value, name in (
        (["/admins"], "admins"),
        (["CN=Admins, OU=Groups, DC=example, DC=org"], ENTRY),
        ("Domain Users", "Domain Users"),
        ([{"name": "staff", "id": "x9"}], "x9"),
    ):
        assert read_groups(provider, {"groups": value}).names == {name}
    assert read_groups(provider, {"groups": ["Admins", "people/admins"]}).names == {"Admins", "people/admins"}


def test_groups_that_microsoft_leaves_out() -> None:
    for claims in ({"_claim_names": {"groups": "src1"}}, {"hasgroups": True}, {"hasgroups": "true"}):
        found = read_groups(make_provider(), claims)
        assert (found.names, found.shape) == (None, "left out, since there are too many for a token")


def test_what_is_told_of_a_shape_names_nobody() -> None:
    for value, shape in (
        (["carla@example.org"], "a list of text"),
        ([], "empty"),
        ([{"id": 1}, "x", 2], "a list of a number and an object with id and text"),
        ({"roles": ["x"], "carla@example.org": ["x"]}, "an object with roles"),
        ({"carla@example.org": 7}, "an object with no names of fields"),
        ({"carla": {}}, "an object of roles"),
        (True, "a truth value"),
    ):
        assert describe(value) == shape


def test_lists_in_lists_are_told_of_however_deep_they_are() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert describe(deep) == "a list of a list"
    assert read_groups(make_provider(), {"groups": deep}).names is None


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("admins, /root", ("admins", "/root")),
        (ENTRY, (ENTRY,)),
        (f"{ENTRY}, root, cn=ops,cn=groups,cn=accounts,dc=x", (ENTRY, "root", "cn=ops,cn=groups,cn=accounts,dc=x")),
        (f'"{ENTRY}", "A, B",ops', (ENTRY, "A, B", "ops")),
        ('["A, B", "ops"]', ("A, B", "ops")),
        (r"cn=a\,b,ou=g,o=x, ops", (r"cn=a\,b,ou=g,o=x", "ops")),
        ("cn=a, cn=b", ("cn=a", "cn=b")),
        ("Bob's, [Team] x", ("Bob's", "[Team] x")),
    ],
)  # fmt: skip
def test_groups_in_settings(text: str, groups: tuple[str, ...]) -> None:
    assert split_groups(text) == groups


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("/dev=Developers, design, *", (("/dev", "Developers"), ("design", "design"), ("*", "*"))),
        (f"{ENTRY}=Admins, ops=Ops", ((ENTRY, "Admins"), ("ops", "Ops"))),
        (ENTRY, ((ENTRY, "admins"),)),
        (f'"{ENTRY}"="A, B"', ((ENTRY, "A, B"),)),
        (f'{{"{ENTRY}": "Admins"}}', ((ENTRY, "Admins"),)),
        (f'["{ENTRY}=Admins", "ops"]', ((ENTRY, "Admins"), ("ops", "ops"))),
        ("a=b=c", (("a=b", "c"),)),
    ],
)
def test_pairs_in_settings(text: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert split_pairs(text) == pairs


@pytest.mark.parametrize("text", ['"admins', 'a"b', "[admins]", "[7]", '[""]', '{"a": "b"}'])
def test_groups_that_can_not_be_read_in_settings(text: str) -> None:
    with pytest.raises(ValueError, match=r"quote|JSON|write"):
        split_groups(text)
