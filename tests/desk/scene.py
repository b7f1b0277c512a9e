"""A community with a transcriber, for plays at the desk."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.clock import Clock
from bot.engine_room import EngineRoom
from bot.interviews.models import Recording
from bot.sandbox.person import Person
from bot.sandbox.seen import SeenMessage
from bot.store.audit import AuditEntry
from bot.stories.models import Draft, Transcript
from tests.conversations.clips import spoken
from tests.place import Place, eventually

from .raw_words import heard_as

HEADING = "Waiting for your ear"
RAW = "Please keep what you read and hear to yourself"


class Desk(Place):
    """A place where Nora is the transcriber, and a facilitator runs things."""

    def __init__(self, folder: Path, clock: Clock, engines: EngineRoom) -> None:
        super().__init__(folder, clock, engines)
        nora, fay = super().person("Nora Quill"), super().person("Fay Olsen")
        self.folk = {person.name: person for person in (nora, fay)}  # the settings name them before they join
        self.settings = self.settings.model_copy(update={"transcriber": nora.id, "first_facilitator": fay.id})
        self.opens()
        self.nora, self.fay = self.leader("Nora Quill"), self.leader("Fay Olsen")

    def person(self, name: str) -> Person:
        """Somebody of the workspace, the same one each time."""
        if name not in self.folk:
            self.folk[name] = super().person(name)
        return self.folk[name]

    def says(self, leader: Person, *words: str, unclear: Collection[int] = ()) -> SeenMessage:
        """A draft in the leader's chat, of which the sound and the raw words are kept as after listening."""
        seen = self.gives_draft(leader, *words)
        assert self.bot is not None
        recording_id = self.of(leader, Recording)[-1].id
        with self.bot.store.session() as session:
            recording = session.get_one(Recording, recording_id)
            sound = {"workspace": recording.workspace, "content": spoken()}
            with self.bot.blobs.new(**sound) as blob:  # type: ignore[arg-type]
                session.add(blob)
            recording.blob_id, recording.seconds = blob.id, len(words) * 10.0
            recording.raw = heard_as(*words, unclear=unclear)
        return seen

    def texts(self, leader: Person) -> list[str]:
        """The paragraphs of a leader's newest draft."""
        transcript = self.of(leader, Transcript)[-1]
        assert transcript.draft is not None
        return [paragraph.text for paragraph in Draft.from_json(transcript.draft).paragraphs]

    def log(self, leader: Person) -> list[str]:
        """What the audit log says of a leader's newest words, oldest first: "raw opened", …"""
        subject = self.of(leader, Transcript)[-1].id
        return [entry.action for entry in self.audit() if entry.subject == subject and "raw" in entry.action]

    def audit(self) -> list[AuditEntry]:
        """The whole audit log."""
        return sorted(self.rows(AuditEntry), key=lambda entry: entry.made_at)


def asks(nora: Person) -> None:
    """Presses [Open] on what stands first at the desk."""
    nora.opens_home()
    nora.sees_at_home("Its leader sees every time")
    nora.clicks("Open", on="home")


def opens(nora: Person, why: str = "A word was heard wrongly", words: str = "") -> None:
    """Opens what stands first at the desk, with a reason, and sees the raw words."""
    asks(nora)
    nora.modal(containing="What is it for?")
    nora.fills({"What is it for?": why, "In a few words, if you like": words})
    assert nora.submits() == {}
    nora.modal(containing=RAW)


def corrects(nora: Person, typed: str) -> dict[str, str]:
    """Puts the first part of the open page right; gives the errors in the window."""
    nora.clicks("Correct")
    nora.modal(containing="Write what is really said there")
    nora.fills({"What is said": typed})
    return nora.submits()


def is_done(nora: Person) -> None:
    """Closes the words again."""
    nora.clicks("I'm done")
    nora.modal(containing="The words are closed again")
    nora.closes(whole_stack=True)


def at_rest(leader: Person) -> SeenMessage:
    """The leader's draft once nothing is worked in any more."""
    eventually(lambda: "Approve" in leader.sees("Here is what I heard").buttons)
    return leader.sees("Here is what I heard")


def played(person: Person) -> list[str]:
    """The files in somebody's chat that can be listened to."""
    return [
        file.id for message in person.messages() if message.user != person.id for file in message.files if file.data
    ]


@contextmanager
def open_desk(folder: Path, clock: Clock, engines: EngineRoom) -> Iterator[Desk]:
    """A desk whose bot runs until the block ends."""
    desk = Desk(folder, clock, engines)
    try:
        yield desk
        desk.was_understood()
    finally:
        desk.closes()
        desk.sandbox.stop()
