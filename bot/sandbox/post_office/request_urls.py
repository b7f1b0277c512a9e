"""The other kind of line: the app's own web server, to which everything is posted and signed.

Events come as JSON, interactions as the form field `payload`, commands as a form; the answer to the request is the ack.
Sources: docs.slack.dev/apis/events-api (challenge, redirects, retries), docs.slack.dev/authentication/
verifying-requests-from-slack (signature).
"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlencode, urljoin

from bot.sandbox.errors import Undelivered
from bot.sandbox.post_office.envelopes import Delivery
from bot.sandbox.post_office.traffic import Traffic
from bot.sandbox.workspace.ids import Ids
from bot.sandbox.workspace.manifest import RequestUrls, is_loopback
from bot.sandbox.workspace.outside import json_from

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

Json = dict[str, Any]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
#: Slack follows this many redirects of a request URL
MOST_REDIRECTS = 2


class Office(Protocol):
    """Whoever is told what became of an envelope."""

    def acknowledged(self, envelope_id: str, answer: Json | None) -> None:
        """The app got it, and answers this."""

    def failed(self, envelope_id: str, reason: str, again: bool = True) -> None:
        """It did not get it; `again`: the app does not forbid another try."""


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of X-Slack-Signature: `v0=` and the HMAC-SHA256 of `v0:TIMESTAMP:BODY`, in hexadecimal."""
    signed = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={signed.hexdigest()}"


@dataclass(eq=False)
class RequestLine:
    """The app's request URLs as a line. Every envelope is a request of its own, so this line never breaks."""

    urls: RequestUrls
    secret: str
    office: Office
    ids: Ids
    traffic: Traffic
    seconds: float
    late: str = "http_timeout"
    breaks: bool = False
    leaving: bool = False
    is_verified: bool = False
    _verifying: asyncio.Lock = field(default_factory=asyncio.Lock)
    _under_way: set["asyncio.Task[None]"] = field(default_factory=set)
    _client: "AsyncClient | None" = None

    def written(self, envelope_id: str, delivery: Delivery) -> Json:
        """The address, the headers that say it is a retry, and what is told."""
        retry = {"x-slack-retry-num": str(delivery.attempt), "x-slack-retry-reason": delivery.reason}
        return {"url": self._url_of(delivery), "headers": retry if delivery.attempt else {},
                "payload": delivery.payload}  # fmt: skip

    def carry(self, envelope_id: str, delivery: Delivery, written: Json) -> None:
        """Post it in the background; the answer is the ack."""
        task = asyncio.get_running_loop().create_task(self._carry(envelope_id, delivery, written))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def hang_up(self) -> None:
        """Nothing to end: there is no lasting connection."""

    def open(self) -> None:
        """Get ready to post; loading what that takes must not eat into the three seconds of the first request."""
        import httpx

        # everything stays on this machine, whose own addresses nobody issues certificates for
        self._client = httpx.AsyncClient(timeout=self.seconds, trust_env=False, verify=False)

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._under_way:
            task.cancel()
        if self._client:
            await self._client.aclose()

    async def verify(self) -> bool:
        """Ask the events' request URL for its challenge, as Slack does before it sends anything there."""
        async with self._verifying:
            if not self.is_verified and self.urls.events:
                self.is_verified = await self._challenge()
            return self.is_verified or not self.urls.events

    async def _carry(self, envelope_id: str, delivery: Delivery, written: Json) -> None:
        try:
            if delivery.kind == "events_api" and not await self.verify():
                raise Undelivered("http_error")
            content, kind = _body_of(delivery)
            answered = await self._post(written["url"], content, kind, written["headers"])
        except Undelivered as undelivered:
            self.office.failed(envelope_id, undelivered.reason, undelivered.again)
        else:
            self.office.acknowledged(envelope_id, _ack_in(answered, delivery))

    async def _challenge(self) -> bool:
        wanted = self.ids.secret()
        asked = {"token": "sandbox", "challenge": wanted, "type": "url_verification"}
        exchange = self.traffic.begins("events_api", "url_verification", {"url": self.urls.events, "payload": asked})
        try:
            answered = await self._post(self.urls.events, json.dumps(asked).encode(), JSON, {})
        except Undelivered as undelivered:
            self.traffic.ends(exchange, undelivered.reason)
            return False
        known = _challenge_in(answered) == wanted
        self.traffic.ends(exchange, "ok" if known else "challenge_failed")
        return known

    async def _post(self, url: str, content: bytes, kind: str, more: dict[str, str]) -> "Response":
        """The answer with status 2xx. Undelivered for everything else."""
        for _ in range(MOST_REDIRECTS + 1):
            answered = await self._send(url, content, kind, more)
            if answered.is_success:
                return answered
            if answered.status_code not in (301, 302):
                raise Undelivered("http_error", again=answered.headers.get("x-slack-no-retry") != "1")
            url = _next_address(url, answered.headers.get("location", ""))
        raise Undelivered("too_many_redirects")

    async def _send(self, url: str, content: bytes, kind: str, more: dict[str, str]) -> "Response":
        import httpx

        assert self._client, "opened before anything is carried"
        headers = {**self._signed(content), "Content-Type": kind, "User-Agent": "Slackbot 1.0", **more}
        try:
            return await self._client.post(url, content=content, headers=headers)
        except httpx.TimeoutException:
            raise Undelivered("http_timeout") from None
        except httpx.ConnectError:
            raise Undelivered("connection_failed") from None
        except httpx.HTTPError:
            raise Undelivered("unknown_error") from None

    def _signed(self, content: bytes) -> dict[str, str]:
        """The app checks against its own machine's clock that a request is fresh, so this one timestamp is real."""
        stamp = str(int(time.time()))
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(self.secret, stamp, content)}

    def _url_of(self, delivery: Delivery) -> str:
        if delivery.kind == "events_api":
            return self.urls.events
        if delivery.kind == "slash_commands":
            return self.urls.commands[delivery.payload["command"]]
        if delivery.payload.get("type") == "block_suggestion":
            return self.urls.options or self.urls.interactions
        return self.urls.interactions


def _next_address(url: str, location: str) -> str:
    """Where a redirect leads. Undelivered for another machine, and for what is no address."""
    try:
        following = urljoin(url, location)
    except ValueError:
        raise Undelivered("http_error") from None
    if not is_loopback(following):
        raise Undelivered("http_error")
    return following


def _body_of(delivery: Delivery) -> tuple[bytes, str]:
    """The bytes of a request, and their kind."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), JSON
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload).encode(), FORM
    return urlencode({"payload": json.dumps(delivery.payload)}).encode(), FORM


def _ack_in(answered: "Response", delivery: Delivery) -> Json | None:
    """What the app says in its ack: JSON, or the plain words that answer a command. Events are only acknowledged."""
    if delivery.kind == "events_api" or not answered.content:
        return None
    read = _json_in(answered)
    if isinstance(read, dict):
        return read
    return {"text": answered.text} if delivery.kind == "slash_commands" else None


def _challenge_in(answered: "Response") -> str:
    """The challenge as plain text, a form or JSON."""
    read = _json_in(answered)
    if isinstance(read, dict):
        return str(read.get("challenge", ""))
    return parse_qs(answered.text).get("challenge", [answered.text])[0].strip()


def _json_in(answered: "Response") -> Any:
    try:
        return json_from(answered.content)
    except ValueError:
        return None
