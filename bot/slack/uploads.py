"""Small files from the bot into somebody's chat, and away again: what is sent can be taken back, also after a crash.

Slack's three steps: it gives an address and the file's id, the bytes go there, and the upload is completed into a
conversation. The id is known before anybody can see the file, so that who keeps it first can always delete it.
"""

import logging
from dataclasses import dataclass

import httpx
from slack_sdk import WebClient

from bot.slack.calls import called, patient
from bot.slack.download import Downloader
from bot.slack.errors import NotSlack, SlackAway, SlackRefused

log = logging.getLogger("collaborate.slack")

TIMEOUT = 30.0
GONE = frozenset({"file_not_found", "file_deleted"})
#: the message around a deleted file is only a shell: nothing depends on its going
SHELL = frozenset({"message_not_found", "channel_not_found", "cant_delete_message"})


@dataclass(frozen=True)
class Promised:
    """A file that Slack has promised a place: its id, and the address that takes its bytes once."""

    file_id: str
    address: str


class Uploads:
    """Sends files and deletes them. The downloader knows Slack's own addresses: recordings go to no other host."""

    def __init__(self, client: WebClient, downloader: Downloader) -> None:
        self._client, self._slack = patient(client), downloader

    def promise(self, name: str, size: int) -> Promised:
        """A place for a file of `size` bytes. Nobody sees anything yet. SlackAway, SlackRefused, NotSlack."""
        answer = called(self._client, "files_getUploadURLExternal", filename=name, length=size)
        address = str(answer["upload_url"])
        if not self._slack.trusts(address):
            raise NotSlack()
        return Promised(str(answer["file_id"]), address)

    def deliver(self, promised: Promised, content: bytes, *, title: str, channel: str, text: str) -> None:
        """Puts the file into a conversation, with a line of `text` (mrkdwn). SlackAway, SlackRefused.

        Where Slack's answer to the last step was lost, a look at the file says whether it arrived.
        """
        self._send(promised.address, content)
        try:
            called(
                self._client,
                "files_completeUploadExternal",
                files=[{"id": promised.file_id, "title": title}],
                channel_id=channel,
                initial_comment=text,
            )
        except SlackAway:
            if not self._places(promised.file_id):
                raise

    def delete(self, file_id: str) -> None:
        """Deletes a file of ours and the message around it; one that is gone is no trouble. SlackAway: again."""
        places = self._places(file_id)
        called(self._client, "files_delete", forgiving=GONE, file=file_id)
        for channel, ts in places:
            called(self._client, "chat_delete", forgiving=SHELL, channel=channel, ts=ts)

    def _places(self, file_id: str) -> list[tuple[str, str]]:
        """The messages (channel, ts) that carry a file."""
        file = called(self._client, "files_info", forgiving=GONE, file=file_id).get("file", {})
        shares = [place for kind in file.get("shares", {}).values() for place in kind.items()]
        return [(channel, share["ts"]) for channel, where in shares for share in where]

    def _send(self, address: str, content: bytes) -> None:
        try:
            proxies = not self._slack.is_sandbox
            with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=proxies) as client:
                answer = client.post(address, content=content)
        except httpx.HTTPError as error:
            log.warning("an upload did not get through: %s", type(error).__name__)
            raise SlackAway() from error
        if answer.status_code >= 500:
            raise SlackAway()
        if answer.status_code != 200:
            raise SlackRefused(code=f"upload {answer.status_code}")
