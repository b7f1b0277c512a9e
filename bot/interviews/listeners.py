"""Voice notes in the DM: taken into the database before Slack is told that they arrived, so that none is lost."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, Say
from sqlmodel import Session

from bot.clock import Clock
from bot.interviews import service, views
from bot.interviews.models import OVER, Answer, Stage
from bot.interviews.two_voices import TwoVoices
from bot.interviews.views import ANSWERS, Act, Ref, Turn
from bot.interviews.workflows import RecordingWork
from bot.people.models import Member, Scope
from bot.settings import Settings
from bot.slack.blocks import unpack
from bot.store.deliveries import first_time
from bot.store.engine import Store
from bot.stories import service as stories
from bot.stories.workflows import StoryWork

Json = dict[str, Any]


class VoiceDesk:
    """The listeners of this room, with what they need."""

    def __init__(
        self,
        *,
        store: Store,
        settings: Settings,
        clock: Clock,
        work: RecordingWork,
        voices: TwoVoices,
        story_work: StoryWork,
    ) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._work, self._voices, self._story_work = work, voices, story_work

    def register(self, app: App) -> None:
        """Puts every listener of the room on the app."""
        # Taking happens in a listener's middleware, which runs before the event is acknowledged.
        app.event("message", matchers=[has_files_for_the_bot], middleware=[self.take])(self.answer)
        app.event("file_deleted")(self.clip_deleted)
        app.action(Act.STOP)(self.stop)
        app.action(Act.TRY_AGAIN)(self.try_again)
        for act in ANSWERS:
            app.action(act)(self.choose_voice)
        app.action(Act.PLAY_MORE)(self.play_more)
        app.action(Act.WRONG_VOICE)(self.wrong_voice)

    def take(self, event: Json, context: BoltContext, next: Callable[[], Any]) -> Any:
        """Every file of the message becomes a recording with its work on the queue, in one transaction."""
        workspace, key = str(context.team_id), f"message:{event['channel']}:{event['ts']}"
        with self._store.session() as session:
            answers: list[Answer] = []
            if first_time(session, workspace=workspace, key=key):
                for file in event["files"]:
                    taken = service.take(
                        session,
                        workspace=workspace,
                        slack_id=event["user"],
                        file_id=file["id"],
                        channel=event["channel"],
                        settings=self._settings,
                        now=self._clock(),
                    )
                    answers.append(taken.answer)
                    if taken.recording is not None:
                        self._work.start(session, taken.recording)
        context["answers"] = answers
        return next()

    def answer(self, context: BoltContext, say: Say) -> None:
        """Says what must be said at once: each thing one time, however many files there were."""
        for answer in dict.fromkeys(context["answers"]):
            message = views.at_once(answer)
            if message is not None:
                say(text=message.text, blocks=message.blocks)

    def clip_deleted(self, event: Json, context: BoltContext) -> None:
        """A leader deleted a clip in Slack: noticed, and thanked for once."""
        with self._store.session() as session:
            gone = service.clip_gone(session, workspace=str(context.team_id), file_id=event["file_id"])
            for recording in gone:
                recording.clip_gone_at = self._clock()
        for recording in gone:
            if recording.stage in (Stage.DRAFTED, Stage.WITHDRAWN):
                self._work.say_clip_gone(recording)

    def stop(self, ack: Ack, body: Json) -> None:
        """Stops the work and deletes what there is, also a draft that came in the meantime."""
        ack()
        with self._store.session() as session:
            own = service.open_own(session, **_whose(body), recording_id=_ref(body).r)
            if own is None or own[0].stage in OVER:
                return
            recording, leader = own
            transcript = stories.of_recording(session, workspace=recording.workspace, recording_id=recording.id)
            if transcript is not None and stories.withdraw(session, transcript, by=leader.id, now=self._clock()):
                self._story_work.start_withdrawing(session, transcript)
            self._work.start_stopping(session, recording)

    def try_again(self, ack: Ack, body: Json) -> None:
        """Starts once more where it failed; a second click while it runs changes nothing."""
        ack()
        with self._store.session() as session:
            own = service.open_own(session, **_whose(body), recording_id=_ref(body).r)
            if own is not None and service.try_again(session, own[0]):
                self._work.try_again(session, own[0])

    def choose_voice(self, ack: Ack, body: Json) -> None:
        """Which of two voices is theirs: their words go on from here. A second click changes nothing."""
        ack()
        with self._store.session() as session:
            own = service.open_own(session, **_whose(body), recording_id=_ref(body).r)
            if own is None or not service.choose(session, own[0], ANSWERS[Act(body["actions"][0]["action_id"])]):
                return
            self._voices.answered(session, own[0])
        self._voices.show_work(own[0])

    def play_more(self, ack: Ack, body: Json) -> None:
        """Other stretches of both voices, for who can't tell."""
        ack()
        turn = unpack(Turn, body["actions"][0]["value"])
        with self._store.session() as session:
            own = service.open_own(session, **_whose(body), recording_id=turn.r)
        if own is not None and own[0].stage is Stage.VOICES:
            self._voices.play_more(own[0], turn.n)

    def wrong_voice(self, ack: Ack, body: Json) -> None:
        """Until they decide on the draft, the leader may say that it is made of the wrong voice's words."""
        ack()
        with self._store.session() as session:
            own = service.open_own(session, **_whose(body), recording_id=_ref(body).r)
            if own is not None:
                self._voices.undo(session, own[0])

    def on_consent_withdrawn(self, session: Session, leader: Member, scopes: frozenset[Scope]) -> None:
        """Without permission to record or transcribe, no sound and no raw text is kept (rule 2)."""
        if scopes & {Scope.RECORD, Scope.TRANSCRIBE}:
            self._work.start_forgetting(session, leader)


def has_files_for_the_bot(event: Json) -> bool:
    """Whether a person sent files in their own chat with the bot."""
    human = bool(event.get("user")) and not event.get("bot_id")
    return (
        human
        and event.get("channel_type") == "im"
        and event.get("subtype") in (None, "file_share")
        and bool(event.get("files"))
    )


def _ref(body: Json) -> Ref:
    return unpack(Ref, body["actions"][0]["value"])


def _whose(body: Json) -> dict[str, str]:
    return {"workspace": body["team"]["id"], "slack_id": body["user"]["id"]}
