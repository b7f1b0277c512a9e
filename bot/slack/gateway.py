"""Everything the bot says to Slack unasked goes through here: at most once, and safe to repeat after a crash."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from bot.clock import Clock, system_clock
from bot.slack.errors import FileGone, SlackAway, SlackRefused
from bot.slack.models import FileFact, Message, Post, Posted
from bot.store.engine import Store

log = logging.getLogger("collaborate.slack")

EVENT_TYPE = "collaborate_post"
#: a message or a channel that is gone needs no deleting and no edit
ALREADY_SO = frozenset({"message_not_found", "channel_not_found"})
#: what a workspace's rules may refuse for ever: an edit is only talk, and never holds anything up
NO_EDIT = frozenset({"edit_window_closed", "cant_update_message"})
PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class Gateway:
    """Posts, edits and deletes the bot's own messages, and looks files up."""

    def __init__(self, client: WebClient, store: Store, clock: Clock = system_clock) -> None:
        self._store, self._clock = store, clock
        # The client of its own has no retry after a broken connection: the message may have arrived.
        self._client = WebClient(
            token=client.token, base_url=client.base_url, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=3)]
        )

    def post_once(self, key: str, message: Message, *, workspace: str, channel: str) -> Posted:
        """Posts a message exactly once a key, however often this is called.

        The intent is committed before sending. Whoever finds an intent without an answer (a crash, a lost
        connection) looks in the channel for the key, which travels in the message's metadata, before sending.
        SlackAway where Slack can't be reached: call again.
        """
        post, ours = self._intend(key, workspace, channel)
        if post.ts:
            return Posted(post.channel, post.ts)
        ts = None if ours else self._look_for(post)
        if ts is None:
            ts = self._call("chat_postMessage", **_body(post.channel, message), **_metadata(key))["ts"]
        with self._store.session() as session:
            stored = session.get_one(Post, post.id)
            stored.ts = ts
        return Posted(post.channel, ts)

    def edit(self, posted: Posted, message: Message) -> None:
        """Replaces what a message of ours says; a message that is gone stays gone."""
        self._call("chat_update", forgiving=ALREADY_SO | NO_EDIT, ts=posted.ts, **_body(posted.channel, message))

    def delete(self, posted: Posted) -> None:
        """Deletes a message of ours; a message that is gone is no trouble."""
        self._call("chat_delete", forgiving=ALREADY_SO, channel=posted.channel, ts=posted.ts)

    def find_post(self, key: str, *, workspace: str) -> Posted | None:
        """Where the message with this key is; one that was sent but not noted is looked for in Slack."""
        with self._store.session() as session:
            post = _by_key(session, workspace, key)
        if post is None:
            return None
        ts = post.ts or self._look_for(post)
        return Posted(post.channel, ts) if ts else None

    def delete_posts(self, prefix: str, *, workspace: str) -> None:
        """Deletes every message of ours whose key starts so, also one that was sent but not noted."""
        with self._store.session() as session:
            wanted = select(Post).where(Post.workspace == workspace, col(Post.key).startswith(prefix, autoescape=True))
            posts = list(session.exec(wanted))
        for post in posts:
            ts = post.ts or self._look_for(post)
            if ts:
                self.delete(Posted(post.channel, ts))
            with self._store.session() as session:
                session.exec(delete(Post).where(col(Post.workspace) == workspace, col(Post.id) == post.id))

    def direct(self, slack_id: str) -> str:
        """The id of the bot's DM with a person."""
        return str(self._call("conversations_open", users=slack_id)["channel"]["id"])

    def channel_id(self, name: str) -> str:
        """The id of a public channel by its name or id, joined if need be; SlackRefused where there is none."""
        for page in self._pages("conversations_list", types="public_channel", exclude_archived=True):
            for channel in page["channels"]:
                if name.removeprefix("#") in (channel["name"], channel["id"]):
                    if not channel.get("is_member"):
                        self._call("conversations_join", channel=channel["id"])
                    return str(channel["id"])
        raise SlackRefused(code="channel_not_found")

    def file(self, file_id: str) -> FileFact:
        """What Slack knows of a file now; FileGone if it was deleted."""
        try:
            return FileFact.read(self._call("files_info", file=file_id)["file"])
        except SlackRefused as error:
            if error.facts["code"] in ("file_not_found", "file_deleted"):
                raise FileGone() from error
            raise

    def _intend(self, key: str, workspace: str, channel: str) -> tuple[Post, bool]:
        with self._store.session() as session:
            try:
                with session.begin_nested():
                    post = Post(workspace=workspace, key=key, channel=channel, made_at=self._clock())
                    session.add(post)
                return post, True
            except IntegrityError:
                found = _by_key(session, workspace, key)
                assert found is not None, "the key is taken, so its row is there"
                return found, False

    def _look_for(self, post: Post) -> str | None:
        """The message with this key, newest first, in a channel that may be gone by now."""
        since = (post.made_at - timedelta(minutes=5)).timestamp()
        where = {"channel": post.channel, "oldest": f"{since:.6f}", "include_all_metadata": True}
        for page in self._pages("conversations_history", forgiving=ALREADY_SO, **where):
            for message in page.get("messages", []):
                if message.get("metadata", {}).get("event_payload", {}).get("key") == post.key:
                    return str(message["ts"])
        return None

    def _pages(self, method: str, *, forgiving: frozenset[str] = frozenset(), **arguments: Any) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            page = self._call(method, forgiving=forgiving, limit=200, cursor=cursor, **arguments)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    def _call(self, method: str, *, forgiving: frozenset[str] = frozenset(), **arguments: Any) -> Any:
        try:
            return getattr(self._client, method)(**arguments)
        except SlackApiError as error:
            code = str(error.response.get("error", ""))
            if code in forgiving:
                return {}
            log.warning("%s was refused: %s", method, code)
            if code in PASSING or error.response.status_code >= 500:
                raise SlackAway() from error
            raise SlackRefused(code=code) from error
        except (SlackClientError, OSError) as error:
            log.warning("%s did not get through: %s", method, type(error).__name__)
            raise SlackAway() from error


def _by_key(session: Session, workspace: str, key: str) -> Post | None:
    return session.exec(select(Post).where(Post.workspace == workspace, Post.key == key)).first()


def _body(channel: str, message: Message) -> dict[str, Any]:
    return {
        "channel": channel,
        "text": message.text,
        "blocks": [block.to_dict() for block in message.blocks],
    }


def _metadata(key: str) -> dict[str, Any]:
    return {
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
        "unfurl_links": False,
        "unfurl_media": False,
    }
