"""Fetches a file from Slack, and from nowhere else: the bearer token goes to no other host."""

import logging
from urllib.parse import urljoin, urlsplit

import httpx

from bot.slack.errors import FileAway, FileGone, FileTooBig, NotSlack

log = logging.getLogger("collaborate.slack")

REDIRECTS = 3
MEGABYTE = 1_000_000


class Downloader:
    """Downloads with the bot's token, within a size limit; `api_url` tells real Slack from the sandbox."""

    def __init__(self, *, token: str, api_url: str, max_megabytes: int, timeout: float = 30.0) -> None:
        self._token = token
        self._api = urlsplit(api_url)
        self._max = max_megabytes
        self._timeout = timeout

    def fetch(self, url: str, *, size: int = 0) -> bytes:
        """The file's bytes. NotSlack, FileGone, FileTooBig; FileAway for what may pass (try again later).

        `size` is what Slack says of the file in bytes: a web page of exactly that size is the file itself, and any
        other is Slack's sign-in page.
        """
        try:
            with httpx.Client(timeout=self._timeout, follow_redirects=False, trust_env=not self.is_sandbox) as client:
                return self._follow(client, url, size)
        except httpx.HTTPError as error:
            log.warning("a download did not get through: %s", type(error).__name__)
            raise FileAway() from error

    def trusts(self, url: str) -> bool:
        """Whether the address is Slack's own (or, in the sandbox, the sandbox's own)."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:  # an address that is none
            return False
        if self.is_sandbox:
            return (parts.scheme, parts.netloc) == (self._api.scheme, self._api.netloc)
        host = (parts.hostname or "").lower()
        return parts.scheme == "https" and port in (None, 443) and (host == "slack.com" or host.endswith(".slack.com"))

    @property
    def is_sandbox(self) -> bool:
        """Whether Slack is a sandbox on this machine, which no proxy leads to."""
        return not (self._api.hostname or "").endswith("slack.com")

    def _follow(self, client: httpx.Client, url: str, size: int) -> bytes:
        for _ in range(REDIRECTS + 1):
            if not self.trusts(url):
                raise NotSlack()
            with client.stream("GET", url, headers={"Authorization": f"Bearer {self._token}"}) as response:
                if not response.is_redirect:
                    return self._read(response, size)
                url = urljoin(url, response.headers.get("location", ""))
        raise FileAway()

    def _read(self, response: httpx.Response, size: int) -> bytes:
        if response.status_code in (404, 410):
            raise FileGone()
        if response.status_code != 200:
            raise FileAway()
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > self._max * MEGABYTE:
                raise FileTooBig(megabytes=self._max)
        if len(content) != size and _is_web_page(response, content):
            log.warning("Slack answered a download with its sign-in page: token or files:read scope is wrong")
            raise FileAway()
        return bytes(content)


def _is_web_page(response: httpx.Response, content: bytearray) -> bool:
    """Without a good token or scope Slack answers 200 and its sign-in page."""
    start = bytes(content[:200]).lstrip().lower()
    return response.headers.get("content-type", "").startswith("text/html") or start.startswith(
        (b"<!doctype html", b"<html")
    )
