"""Identity providers that people sign in with, as the operator set them up."""

from dataclasses import dataclass

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K",
    "EdDSA", "Ed25519", "Ed448",
)  # fmt: skip
"""What a token may be signed with: by a key that only the provider has. `none` and HS* never are."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One OpenID Connect provider. `name` is its place in addresses, `label` its place on the button.

    `groups_claim` is the dotted path of the claim with a person's groups, like `realm_access.roles`;
    `admin_groups` make instance administrators; `team_groups` maps a group to the team of that name, and
    `every_group_is_team` takes each group as a team of its own name; `missing_is_none`: who
    has no claim has no groups. `signup`: unknown people get an account;
    `domains` limits that to these domains of their e-mail address. `link_by_email`: a verified address that an
    account here has signs that account in. `trusts_email`: the provider's addresses count as verified even
    if it doesn't say so. `email_claims` and `name_claims` are the paths of claims with a person's address and name, the
    best first; empty for the usual ones. `api_audience`: access tokens for this audience are accepted by the API.
    `authorize_params` are added to the address that a browser is sent to; `response_mode` is how it comes back.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str
    label: str
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    email_claims: tuple[str, ...] = ()
    name_claims: tuple[str, ...] = ()
    groups_claim: str = "groups"
    admin_groups: frozenset[str] = frozenset()
    team_groups: tuple[tuple[str, str], ...] = ()
    every_group_is_team: bool = False
    missing_is_none: bool = False
    signup: bool = True
    domains: frozenset[str] = frozenset()
    link_by_email: bool = False
    trusts_email: bool = False
    sync_profile: bool = True
    api_audience: str = ""
    authorize_params: tuple[tuple[str, str], ...] = ()
    response_mode: str = ""
    client_auth: str = "client_secret_basic"
    id_token_algorithms: tuple[str, ...] = ALGORITHMS
    preset: str = ""

    @property
    def manages_groups(self) -> bool:
        """Whether groups there decide anything here."""
        return bool(self.admin_groups or self.team_groups or self.every_group_is_team)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider has said of a person, in an id_token that was checked: the only thing accounts are made of.

    `email` is None when there is none; `groups` is None when the provider said nothing of groups that can be read, and
    `groups_shape` is how it said it, without anybody's groups; empty where groups decide nothing.
    """

    provider: Provider
    issuer: str
    subject: str
    email: str | None
    email_verified: bool
    name: str | None
    picture: str | None
    groups: frozenset[str] | None
    session_id: str | None
    id_token: str
    groups_shape: str = ""
