"""A whole community for a test: the sandbox, the real bot connected to it, and people who have joined."""

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.app import Bot
from bot.clock import Clock
from bot.engine_room import EngineRoom
from bot.interviews.models import Recording, Stage
from bot.people import service as people
from bot.people.models import Member
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.sandbox.seen import SeenMessage
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.store.base import Row, new_id
from bot.stories import service as stories
from bot.stories.drafting import Drafts, merged
from bot.stories.models import Draft, Log, Paragraph, Transcript
from bot.voice.models import Segment, Transcription

SAMPLES = Path(__file__).parent.parent / "transcripts" / "samples"
RECORD, TRANSCRIBE, SHARE = "Record what I say", "Turn it into text on our own machine", "Share it without my name"
#: refusals that no bad day explains: what was sent is beyond Slack's limits, or the app's manifest
OUR_FAULT = {
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "missing_scope",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "unknown_method",
    "view_too_large",
}
#: listening takes a while on a busy machine; a test that waits this long is about to fail
PATIENCE = 120.0
#: and for a clip of a few seconds, or a note of the samples on the small weights
SOON = 45.0


class Place:
    """The sandbox, and a bot that can be stopped and started again on the same data."""

    def __init__(self, folder: Path, clock: Clock, engines: EngineRoom | None, **settings: Any) -> None:
        self.folder, self.clock, self._engines = folder, clock, engines
        self.sandbox = Sandbox.start(manifest=manifest(), clock=clock)
        self.sandbox.add_channel("stories")
        self.settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            data_dir=folder / "data",
            published_dir=folder / "published",
            slack_bot_token=self.sandbox.bot_token,
            slack_app_token=self.sandbox.app_token,
            slack_api_url=self.sandbox.url,
            **({"speech_engine": "faster-whisper", "speech_model": "tiny.en"} | settings),
        )
        self.bot: Bot | None = None

    def opens(self) -> None:
        """Starts the bot and waits until it is connected."""
        self.bot = Bot(self.settings, clock=self.clock, engines=self._engines)
        self.bot.start()
        self.sandbox.wait_connected()

    def closes(self) -> None:
        """Stops the bot; the sandbox stays."""
        if self.bot is not None:
            self.bot._socket.client.auto_reconnect_enabled = False
            self.sandbox.drop_connections()  # or the client sits out a read of its own
            self.bot.stop()
            self.bot = None

    def was_understood(self) -> None:
        """AssertionError if the bot ever sent what Slack can't show, or called what its manifest doesn't allow."""
        ours = [refusal for refusal in self.sandbox.refusals if refusal.error in OUR_FAULT]
        assert not ours, ours

    def person(self, name: str) -> Person:
        """Somebody in the workspace who has not joined."""
        return self.sandbox.person(name)

    def leader(self, name: str, *, permits: tuple[str, ...] = (RECORD, TRANSCRIBE, SHARE), **facts: str) -> Person:
        """Somebody who has joined and permits this much."""
        person = self.person(name)
        person.says("hello")
        person.sees("Hello")
        person.clicks("Join")
        person.modal()
        person.fills({"What you permit": list(permits), **facts})
        assert person.submits() == {}
        person.sees("Welcome")
        return person

    def rows(self, kind: type[Row]) -> list[Any]:
        """Every row of a table, as the database has it now."""
        assert self.bot is not None
        with self.bot.store.session() as session:
            return list(session.exec(select(kind)))

    def member_id(self, person: Person) -> str:
        """Our own id of somebody who joined."""
        return next(member.id for member in self.rows(Member) if member.slack_id == person.id)

    def of(self, person: Person, kind: type[Row]) -> list[Any]:
        """The person's own rows of a table, oldest first; nobody has rows before joining."""
        theirs = [member.id for member in self.rows(Member) if member.slack_id == person.id]
        return sorted((row for row in self.rows(kind) if row.member_id in theirs), key=lambda row: row.made_at)

    def sounds(self) -> list[Path]:
        """The files of audio on disk, half-written ones too."""
        return sorted((self.folder / "data" / "audio").glob("*"))

    def gives_draft(self, leader: Person, *words: str, unsure: Collection[int] = (), sound: bytes = b"") -> SeenMessage:
        """A draft in the leader's chat as if they had just been heard saying this: anonymised, assessed, kept and
        posted by the bot's own parts. Only the listening is left out, for plays that begin with a draft; each
        paragraph took ten seconds, and those of `unsure` were hard to hear."""
        assert self.bot is not None
        bot, member_id = self.bot, self.member_id(leader)
        with bot.store.session() as session:
            known = people.identifiers(session, workspace=self.sandbox.team_id, roster=None)
        spoken_words = [Paragraph(text, n in unsure, n * 10.0, n * 10.0 + 9.0) for n, text in enumerate(words)]
        draft, log = merged(Draft(tuple(spoken_words)), Log(), bot.engines.mask(words, known=known))
        drafts = Drafts(
            store=bot.store, engines=bot.engines, gateway=bot.gateway, settings=self.settings, clock=self.clock
        )
        where = {"workspace": self.sandbox.team_id, "member_id": member_id}
        risks = drafts.assess(Transcript(**where, recording_id=""), draft)
        with bot.store.session() as session:
            member = people.get(session, **where)
            spoken = {"workspace": self.sandbox.team_id, "content": sound or " ".join(words).encode()}
            with bot.blobs.new(**spoken) as blob:  # type: ignore[arg-type]
                session.add(blob)
            recording = Recording(**where, file_id=f"F{new_id()[:9]}", channel=leader.direct.id, stage=Stage.DRAFTED)
            recording.blob_id, recording.raw, recording.made_at = blob.id, _heard(words), self.clock()
            session.add(recording)
            session.flush()
            transcript = stories.new_draft(
                session, **where, recording_id=recording.id, draft=draft, log=log, now=self.clock(), risks=risks
            )
            stories.plan_dates(session, transcript, member, self.settings)
        drafts.give_back(transcript.id)
        return leader.sees("Here is what I heard")

    def signs_off(self, leader: Person) -> None:
        """The leader presses Approve, leaves the permissions as they stand, and says yes."""
        leader.clicks("Approve")
        assert "What you permit" in leader.modal(containing="without your name").labels
        assert leader.submits() == {}

    def ticks(self) -> None:
        """Has what is due by now carried out."""
        assert self.bot is not None
        self.bot.ticker.tick()

    def published(self) -> list[Path]:
        """The files of shared stories."""
        return sorted(path for path in (self.folder / "published").glob("*.md") if path.name != "index.md")


def _heard(words: Sequence[str]) -> str:
    """What listening to these paragraphs would have left: one voice, ten seconds for each."""
    said = tuple(Segment(n * 10.0, n * 10.0 + 9.0, text, 0.9) for n, text in enumerate(words))
    whole = Transcription(len(words) * 10.0, "faster-whisper", "tiny.en", " ".join(words), said, 1.0, voices=1)
    return json.dumps(whole.to_json())


def reads_all(leader: Person) -> SeenMessage:
    """The leader goes from the first page of a draft to its full text."""
    leader.clicks("Read all of it")
    eventually(lambda: "Back to the first page" in leader.sees("Here is what I heard").buttons)
    return leader.sees("Here is all of what I heard")


def eventually(look: Callable[[], bool], within: float = 10.0) -> None:
    """Waits until something is so; AssertionError if it never is."""
    until = time.monotonic() + within
    while not look():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.05)


@contextmanager
def open_place(folder: Path, clock: Clock, engines: EngineRoom | None, **settings: Any) -> Iterator[Place]:
    """A place whose bot runs until the block ends."""
    place = Place(folder, clock, engines, **settings)
    try:
        place.opens()
        yield place
        place.was_understood()
    finally:
        place.closes()
        place.sandbox.stop()
