"""A community's stories without Slack: a database, the shelf, exports, and a board in the channel's place."""

import json
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from bot.people import service as people
from bot.people.bands import Profile
from bot.people.models import Scope
from bot.settings import Settings
from bot.slack.models import Message, Posted
from bot.store.engine import Store
from bot.stories import service
from bot.stories.models import Draft, Log, Paragraph, State, Story, Transcript
from bot.stories.sharing.exports import Exports
from bot.stories.sharing.publishing import Publisher
from tests.still_clock import StillClock

EVERYTHING = frozenset({Scope.RECORD, Scope.TRANSCRIBE, Scope.SHARE, Scope.TAG_LINE})


class Board:
    """The stories channel: what `Gateway` promises, in memory."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.takes_edits = True

    def channel_id(self, name: str) -> str:
        return f"C{name}"

    def post_once(self, key: str, message: Message, *, workspace: str, channel: str) -> Posted:
        self.messages.setdefault(key, message)
        return Posted(channel, key)

    def find_post(self, key: str, *, workspace: str) -> Posted | None:
        return Posted("Cstories", key) if key in self.messages else None

    def edit(self, posted: Posted, message: Message) -> bool:
        if self.takes_edits:
            self.messages[posted.ts] = message
        return self.takes_edits

    def count_posts(self, prefix: str, *, workspace: str) -> int:
        return sum(key.startswith(prefix) for key in self.messages)

    def delete_posts(self, prefix: str, *, workspace: str) -> None:
        self.messages = {key: message for key, message in self.messages.items() if not key.startswith(prefix)}

    def says(self) -> str:
        return json.dumps([[block.to_dict() for block in each.blocks] for each in self.messages.values()])


class Library:
    """What leaders told and decided, and where it stands now."""

    def __init__(self, store: Store, clock: StillClock, folder: Path, workspace: str = "T1") -> None:
        self.store, self.clock, self.folder, self.workspace = store, clock, folder, workspace
        self.settings = Settings(_env_file=None, published_dir=folder)  # type: ignore[call-arg]
        self.board = Board()
        self.tag_line = ""
        self.starts()

    def starts(self) -> None:
        """The bot starts anew."""
        self.publisher = Publisher(
            store=self.store,
            gateway=self.board,  # type: ignore[arg-type]
            settings=self.settings,
            clock=self.clock,
            tag_line=self._tag_line,
        )
        self.exports = Exports(self.store, self.clock)
        self.publisher.set_in_order()
        self.exports.set_in_order()

    def leader(self, name: str) -> str:
        """Somebody who joined and permits everything; gives their id."""
        with self.store.session() as session:
            return people.join(
                session,
                workspace=self.workspace,
                slack_id=f"U{name.upper()}",
                name=name,
                profile=Profile(),
                consents=EVERYTHING,
                now=self.clock(),
            ).id

    def permits(self, leader: str, scopes: frozenset[Scope]) -> None:
        """The leader decides on every permission."""
        with self.store.session() as session:
            people.decide_consents(session, workspace=self.workspace, member_id=leader, given=scopes, now=self.clock())

    def tells(self, leader: str, text: str = "We listened.") -> str:
        """A draft that its leader signs off; gives the transcript's id."""
        with self.store.session() as session:
            transcript = service.new_draft(
                session,
                workspace=self.workspace,
                member_id=leader,
                recording_id=f"R{len(session.exec(select(Transcript)).all())}",
                draft=Draft((Paragraph(text),)),
                log=Log(),
                now=self.clock(),
            )
            service.approve(session, transcript, now=self.clock())
            return transcript.id

    def publishes(self, transcript_id: str) -> None:
        """The work that follows a yes."""
        with self.store.session() as session:
            self.publisher.choose_tag_line(session, transcript_id)
        if self.publisher.put_out(transcript_id):
            with self.store.session() as session:
                service.published(session, transcript_id=transcript_id, now=self.clock(), keep_raw_days=0)

    def shares(self, leader: str, text: str = "We listened.") -> str:
        """A story that is out; gives its name."""
        transcript_id = self.tells(leader, text)
        self.publishes(transcript_id)
        return self.name_of(transcript_id)

    def withdraws(self, transcript_id: str) -> None:
        """The leader's no, as it is decided; nothing is pulled back yet."""
        with self.store.session() as session:
            service.withdraw(session, session.get_one(Transcript, transcript_id), by="X", now=self.clock())

    def takes_back(self, name: str) -> None:
        """The leader's no to a story that is out, with all that follows."""
        transcript_id = self.transcript_of(name)
        self.withdraws(transcript_id)
        self.publisher.take_from_shelf(transcript_id)
        self.exports.pull_back(transcript_id)
        self.publisher.take_from_channel(transcript_id)

    def may_be_shown(self) -> set[str]:
        """The names of the stories that the one rule says yes to and that were shared."""
        with self.store.session() as session:
            rows = list(session.exec(select(Story)))
            return {row.name for row in rows if row.published_at is not None and self._may(session, row)}

    def _may(self, session: Session, story: Story) -> bool:
        return service.may_share(session, workspace=story.workspace, transcript_id=story.transcript_id)

    def index(self) -> list[dict[str, Any]]:
        """The index for machines; none is an empty one."""
        path = self.folder / "index.json"
        return list(json.loads(path.read_text())["stories"]) if path.exists() else []

    def index_for_people(self) -> str:
        path = self.folder / "index.md"
        return path.read_text() if path.exists() else ""

    def files(self) -> set[str]:
        """The names of the stories on the shelf."""
        return {path.stem for path in self.folder.glob("*.md")} - {"index"}

    def name_of(self, transcript_id: str) -> str:
        with self.store.session() as session:
            return session.exec(select(Story).where(Story.transcript_id == transcript_id)).one().name

    def transcript_of(self, name: str) -> str:
        with self.store.session() as session:
            return session.exec(select(Story).where(Story.name == name)).one().transcript_id

    def state_of(self, transcript_id: str) -> State:
        with self.store.session() as session:
            return session.get_one(Transcript, transcript_id).state

    def _tag_line(self, session: Session, transcript: Transcript) -> str:
        whose = {"workspace": transcript.workspace, "member_id": transcript.member_id}
        return self.tag_line if people.has_consent(session, **whose, scope=Scope.TAG_LINE) else ""
