"""A signed-off story goes out, and comes back: the shelf of files and the stories channel."""

from collections import defaultdict
from datetime import datetime
from threading import Lock

from bot.clock import Clock
from bot.settings import Settings
from bot.slack.gateway import Gateway
from bot.store.engine import Store
from bot.stories import service, views
from bot.stories.models import Transcript
from bot.stories.shelf import Shelf


class Publisher:
    """Steps of putting out and taking back; each bears repeating."""

    def __init__(self, *, store: Store, gateway: Gateway, settings: Settings, clock: Clock) -> None:
        self._store, self._gateway, self._clock = store, gateway, clock
        self._channel = settings.stories_channel
        self._shelf = Shelf(settings.published_dir)
        # Putting out and taking back the same story wait for each other: a slow post must not arrive after the sweep.
        self._turn: defaultdict[str, Lock] = defaultdict(Lock)

    def put_out(self, transcript_id: str) -> bool:
        """Puts the story on the shelf, then in the channel; False if its leader's permission is not there (any more).

        Permission is asked before every part, and once more after the last: whoever took it back in between
        would otherwise be published by a hair's breadth. What an earlier try left behind is taken back as well.
        """
        with self._turn[transcript_id]:
            story = self._to_share(transcript_id)
            if story is not None:
                self._put_everywhere(transcript_id, *story)
            if self._to_share(transcript_id) is not None:
                return True
        self.take_from_shelf(transcript_id)
        self.take_from_channel(transcript_id)
        return False

    def _put_everywhere(self, transcript_id: str, name: str, text: str, workspace: str) -> None:
        channel = self.channel_id()
        self._shelf.put(name, views.story_markdown(name=name, text=text, moment=self._clock()))
        for page, message in enumerate(views.story_messages(text)):
            if self._to_share(transcript_id) is None:
                return
            self._gateway.post_once(f"{_key(name)}{page}", message, workspace=workspace, channel=channel)

    def channel_id(self) -> str:
        """The stories channel's id."""
        return self._gateway.channel_id(self._channel)

    def take_from_shelf(self, transcript_id: str) -> bool:
        """Deletes the story's file; whether the story had been out."""
        with self._turn[transcript_id]:
            out = self._out(transcript_id)
            if out is None:
                return False
            name, _, published_at = out
            self._shelf.take_away(name)
            return published_at is not None

    def take_from_channel(self, transcript_id: str) -> None:
        """Deletes the story's messages."""
        with self._turn[transcript_id]:
            out = self._out(transcript_id)
            if out is not None:
                name, workspace, _ = out
                self._gateway.delete_posts(_key(name), workspace=workspace)

    def _to_share(self, transcript_id: str) -> tuple[str, str, str] | None:
        """Name, text and workspace of the story if it may be shown at this moment."""
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            story = service.story_of(session, transcript)
            allowed = service.may_share(session, workspace=transcript.workspace, transcript_id=transcript_id)
            return (story.name, story.text, story.workspace) if story is not None and allowed else None

    def _out(self, transcript_id: str) -> tuple[str, str, datetime | None] | None:
        with self._store.session() as session:
            story = service.story_of(session, session.get_one(Transcript, transcript_id))
            return (story.name, story.workspace, story.published_at) if story is not None else None


def _key(name: str) -> str:
    return f"story:{name}:"
