"""UUIDv7: the version and variant bits, and the order in time."""

from uuid import RFC_4122, UUID

from board.domain.ids import new_id


def test_an_id_is_a_version_7_uuid_in_canonical_form() -> None:
    value = new_id()
    assert str(UUID(value)) == value
    assert UUID(value).version == 7
    assert UUID(value).variant == RFC_4122


def test_ids_of_later_milliseconds_sort_later() -> None:
    first = new_id()
    while (later := new_id())[:13] == first[:13]:
        pass
    assert first < later


def test_ids_do_not_repeat() -> None:
    assert len({new_id() for _ in range(10_000)}) == 10_000
