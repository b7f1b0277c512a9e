"""The bytes of a file, whole or in pieces, for who may see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.media import piece_of

from .visitor import Visitor


@pytest.fixture
def sent(sandbox, amina, ben, visits):
    """(Ben's browser, a recording of Amina's in a channel of theirs)."""
    room = sandbox.add_channel("rural", amina, ben)
    amina.sends_file(bytes(range(100)), name="a b.mp3", mimetype="audio/mpeg", channel="rural")
    other = visits(ben)
    return other, other.messages(room.id)[0]["files"][0]["page_url"]


def test_a_file_is_given_whole_to_who_may_see_it(sandbox, sent, visits):
    other, url = sent
    answer = other.http.get(url)
    assert (answer.status_code, answer.content) == (200, bytes(range(100)))
    assert answer.headers["content-type"] == "audio/mpeg" and answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''a%20b.mp3"
    stranger: Visitor = visits(sandbox.person("Chidi Eze"))
    path = url.partition("?")[0]
    assert stranger.http.get(path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content", "says"),
    [
        ("bytes=0-9", 206, bytes(range(10)), "bytes 0-9/100"),
        ("bytes=90-", 206, bytes(range(90, 100)), "bytes 90-99/100"),
        ("bytes=-5", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=95-500", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=9-3", 416, b"", "bytes */100"),
        ("lines=1-2", 200, bytes(range(100)), None),
        ("bytes=0-1,5-6", 200, bytes(range(100)), None),
    ],
)
def test_a_browser_asks_for_pieces(sent, asked, status, content, says):
    other, url = sent
    answer = other.http.get(url, headers={"Range": asked})
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, content, says)


@pytest.mark.parametrize("mimetype", ["text/html", "image/svg+xml", "application/pdf", "application/javascript"])
def test_what_might_be_a_page_is_only_saved(amina, visits, mimetype):
    one = visits(amina)
    amina.sends_file(b"<script>alert(1)</script>", name="x.html", mimetype=mimetype)
    answer = one.http.get(one.messages(amina.direct.id)[0]["files"][0]["page_url"])
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


@given(st.integers(0, 50), st.integers(0, 60), st.integers(0, 60))
def test_a_piece_lies_within_the_file(size, first, last):
    for asked in (f"bytes={first}-{last}", f"bytes={first}-", f"bytes=-{last}"):
        piece = piece_of(asked, size)
        assert piece is None or 0 <= piece.first <= piece.last < size
