import pytest
from flask import Flask

from board.domain.diagnosis import State
from board.web import secure_context


@pytest.mark.parametrize(
    ("address", "secure"),
    [
        ("http://localhost:8000/", True),
        ("http://board.localhost/", True),
        ("http://127.0.0.1:8000/", True),
        ("http://127.9.9.9/", True),
        ("http://[::1]:8000/", True),
        ("https://board.lan/", True),
        ("http://board.lan/", False),
        ("http://192.168.1.20:8000/", False),
        ("http://[fd00::20]:8000/", False),
        ("http://localhost.example.org/", False),
    ],
)
def test_browsers_give_all_functions_over_tls_and_on_the_machine_itself(address: str, secure: bool) -> None:
    with Flask(__name__).test_request_context(base_url=address):
        assert secure_context.is_secure_context() is secure
        found = secure_context.list_findings()
    assert [finding.state for finding in found] == ([] if secure else [State.NOTE])
