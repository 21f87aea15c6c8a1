"""Where a person may be led after signing in."""

from urllib.parse import urljoin, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from board.web.sign_in import _LOCAL


@given(st.text(alphabet="/\\@:.?#%ax \t\n\r\x00", max_size=12))
@example("/boards/1?task=2#x")
@example("//evil.example")
@example("/\t/evil.example")
@example("/\\evil.example")
def test_what_passes_stays_on_this_site(path):
    if not _LOCAL.fullmatch(path):
        return
    as_browsers_read_it = "".join(c for c in path if c not in "\t\r\n").replace("\\", "/")
    assert urlsplit(urljoin("https://board.example.org/sign-in", as_browsers_read_it)).netloc == (
        "board.example.org"
    )


def test_ordinary_paths_pass():
    for path in ("/", "/profile", "/boards/018f?task=12", "/a//b", "/é"):
        assert _LOCAL.fullmatch(path)
