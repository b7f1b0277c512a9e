"""The way of a voice note, up to the draft: fetch, listen, take out what identifies, give it back.

One durable workflow a recording, under the recording's id. A crash repeats only the step it fell into. Before
every step the leader's permission is asked again, and whether they stopped it. A short workflow goes before it,
on a queue that is never long: it says thank you at once, then lines the recording up.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.clock import Clock
from bot.engine_room import EngineRoom
from bot.errors import Failure, Trouble
from bot.interviews import service, views
from bot.interviews.facts import Facts
from bot.interviews.models import OVER, Recording, Stage, paragraphs
from bot.interviews.progress import ProgressMessage
from bot.interviews.two_voices import TwoVoices
from bot.jobs import Jobs
from bot.people import service as people
from bot.people.models import Member
from bot.schedule import service as schedule
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.slack.download import Downloader
from bot.slack.errors import FileTooBig
from bot.slack.gateway import Gateway
from bot.store.blobs import Blob, BlobStore, DiskFull
from bot.store.engine import Store
from bot.stories import service as stories
from bot.stories.drafting import Drafts, merged
from bot.stories.elsewhere import Recalled
from bot.stories.models import Draft, Log, Transcript
from bot.voice.models import Transcription

log = logging.getLogger("collaborate.interviews")

QUEUE = "recordings"
WORKFLOW = "recording"
GREETING_QUEUE = "quick"
GREETING = "greet recording"
FORGET = "forget recording"
STOP = "stop recording"
#: what a step says when the way goes on; anything else is the reason why it ends
ON = ""
ENDED = "ended"
DISK_FULL = "disk_full"
FETCH_AGAIN_AFTER = timedelta(minutes=10)
FETCH_TRIES = 7


class RecordingWork:
    """The workflow of this room, with what it needs."""

    def __init__(
        self,
        *,
        store: Store,
        jobs: Jobs,
        engines: EngineRoom,
        gateway: Gateway,
        downloader: Downloader,
        blobs: BlobStore,
        drafts: Drafts,
        voices: TwoVoices,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store, self._jobs, self._engines, self._gateway = store, jobs, engines, gateway
        self._downloader, self._blobs, self._drafts = downloader, blobs, drafts
        self._settings, self._clock = settings, clock
        self._shown, self._voices = ProgressMessage(store, gateway), voices
        jobs.workflow(GREETING, on_failure=self._line_up_unthanked)(self._greet)
        jobs.workflow(WORKFLOW, on_failure=self._broke)(self._to_draft)
        jobs.workflow(FORGET, on_failure=self._not_forgotten)(self._forget)
        jobs.workflow(STOP, on_failure=self._not_forgotten)(self._stop)

    def start(self, session: Session, recording: Recording) -> None:
        """Starts the work on a recording, in the session's transaction."""
        job_id = f"greet:{recording.id}:{recording.tries}"
        self._jobs.enqueue(session, queue=GREETING_QUEUE, workflow=GREETING, job_id=job_id, subject=recording.id)

    def _greet(self, recording_id: str) -> None:
        self._jobs.step(self._thank, recording_id, attempts=5)
        self._jobs.record(self._line_up, recording_id)

    def _line_up(self, session: Session, recording_id: str) -> None:
        recording = session.get_one(Recording, recording_id)
        job_id = recording.id if recording.tries == 1 else f"{recording.id}:{recording.tries}"
        self._jobs.enqueue(session, queue=QUEUE, workflow=WORKFLOW, job_id=job_id, subject=recording.id)

    def _line_up_unthanked(self, recording_id: str) -> None:
        """Slack would not take our thanks: the work begins all the same."""
        with self._store.session() as session:
            self._line_up(session, recording_id)

    def _to_draft(self, recording_id: str) -> None:
        steps: tuple[tuple[Callable[[str], str], int], ...] = (
            (self._fetch, 3),
            (self._listen, 3),
            (self._ask_whose, 5),
            (self._anonymise, 3),
        )
        for step, attempts in steps:
            outcome = self._jobs.step(step, recording_id, attempts=attempts)
            if outcome != ON:
                if outcome != ENDED:
                    self._jobs.step(self._end, recording_id, outcome, attempts=5)
                return
        self._jobs.step(self._give_back, recording_id, attempts=7)

    # --- the steps ---

    def _thank(self, recording_id: str) -> None:
        recording = self._open(recording_id)
        if recording is None:
            return
        with self._store.session() as session:
            ahead = service.ahead_of(session, recording)
        message = views.received(recording_id, waiting=ahead >= self._settings.engine_processes)
        self._shown.post(recording, message)
        if recording.tries > 1:
            self._shown.show(recording_id, message)

    def _fetch(self, recording_id: str) -> str:
        recording = self._open(recording_id)
        if recording is None:
            return self._stopped(recording_id)
        if recording.stage is not Stage.RECEIVED:
            return ON
        try:
            self._bring(recording)
        except service.NoLongerWanted:
            return self._stopped(recording_id)
        except DiskFull:
            log.error("no room for recording %s", recording_id)
            return DISK_FULL
        except Failure:
            raise
        except Trouble as trouble:
            return trouble.sentence
        return ON

    def _bring(self, recording: Recording) -> None:
        file = self._gateway.file(recording.file_id)
        with self._store.session() as session:
            leader = people.get(session, workspace=recording.workspace, member_id=recording.member_id)
        if file.owner != leader.slack_id:
            raise service.NotYourFile()
        if file.size > self._settings.max_audio_mb * 1_000_000:
            raise FileTooBig(megabytes=self._settings.max_audio_mb)
        sound = self._downloader.fetch(file.url, size=file.size)
        fingerprint = hashlib.sha256(sound).hexdigest()
        with self._blobs.new(workspace=recording.workspace, content=sound) as blob, self._store.session() as session:
            stored = session.get_one(Recording, recording.id)
            if stored.stage is not Stage.RECEIVED:  # stopped while the file was on its way
                raise service.NoLongerWanted()
            session.add(blob)
            stored.seconds = file.seconds
            service.fetched(session, stored, blob=blob, fingerprint=fingerprint, clip_link=file.permalink)
            self._plan_to_give_up(session, stored)

    def _listen(self, recording_id: str) -> str:
        recording = self._open(recording_id)
        if recording is None:
            return self._stopped(recording_id)
        if recording.stage is not Stage.FETCHED:
            return ON
        with self._store.session() as session:
            blob = session.get_one(Blob, recording.blob_id)
            known = people.identifiers(session, workspace=recording.workspace, roster=self._settings.roster)
        sound = self._blobs.get(blob)
        try:
            transcription = self._engines.transcribe(
                sound,
                max_seconds=self._settings.max_audio_minutes * 60,
                expected_seconds=recording.seconds,
                names=[row[column] for row in known for column in ("name", "organisation", "place") if row.get(column)],
                progress=self._shown.while_listening(recording, lambda: self._open(recording_id) is not None),
            )
        except Failure:
            raise
        except Trouble as trouble:
            return trouble.sentence
        with self._store.session() as session:
            stored = session.get_one(Recording, recording_id)
            if stored.stage is Stage.FETCHED:
                service.heard(session, stored, transcription=transcription.to_json())
        return ON

    def _ask_whose(self, recording_id: str) -> str:
        """Where there are two voices the way ends here; its leader's answer, days later, starts the rest."""
        recording = self._open(recording_id)
        if recording is None:
            return self._stopped(recording_id)
        if recording.stage is not Stage.VOICES:
            return ON
        self._voices.ask(recording)
        return ENDED

    def _anonymise(self, recording_id: str) -> str:
        recording = self._open(recording_id)
        if recording is None:
            return self._stopped(recording_id)
        if recording.stage is not Stage.HEARD or recording.raw is None:
            return ON
        self._shown.show(recording_id, views.hiding(recording_id))
        heard = Transcription.from_json(json.loads(recording.raw))
        spoken = Draft(tuple(paragraphs(heard, recording.whose)))
        with self._store.session() as session:
            known = people.identifiers(session, workspace=recording.workspace, roster=self._settings.roster)
        masked = self._engines.mask([paragraph.text for paragraph in spoken.paragraphs], known=known)
        draft, words = merged(spoken, Log(), masked)
        since = recording.asked_at or self._clock()  # the question counts as the draft's: its days go on from there
        made: dict[str, Any] = {name: getattr(recording, name) for name in ("workspace", "member_id")}
        made["recording_id"] = recording.id
        risks = self._drafts.assess(Transcript(**made), draft)
        with self._store.session() as session:
            stored = session.get_one(Recording, recording_id)
            if stored.stage is Stage.HEARD:
                transcript = stories.new_draft(session, **made, draft=draft, log=words, now=since, risks=risks)
                leader = people.get(session, workspace=recording.workspace, member_id=recording.member_id)
                stories.plan_dates(session, transcript, leader, self._settings, after=self._clock())
                stored.stage = Stage.DRAFTED
        return ON

    def _give_back(self, recording_id: str) -> None:
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            transcript = stories.of_recording(session, workspace=recording.workspace, recording_id=recording_id)
        if transcript is None or recording.stage is not Stage.DRAFTED:
            return
        self._shown.show(recording_id, views.ready(recording_id, recording.whose))
        self._drafts.give_back(transcript.id)

    # --- endings ---

    def _end(self, recording_id: str, outcome: str) -> None:
        """A reason to stop that is no accident of ours: nothing is kept, and the leader hears why."""
        if outcome == DISK_FULL:
            self._fail(recording_id, DISK_FULL)
            return
        self._let_go(recording_id, Stage.REFUSED)
        self._shown.show(recording_id, views.refused(outcome))

    def _broke(self, recording_id: str) -> None:
        """An accident: the clip is still in the chat, and what we have is kept for another try."""
        with self._store.session() as session:
            stage = session.get_one(Recording, recording_id).stage
        if stage is Stage.RECEIVED:
            self._fetch_later(recording_id)
        elif stage in (Stage.DRAFTED, Stage.VOICES):
            self._again_later(recording_id)
        elif stage not in OVER:
            self._fail(recording_id, "broke_hiding" if stage is Stage.HEARD else "broke_listening")

    def _fail(self, recording_id: str, name: str) -> None:
        """Waits for the leader's [Try again], but not for ever: sound isn't kept without a day on which it goes."""
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            recording.failed = True
            self._plan_to_give_up(session, recording)
        self._shown.show(recording_id, views.broke(name, recording_id))

    def _fetch_later(self, recording_id: str) -> None:
        with self._store.session() as session:
            giving_up = session.get_one(Recording, recording_id).tries >= FETCH_TRIES
        if giving_up:
            self._fail(recording_id, "fetch_gave_up")
        else:
            self._again_later(recording_id)
            self._shown.show(recording_id, views.fetch_later(recording_id))

    def _again_later(self, recording_id: str) -> None:
        """Has the work taken up again by itself, where it stopped."""
        with self._store.session() as session:
            whose = {"workspace": session.get_one(Recording, recording_id).workspace, "subject": recording_id}
            kind, now = Kind.FETCH_AGAIN, self._clock()
            if schedule.date_of(session, **whose, kind=kind, after=now) is None:
                schedule.plan(session, **whose, kind=kind, due_at=now + FETCH_AGAIN_AFTER)

    def _stopped(self, recording_id: str) -> str:
        """Between two steps the leader stopped it, or took a permission back: nothing is kept.

        Having stopped is said once more, as progress may have been on its way when it was said first.
        """
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            allowed = service.may_listen(session, workspace=recording.workspace, member_id=recording.member_id)
        if recording.stage not in OVER:
            self._let_go(recording_id, Stage.WITHDRAWN)
        self._shown.show(recording_id, views.withdrawn() if allowed else views.consent_gone())
        return ENDED

    def _let_go(self, recording_id: str, stage: Stage) -> None:
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            schedule.cancel(session, workspace=recording.workspace, subject=recording_id)
            service.let_go(session, recording, stage=stage, blobs=self._blobs, now=self._clock())

    # --- what others ask for ---

    def try_again(self, session: Session, recording: Recording) -> None:
        """Starts once more where it failed."""
        recording.tries += 1
        session.add(recording)
        self.start(session, recording)

    def fetch_again(self, due: Due) -> None:
        """The hour is not over: Slack is asked for the file once more, or to take the draft."""
        with self._store.session() as session:
            recording = session.get(Recording, due.subject)
            if recording is not None and recording.stage in (Stage.RECEIVED, Stage.DRAFTED, Stage.VOICES):
                self.try_again(session, recording)

    def _plan_to_give_up(self, session: Session, recording: Recording) -> None:
        """Sound isn't kept without a day on which it goes, should it never become a draft (which has its own day)."""
        due_at = service.goes_at(recording, self._settings)
        kind = Kind.FAILED_DELETION
        schedule.plan(session, workspace=recording.workspace, kind=kind, subject=recording.id, due_at=due_at)

    def give_up(self, due: Due) -> None:
        """The day has come for a recording that never became a draft: nothing of it is kept."""
        with self._store.session() as session:
            recording = session.get(Recording, due.subject)
        if recording is not None and recording.stage not in (*OVER, Stage.DRAFTED):
            self._let_go(due.subject, Stage.REFUSED)
            self._shown.show(due.subject, views.expired(asked=recording.stage is Stage.VOICES))

    def start_forgetting(self, session: Session, leader: Member) -> None:
        """The leader took back the permission to record or to transcribe: every recording of theirs is let go."""
        for recording in service.kept_of(session, workspace=leader.workspace, member_id=leader.id):
            job_id = f"{FORGET}:{recording.id}:{self._clock():%Y%m%d%H%M%S}"
            self._jobs.enqueue(session, queue=GREETING_QUEUE, workflow=FORGET, job_id=job_id, subject=recording.id)

    def _forget(self, recording_id: str) -> None:
        self._jobs.step(self._forget_sound_and_raw_words, recording_id, attempts=7)

    def _forget_sound_and_raw_words(self, recording_id: str) -> None:
        """What was drafted stays for its leader to decide; what was not goes altogether."""
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            transcript = stories.of_recording(session, workspace=recording.workspace, recording_id=recording_id)
            if transcript is not None:
                stories.forget_hidden(session, transcript)
                service.forget_raw(session, recording, blobs=self._blobs, now=self._clock())
        if transcript is None and recording.stage not in OVER:
            self._let_go(recording_id, Stage.WITHDRAWN)
            self._shown.show(recording_id, views.consent_gone())

    def start_stopping(self, session: Session, recording: Recording) -> None:
        """The leader stopped it: from this moment nothing goes on, and what there is goes as durable work."""
        recording.stage = Stage.WITHDRAWN
        session.add(recording)
        self._jobs.enqueue(
            session, queue=GREETING_QUEUE, workflow=STOP, job_id=f"{STOP}:{recording.id}", subject=recording.id
        )

    def _stop(self, recording_id: str) -> None:
        self._jobs.step(self._take_back, recording_id, attempts=7)

    def _not_forgotten(self, recording_id: str) -> None:
        log.error("recording %s was not forgotten", recording_id)

    def pull_back(self, recording_id: str) -> Recalled:
        """Sound and raw text go, and the progress message says so."""
        found = Facts(self._store).recalls(recording_id)
        self._take_back(recording_id)
        return found

    def _take_back(self, recording_id: str) -> None:
        self._let_go(recording_id, Stage.WITHDRAWN)
        self._shown.show(recording_id, views.withdrawn())

    def forget_raw(self, recording_id: str) -> None:
        """Sound and raw text go; the story stays."""
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            service.forget_raw(session, recording, blobs=self._blobs, now=self._clock())

    def say_clip_gone(self, recording: Recording) -> None:
        """Thanks, once a clip."""
        key = f"clip-gone:{recording.id}"
        self._gateway.post_once(key, views.clip_gone(), workspace=recording.workspace, channel=recording.channel)

    # --- helpers ---

    def _open(self, recording_id: str) -> Recording | None:
        """The recording, if it is still wanted and its leader permits listening to it at this moment."""
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            allowed = service.may_listen(session, workspace=recording.workspace, member_id=recording.member_id)
            return recording if allowed and recording.stage not in OVER else None
