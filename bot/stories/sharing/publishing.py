"""A signed-off story goes out, and comes back: the shelf of files with its index, and the stories channel."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from sqlmodel import Session

from bot.clock import Clock
from bot.settings import Settings
from bot.slack.gateway import Gateway
from bot.slack.models import Message
from bot.store.engine import Store
from bot.stories import service
from bot.stories.errors import CannotPublish
from bot.stories.models import Shown, Story, Transcript
from bot.stories.sharing import files as story_files
from bot.stories.sharing import showing
from bot.stories.sharing import views as story_views
from bot.stories.sharing.shelf import Shelf

log = logging.getLogger("collaborate.stories")

#: what may be printed beside a story at this moment, "" for nothing
TagLine = Callable[[Session, Transcript], str]


class Publisher:
    """Steps of putting out and taking back; each bears repeating."""

    def __init__(self, *, store: Store, gateway: Gateway, settings: Settings, clock: Clock, tag_line: TagLine) -> None:
        self._store, self._gateway, self._clock, self._tag_line = store, gateway, clock, tag_line
        self._channel = settings.stories_channel
        self._shelf = Shelf(settings.published_dir)
        # Putting out and taking back the same story wait for each other: a slow post must not arrive after the sweep.
        self._turn: defaultdict[str, Lock] = defaultdict(Lock)
        self._index = Lock()

    # --- going out ---

    def choose_tag_line(self, session: Session, transcript_id: str) -> None:
        """What is printed beside the story from now on."""
        transcript = session.get_one(Transcript, transcript_id)
        story = service.story_of(session, transcript)
        if story is not None:
            story.tag_line = self._tag_line(session, transcript) or None

    def put_out(self, transcript_id: str) -> bool:
        """Puts the story on the shelf, then in the channel; False if its leader's permission is not there (any more).

        Permission is asked before every part, and once more after the last: whoever took it back in between
        would otherwise be published by a hair's breadth. What an earlier try left behind is taken back as well.
        """
        with self._turn[transcript_id]:
            story = self._to_share(transcript_id)
            if story is not None:
                self._put_everywhere(transcript_id, story)
            if self._to_share(transcript_id) is not None:
                return True
        self.take_from_shelf(transcript_id)
        self.take_from_channel(transcript_id)
        return False

    def _put_everywhere(self, transcript_id: str, story: Shown) -> None:
        channel = self.channel_id()
        self._put_on_shelf(story)
        for page, message in enumerate(story_views.story_messages(story.text, story.tag_line)):
            if self._to_share(transcript_id) is None:
                return
            self._gateway.post_once(f"{_key(story.name)}{page}", message, workspace=story.workspace, channel=channel)

    def channel_id(self) -> str:
        """The stories channel's id."""
        return self._gateway.channel_id(self._channel)

    # --- what stands beside it ---

    def retell(self, transcript_id: str) -> None:
        """Brings what is printed beside the story up to date, in place, wherever it is out.

        It only ever says less than before: where nothing was printed, nothing is added to what people have read.
        """
        with self._turn[transcript_id]:
            with self._store.session() as session:
                transcript = session.get_one(Transcript, transcript_id)
                story = service.story_of(session, transcript)
                told = showing.shown(session, transcript_id, now=self._clock())
                line = self._tag_line(session, transcript)
            if story is None or told is None or not told.is_out or story.tag_line in (None, line):
                return
            told = replace(told, tag_line=line)
            self._put_on_shelf(told)
            self._edit_in_channel(told)
            with self._store.session() as session:
                session.get_one(Story, story.id).tag_line = line or None
            self._write_index()

    def _edit_in_channel(self, story: Shown) -> None:
        channel = self.channel_id()
        messages = story_views.story_messages(story.text, story.tag_line)
        paged = {f"{_key(story.name)}{page}": message for page, message in enumerate(messages)}
        if not all(self._edited(key, story.workspace, message) for key, message in paged.items()):
            # A workspace that allows no late edits: the story goes, and comes again as it may be now.
            self._gateway.delete_posts(_key(story.name), workspace=story.workspace)
            for key, message in paged.items():
                self._gateway.post_once(key, message, workspace=story.workspace, channel=channel)

    def _edited(self, key: str, workspace: str, message: Message) -> bool:
        posted = self._gateway.find_post(key, workspace=workspace)
        return posted is not None and self._gateway.edit(posted, message)

    # --- coming back ---

    def is_on_shelf(self, transcript_id: str) -> bool:
        """Whether the story's file is there."""
        out = self._out(transcript_id)
        return out is not None and out.name in self._shelf.names()

    def take_from_shelf(self, transcript_id: str) -> None:
        """Deletes the story's line in the index, then its file."""
        with self._turn[transcript_id]:
            out = self._out(transcript_id)
            if out is not None:
                self._write_index(without=out.name)
                self._shelf.take_away(out.name)

    def in_channel(self, transcript_id: str) -> int:
        """How many messages of the story there are, or may be."""
        out = self._out(transcript_id)
        return self._gateway.count_posts(_key(out.name), workspace=out.workspace) if out is not None else 0

    def take_from_channel(self, transcript_id: str) -> None:
        """Deletes the story's messages."""
        with self._turn[transcript_id]:
            out = self._out(transcript_id)
            if out is not None:
                self._gateway.delete_posts(_key(out.name), workspace=out.workspace)

    # --- the shelf and its index ---

    def set_in_order(self) -> None:
        """At start: shelf and index are brought to what the database says, whatever happened to the folder."""
        with self._store.session() as session:
            stories = showing.all_shown(session, now=self._clock())
        for name in self._shelf.names() - {story.name for story in stories}:
            self._shelf.take_away(name)
        try:
            for story in stories:
                if story.is_out:
                    self._shelf.put(story.name, story_files.story_markdown(story))
            self._write_index()
        except CannotPublish:
            log.error("the shelf of stories could not be brought up to date")

    def _put_on_shelf(self, story: Shown) -> None:
        self._shelf.put(story.name, story_files.story_markdown(story))
        self._write_index()

    def _write_index(self, *, without: str = "") -> None:
        """What is on the shelf and may be shown; one at a time, each from the newest state of things."""
        with self._index:
            on_shelf = self._shelf.names() - {without}
            with self._store.session() as session:
                stories = [s for s in showing.all_shown(session, now=self._clock()) if s.name in on_shelf]
            if stories:
                self._shelf.keep_index(story_files.index_json(stories), story_files.index_markdown(stories))
            else:
                self._shelf.take_index_away()

    def _to_share(self, transcript_id: str) -> Shown | None:
        """The story if it may be shown at this moment."""
        with self._store.session() as session:
            return showing.shown(session, transcript_id, now=self._clock())

    def _out(self, transcript_id: str) -> Story | None:
        with self._store.session() as session:
            return service.story_of(session, session.get_one(Transcript, transcript_id))


def _key(name: str) -> str:
    return f"story:{name}:"
