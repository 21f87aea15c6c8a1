"""Signing in by providers that Debian has and nobody here wrote: run by `make providers`, which unpacks them."""

from collections.abc import Callable

import pytest

from tests.fixtures.server import Server
from tests.providers.glewlwyd import Glewlwyd
from tests.providers.lemonldap import LemonLdap
from tests.providers.scenes import Scene, see_a_wrong_secret_named, see_people_come_and_go

pytestmark = pytest.mark.usefixtures("open_scene")


@pytest.mark.parametrize("kind", [Glewlwyd, LemonLdap])
def test_people_come_by_it_and_go_out_by_it(
    kind: type, open_scene: Callable[..., Scene], start_server: Callable[..., Server]
) -> None:
    see_people_come_and_go(open_scene(kind), start_server)


def test_a_wrong_secret_is_named_at_glewlwyd(
    open_scene: Callable[..., Scene], start_server: Callable[..., Server]
) -> None:
    see_a_wrong_secret_named(open_scene(Glewlwyd), start_server, "its secret", "unauthorized_client")


def test_a_wrong_secret_is_named_at_lemonldap(
    open_scene: Callable[..., Scene], start_server: Callable[..., Server]
) -> None:
    page = "its id or its secret there is wrong, or has expired"
    see_a_wrong_secret_named(open_scene(LemonLdap), start_server, page, "invalid_client")
