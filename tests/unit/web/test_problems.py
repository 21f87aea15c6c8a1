"""What a wrong request is told: by name, in short, in UTF-8."""

import orjson
import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from board.domain.errors import Conflict, FieldError, Invalid, LimitReached, NotFound, TooManyRequests
from board.wire.problems import ERRORS_MAX, STATUSES, describe_bug, problem, refusal, slug


class Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    tags: list[int] = []


def refuse(value: object) -> Invalid:
    with pytest.raises(ValidationError) as raised:
        Draft.model_validate(value)
    return refusal(raised.value, "body")


def test_fields_go_by_dotted_names_and_the_whole_by_its_own() -> None:
    assert [error.field for error in refuse({"title": 1, "tags": [1, "x"]}).errors] == ["title", "tags.1"]
    assert [error.field for error in refuse([]).errors] == ["body"]


def test_a_refusal_is_short_however_much_was_wrong() -> None:
    errors = refuse({f"{number}" * 1000: 1 for number in range(5000)}).errors
    assert len(errors) == ERRORS_MAX
    assert max(len(error.field) for error in errors) <= 200


def test_a_name_that_utf8_cannot_write_is_told_all_the_same() -> None:
    orjson.dumps(problem(refuse({"title": "x", "\ud800": 1})))


def test_an_error_has_the_status_of_its_nearest_kin() -> None:
    assert [problem(error)["status"] for error in (Conflict("x"), LimitReached("x"), NotFound("task"))] == [
        409,
        409,
        404,
    ]
    assert problem(TooManyRequests(7))["detail"] == "Too many requests. Try again in 7 seconds."
    assert problem(TooManyRequests(7, "attempts"))["detail"] == "Too many attempts. Try again in 7 seconds."
    assert problem(Invalid(FieldError("a", "b")))["errors"] == [
        {"field": "a", "message": "b", "code": "invalid"}
    ]


def test_an_error_has_a_code_that_programs_may_rely_on() -> None:
    found = (
        Conflict("x"),
        LimitReached("x"),
        NotFound("task"),
        TooManyRequests(7),
        Conflict("x", code="last_owner"),
    )
    assert [problem(error)["code"] for error in found] == [
        "conflict",
        "limit_reached",
        "not_found",
        "too_many_requests",
        "last_owner",
    ]
    assert describe_bug()["code"] == "internal_error"


def test_every_type_is_an_address_of_its_own() -> None:
    addresses = {slug(title) for _, title in STATUSES.values()}
    assert len(addresses) == len(STATUSES)
    assert all(address.replace("-", "").isalpha() for address in addresses)
