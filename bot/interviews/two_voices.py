"""Two voices on one recording: its leader says which is theirs, and only those words go on.

Nothing runs while they think about it: the question is a message, its dates are rows, and the answer starts the rest
of the way under an id of its own.
"""

import json
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.interviews import service, views
from bot.interviews.models import Recording, Stage
from bot.interviews.progress import ProgressMessage
from bot.interviews.turns import stretch_of
from bot.jobs import PATIENTLY, Jobs
from bot.people import service as people
from bot.schedule import service as schedule
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.slack.errors import SlackRefused
from bot.slack.gateway import Gateway
from bot.store.engine import Store
from bot.stories import service as stories
from bot.voice.models import Transcription

#: the rest of the way: it needs no speech engine, so it never waits behind somebody else's hour of audio
QUEUE, WORKFLOW = "quick", "recording"
CLEAR = "clear draft"
AGAIN_AFTER = timedelta(minutes=10)


class TwoVoices:
    """The question, its answer and what follows. `play(recording, start, end, slack id, line=…)` plays a stretch."""

    def __init__(
        self,
        *,
        store: Store,
        jobs: Jobs,
        gateway: Gateway,
        play: Callable[..., bool],
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store, self._jobs, self._gateway, self._play = store, jobs, gateway, play
        self._settings, self._clock = settings, clock
        self._shown = ProgressMessage(store, gateway)
        jobs.workflow(CLEAR, on_failure=self._clear_later)(self._clear)

    def ask(self, recording: Recording) -> None:
        """Asks, with a stretch of each voice, and plans the dates of the question. Bears repeating."""
        with self._store.session() as session:
            stored = session.get_one(Recording, recording.id)
            leader = people.get(session, workspace=stored.workspace, member_id=stored.member_id)
            goes_at = service.asked(session, stored, leader, settings=self._settings, now=self._clock())
        self._shown.show(recording.id, views.which_voice(recording.id, goes_at=goes_at))
        try:
            self.play_both(recording, 0)
        except SlackRefused:  # a workspace that was never given the permission to upload: the question stands
            self._shown.show(recording.id, views.which_voice(recording.id, goes_at=goes_at, played=False))

    def play_both(self, recording: Recording, turn: int) -> bool:
        """Plays a stretch of each voice: of each the clearest (`turn` 0), then the next. False without sound."""
        if recording.raw is None:
            return False
        heard = Transcription.from_json(json.loads(recording.raw))
        with self._store.session() as session:
            slack_id = people.get(session, workspace=recording.workspace, member_id=recording.member_id).slack_id
        played = True
        for voice in (0, 1):
            stretch = stretch_of(heard, voice, turn)
            line = views.voice_line(voice)
            played = self._play(recording.id, stretch.start, stretch.end, slack_id, line=line) and played
        return played

    def play_more(self, recording: Recording, turn: int) -> None:
        """Plays the next stretch of each, and has the question ask for the ones after it next time."""
        if self.play_both(recording, turn):
            goes_at = service.goes_at(recording, self._settings)
            self._shown.show(recording.id, views.which_voice(recording.id, turn=turn + 1, goes_at=goes_at))

    def answered(self, session: Session, recording: Recording) -> None:
        """Starts the rest of the way (or the question again), in the session's transaction."""
        job_id = f"{recording.id}:voices:{recording.answers}"
        self._jobs.enqueue(session, queue=QUEUE, workflow=WORKFLOW, job_id=job_id, subject=recording.id)

    def show_work(self, recording: Recording) -> None:
        """Says that the answer has arrived."""
        self._shown.show(recording.id, views.hiding(recording.id))

    def undo(self, session: Session, recording: Recording) -> None:
        """It was the wrong voice: the draft goes, and another is made of the other one's words.

        Who said that both are theirs is asked again. Raises TooLate once the draft is decided on.
        """
        draft_id = service.wrong_voice(session, recording, settings=self._settings, now=self._clock())
        self._start_clearing(session, recording.workspace, draft_id, key=draft_id)
        self.answered(session, recording)

    def remind(self, due: Due) -> None:
        """One of the two reminders, if the question still waits. In the leader's quiet hours it waits for their end."""
        now = self._clock()
        with self._store.session() as session:
            recording = session.get(Recording, due.subject)
            if recording is None or recording.stage is not Stage.VOICES:
                return
            leader = people.get(session, workspace=recording.workspace, member_id=recording.member_id)
            moment = stories.kind_moment(now, leader, self._settings)
            if moment > now:
                schedule.plan(
                    session, workspace=recording.workspace, kind=due.kind, subject=recording.id, due_at=moment
                )
                return
        goes_at, last = service.goes_at(recording, self._settings), due.kind is Kind.VOICES_LAST_REMINDER
        message = views.voices_reminder(last=last, goes_at=goes_at)
        where = {"workspace": recording.workspace, "channel": recording.channel}
        self._gateway.post_once(f"voices-reminder:{due.id}", message, **where)

    def _start_clearing(self, session: Session, workspace: str, draft_id: str, *, key: str) -> None:
        subject = f"{workspace}/{draft_id}"
        self._jobs.enqueue(session, queue=QUEUE, workflow=CLEAR, job_id=f"clear:{key}", subject=subject)

    def _clear_later(self, subject: str) -> None:
        """Slack is away: somebody else's words may stand in that message, so this never gives up."""
        workspace, draft_id = subject.split("/")
        with self._store.session() as session:
            now, kind = self._clock(), Kind.DRAFT_CLEARING
            if schedule.date_of(session, workspace=workspace, kind=kind, subject=draft_id, after=now) is None:
                schedule.plan(session, workspace=workspace, kind=kind, subject=draft_id, due_at=now + AGAIN_AFTER)

    def clear_again(self, due: Due) -> None:
        """Tries once more to delete the message of a draft that is no more."""
        with self._store.session() as session:
            self._start_clearing(session, due.workspace, due.subject, key=due.id)

    def _clear(self, subject: str) -> None:
        self._jobs.step(self._delete_message, subject, attempts=PATIENTLY)

    def _delete_message(self, subject: str) -> None:
        """The message of a draft that is no more."""
        workspace, draft_id = subject.split("/")
        self._gateway.delete_posts(f"draft:{draft_id}", workspace=workspace)
