"""A stretch of a recording, heard again by the one it belongs to: a small file in their chat for a quarter of an hour.

Every stretch is a row before Slack knows of it, and has its day in the schedule, so that it goes again whatever
happens. It goes earlier when its words are decided on, or when the recording itself goes.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, select

from bot.clock import Clock
from bot.interviews import service
from bot.interviews.models import OVER, Played, Recording
from bot.schedule import service as schedule
from bot.schedule.models import Due, Kind
from bot.slack.gateway import Gateway
from bot.slack.uploads import Uploads
from bot.store import audit
from bot.store.blobs import Blob, BlobStore
from bot.store.engine import Store
from bot.stories import service as stories
from bot.stories.elsewhere import Recalled
from bot.stories.models import State
from bot.words import plain, say

log = logging.getLogger("collaborate.interviews")

LIFE = timedelta(minutes=15)
#: whether a person (Slack id) may hear a recording that isn't theirs, now
MayHear = Callable[[Session, Recording, str], bool]


class Playback:
    """Plays stretches and takes them away."""

    def __init__(self, *, store: Store, uploads: Uploads, gateway: Gateway, blobs: BlobStore, clock: Clock) -> None:
        self._store, self._uploads, self._gateway = store, uploads, gateway
        self._blobs, self._clock = blobs, clock
        self._others: list[MayHear] = []

    def allow(self, rule: MayHear) -> None:
        """Adds a rule by which somebody besides the leader may hear; asked at every play and at every clearing."""
        self._others.append(rule)

    def play(self, recording_id: str, start: float, end: float, slack_id: str, *, line: str = "") -> bool:
        """Puts `start` to `end` (seconds) into that person's chat with the bot, with a `line` (mrkdwn) of text.

        False if there is nothing to hear or they may not hear it. While the same stretch is still in their chat it
        isn't sent again. SlackAway, SlackRefused: whatever was begun is taken away by itself.
        """
        sound = self._sound(recording_id, slack_id)
        if sound is None:
            return False
        from bot.voice.errors import Empty
        from bot.voice.snippet import SUFFIX, snippet

        try:
            content = snippet(sound, start=start, end=end)
        except Empty:
            return False
        played = self._intend(recording_id, start, end, slack_id)
        if played is None:
            return True
        promised = self._uploads.promise(f"stretch.{SUFFIX}", len(content))
        self._note(played.id, file_id=promised.file_id)
        title, channel = plain("interviews.played_title"), self._gateway.direct(slack_id)
        text = line or say("interviews.played")
        self._uploads.deliver(promised, content, title=title, channel=channel, text=text)
        return self._arrived(played.id, promised.file_id)

    def clear(self, due: Due) -> None:
        """Deletes what has been heard long enough of a recording, or all of it once it may not be heard any more."""
        with self._store.session() as session:
            rows = list(session.exec(select(Played).where(Played.recording_id == due.subject)))
            over = [row for row in rows if row.goes_at <= self._clock() or not self._may(session, row)]
        for row in over:
            self._delete(row)

    def recalls(self, recording_id: str) -> Recalled:
        """The stretches that are in a chat."""
        with self._store.session() as session:
            count = len(session.exec(select(Played.id).where(Played.recording_id == recording_id)).all())
        return Recalled("interviews.recalled_stretches", count)

    def pull_back(self, recording_id: str) -> Recalled:
        """Deletes them all; the room's part of a withdrawal."""
        return Recalled("interviews.recalled_stretches", self.take_back(recording_id))

    def take_back(self, recording_id: str, slack_id: str | None = None) -> int:
        """Deletes at once whatever was played of a recording, to one person or to anybody; says how much. SlackAway."""
        with self._store.session() as session:
            wanted = select(Played).where(Played.recording_id == recording_id)
            rows = list(session.exec(wanted.where(Played.slack_id == slack_id) if slack_id else wanted))
        for row in rows:
            self._delete(row)
        return len(rows)

    def _sound(self, recording_id: str, slack_id: str) -> bytes | None:
        with self._store.session() as session:
            recording = session.get(Recording, recording_id)
            if recording is None or not self._may_hear(session, recording, slack_id):
                return None
            blob = session.get(Blob, recording.blob_id) if recording.blob_id else None
        return self._blobs.get(blob) if blob else None

    def _intend(self, recording_id: str, start: float, end: float, slack_id: str) -> Played | None:
        """The row of what is to be played, with the day on which it goes; None if it is in the chat already."""
        now = self._clock()
        with self._store.session() as session:
            same = select(Played).where(Played.recording_id == recording_id, Played.slack_id == slack_id)
            same = same.where(Played.start == start, Played.end == end, Played.goes_at > now)
            if session.exec(same.where(col(Played.arrived))).first() is not None:
                return None
            workspace = session.get_one(Recording, recording_id).workspace
            played = Played(
                workspace=workspace, recording_id=recording_id, slack_id=slack_id, start=start, end=end,
                made_at=now, goes_at=now + LIFE,
            )  # fmt: skip
            session.add(played)
            audit.note(session, workspace=workspace, actor=slack_id, action="stretch played", subject=recording_id)
            kind = Kind.SNIPPET_DELETION
            schedule.plan(session, workspace=workspace, kind=kind, subject=recording_id, due_at=played.goes_at)
        return played

    def _note(self, played_id: str, *, file_id: str) -> None:
        with self._store.session() as session:
            session.get_one(Played, played_id).file_id = file_id

    def _arrived(self, played_id: str, file_id: str) -> bool:
        """It is in the chat. If meanwhile it was taken back, or may not be there any more, it goes at once."""
        with self._store.session() as session:
            played = session.get(Played, played_id)
            if played is not None:
                played.arrived = True
            may_stay = played is not None and self._may(session, played)
        if played is None:
            self._uploads.delete(file_id)
        elif not may_stay:
            self._delete(played)
        return may_stay

    def _may(self, session: Session, played: Played) -> bool:
        recording = session.get(Recording, played.recording_id)
        return recording is not None and self._may_hear(session, recording, played.slack_id)

    def _may_hear(self, session: Session, recording: Recording, slack_id: str) -> bool:
        """The sound is here, permitted and not decided on; and they are its leader, or a rule says so."""
        workspace = recording.workspace
        transcript = stories.of_recording(session, workspace=workspace, recording_id=recording.id)
        undecided = transcript is None or transcript.state is State.DRAFT
        if recording.stage in OVER or recording.blob_id is None or not undecided:
            return False
        if not service.may_listen(session, workspace=workspace, member_id=recording.member_id):
            return False
        own = service.open_own(session, workspace=workspace, slack_id=slack_id, recording_id=recording.id)
        return own is not None or any(rule(session, recording, slack_id) for rule in self._others)

    def _delete(self, played: Played) -> None:
        if played.file_id is not None:
            self._uploads.delete(played.file_id)
        with self._store.session() as session:
            stored = session.get(Played, played.id)
            if stored is not None:
                session.delete(stored)
