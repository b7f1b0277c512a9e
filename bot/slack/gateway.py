"""Everything the bot says to Slack unasked goes through here: at most once, and safe to repeat after a crash."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.models.views import View
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from bot.clock import Clock, system_clock
from bot.slack.calls import called, patient
from bot.slack.errors import FileGone, SlackRefused
from bot.slack.models import FileFact, Message, Post, Posted
from bot.store.engine import Store

EVENT_TYPE = "collaborate_post"
#: a message or a channel that is gone needs no deleting and no edit
ALREADY_SO = frozenset({"message_not_found", "channel_not_found"})
#: what a workspace's rules may refuse for ever: an edit is only talk, and never holds anything up
NO_EDIT = frozenset({"edit_window_closed", "cant_update_message"})


class Gateway:
    """Posts, edits and deletes the bot's own messages, and looks files up."""

    def __init__(self, client: WebClient, store: Store, clock: Clock = system_clock) -> None:
        self._store, self._clock = store, clock
        self._client = patient(client)

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

    def edit(self, posted: Posted, message: Message) -> bool:
        """Replaces what a message of ours says; a message that is gone stays gone. False where the workspace's rules
        allow no edit any more."""
        try:
            self._call("chat_update", forgiving=ALREADY_SO, ts=posted.ts, **_body(posted.channel, message))
        except SlackRefused as refusal:
            if refusal.facts["code"] not in NO_EDIT:
                raise
            return False
        return True

    def show_in_window(self, view_id: str, view: View) -> None:
        """Replaces what an open modal of ours says; one that was closed stays closed."""
        self._call("views_update", forgiving=frozenset({"not_found"}), view_id=view_id, view=view.to_dict())

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
        for post in self._posts(prefix, workspace):
            ts = post.ts or self._look_for(post)
            if ts:
                self.delete(Posted(post.channel, ts))
            with self._store.session() as session:
                session.exec(delete(Post).where(col(Post.workspace) == workspace, col(Post.id) == post.id))

    def count_posts(self, prefix: str, *, workspace: str) -> int:
        """How many messages of ours have a key that starts so, sent or about to be."""
        return len(self._posts(prefix, workspace))

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

    def _posts(self, prefix: str, workspace: str) -> list[Post]:
        with self._store.session() as session:
            wanted = select(Post).where(Post.workspace == workspace, col(Post.key).startswith(prefix, autoescape=True))
            return list(session.exec(wanted))

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
        return called(self._client, method, forgiving=forgiving, **arguments)


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
