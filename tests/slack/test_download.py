"""A clip is fetched from Slack and nowhere else, within limits, and each thing that can go wrong has its sentence."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.slack.download import Downloader
from bot.slack.errors import FileAway, FileGone, FileTooBig, NotSlack
from bot.slack.gateway import Gateway

SOUND = b"OggS" + bytes(range(256)) * 20
HAND = {"token": "xoxb-secret", "max_megabytes": 1}


@pytest.fixture
def downloader(sandbox: Sandbox) -> Downloader:
    return Downloader(token=sandbox.bot_token, api_url=sandbox.url, max_megabytes=1)


@pytest.fixture
def url(gateway: Gateway, amina: Person) -> str:
    """Where the bot finds a clip of Amina's."""
    return gateway.file(amina.sends_voice(SOUND).files[0].id).url


def test_a_clip_arrives_byte_for_byte(downloader: Downloader, url: str) -> None:
    assert downloader.fetch(url) == SOUND


@pytest.mark.parametrize(
    "address",
    [
        "https://slack.com/files/x",
        "https://files.slack.com/files-pri/T1-F1/download/clip.ogg",
        "https://FILES.SLACK.COM:443/x",
    ],
)
def test_slacks_own_hosts_are_trusted(address: str) -> None:
    assert Downloader(api_url="https://slack.com/api/", **HAND).trusts(address)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "http://files.slack.com/x",
        "https://files.slack.com:8443/x",
        "https://slack.com.example.org/x",
        "https://notslack.com/x",
        "https://slack.com@example.org/x",
        "https://example.org/slack.com",
        "https://slack.com:port/x",
        "https://[slack.com/x",
        "file:///etc/passwd",
        "//files.slack.com/x",
        "",
    ],
)
def test_every_other_address_is_refused_before_anything_is_sent(address: str) -> None:
    downloader = Downloader(api_url="https://slack.com/api/", **HAND)  # type: ignore[arg-type]
    assert not downloader.trusts(address)
    with pytest.raises(NotSlack, match="isn't kept by Slack"):
        downloader.fetch(address)


def test_in_the_sandbox_only_the_sandbox_is_trusted(sandbox: Sandbox, downloader: Downloader) -> None:
    assert downloader.trusts(f"{sandbox.host_url}/files-pri/x")
    assert not downloader.trusts("https://files.slack.com/x")
    assert not downloader.trusts("http://127.0.0.1:1/x")


@contextmanager
def stranger() -> Iterator[tuple[str, list[str | None]]]:
    """Somebody else's server, and the tokens that it was shown."""
    shown: list[str | None] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.append(self.headers.get("Authorization"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield f"http://127.0.0.1:{server.server_port}/clip.ogg", shown
        server.shutdown()


def test_a_redirect_to_elsewhere_is_not_followed_and_the_token_stays_ours(
    sandbox: Sandbox, downloader: Downloader, url: str
) -> None:
    with stranger() as (elsewhere, shown):
        sandbox.faults.download_redirects(elsewhere)
        with pytest.raises(NotSlack):
            downloader.fetch(url)
    assert shown == []


def test_a_redirect_within_slack_is_followed(sandbox: Sandbox, downloader: Downloader, url: str) -> None:
    sandbox.faults.download_redirects(url)
    assert downloader.fetch(url) == SOUND


def test_a_redirect_without_end_is_given_up(sandbox: Sandbox, downloader: Downloader, url: str) -> None:
    sandbox.faults.download_redirects(url, times=20)
    with pytest.raises(FileAway):
        downloader.fetch(url)


def test_a_web_page_is_not_taken_for_a_clip(sandbox: Sandbox, downloader: Downloader, url: str) -> None:
    sandbox.faults.download_is_html()
    with pytest.raises(FileAway, match="kept your place"):
        downloader.fetch(url)
    assert downloader.fetch(url) == SOUND


def test_a_wrong_token_gets_the_same_page_and_no_clip(sandbox: Sandbox, url: str) -> None:
    with pytest.raises(FileAway):
        Downloader(token="xoxb-wrong", api_url=sandbox.url, max_megabytes=1).fetch(url)


def test_a_file_that_is_too_big_is_refused_with_the_limit(
    downloader: Downloader, gateway: Gateway, amina: Person
) -> None:
    exactly = gateway.file(amina.sends_voice(b"O" * 1_000_000).files[0].id)
    assert len(downloader.fetch(exactly.url)) == 1_000_000
    too_big = gateway.file(amina.sends_voice(b"O" * 1_000_001).files[0].id)
    with pytest.raises(FileTooBig, match="1 MB"):
        downloader.fetch(too_big.url)


def test_a_clip_that_is_gone_is_said(sandbox: Sandbox, downloader: Downloader, url: str) -> None:
    sandbox.faults.download_is_gone()
    with pytest.raises(FileGone):
        downloader.fetch(url)


def test_a_slack_that_cannot_be_reached_is_asked_again_later() -> None:
    nowhere = Downloader(api_url="http://127.0.0.1:9/api/", **HAND)  # type: ignore[arg-type]
    with pytest.raises(FileAway):
        nowhere.fetch("http://127.0.0.1:9/clip.ogg")
