"""The draft in its leader's DM: given back, changed, mentioned again, and without its raw words on the stated day."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from slack_sdk.models.views import View
from sqlmodel import Session

from bot.clock import Clock
from bot.engine_room import EngineRoom
from bot.people import service as people
from bot.schedule import service as schedule
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.slack.gateway import Gateway
from bot.slack.models import Message
from bot.store.engine import Store
from bot.stories import changes, risks, service, views
from bot.stories.models import (
    Change,
    ChangeKind,
    Draft,
    Hidden,
    Log,
    Paragraph,
    Self,
    State,
    Transcript,
    may_put_back,
    put_back,
    standing,
)
from bot.stories.review import looking, sitting
from bot.stories.signing import service as signing
from bot.stories.signing import views as signing_views
from bot.stories.wordage import parted
from bot.words import Safe

if TYPE_CHECKING:
    from bot.anonymise.models import Hidden as Found
    from bot.anonymise.models import Masked


#: lines for the first page of a draft, from `say`; takes the recording's id
Notes = Callable[[str], Sequence[Safe]]


class Drafts:
    """Steps around a draft; each opens its own sessions and bears repeating."""

    def __init__(
        self, *, store: Store, engines: EngineRoom, gateway: Gateway, settings: Settings, clock: Clock
    ) -> None:
        self._store, self._engines, self._gateway = store, engines, gateway
        self._settings, self._clock = settings, clock
        self._turns = [Lock() for _ in range(64)]
        self._notes: list[Notes] = []

    def add_notes(self, notes: Notes) -> None:
        """Rooms to the right may say something on a draft's first page: they hand in what makes the lines."""
        self._notes.append(notes)

    def give_back(self, transcript_id: str) -> None:
        """Posts the draft to its leader, and to nobody else; once, however often this runs."""
        transcript = self._transcript(transcript_id)
        message = self._message(transcript)
        if message is not None:
            self._gateway.post_once(
                _key(transcript_id), message, workspace=transcript.workspace, channel=self._direct(transcript)
            )

    def refresh(self, transcript_id: str) -> None:
        """Brings the draft's message up to date, on the page where it is open."""
        with self._turn(transcript_id):
            message = self._message(self._transcript(transcript_id))
            if message is not None:
                self._edit(transcript_id, message)

    def answer_window(self, transcript_id: str) -> None:
        """A window that waited for a change goes on to the question whether to share; one that was closed stays so."""
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            if not service.looked_of(transcript).window or transcript.state is not State.DRAFT:
                return
            asked = signing.asked(session, transcript, self._settings)
        self._show_in_window(transcript, signing_views.signing_modal(signing.ref_of(transcript, asked), asked))

    def close_window(self, transcript_id: str) -> None:
        """A window that waited for a change that could not be worked in says so."""
        transcript = self._transcript(transcript_id)
        if service.looked_of(transcript).window:
            self._show_in_window(transcript, signing_views.kept_as_was_modal())

    def _show_in_window(self, transcript: Transcript, view: View) -> None:
        """The window that waits gets its answer, and waits no more."""
        self._gateway.show_in_window(service.looked_of(transcript).window, view)
        with self._store.session() as session:
            stored = session.get_one(Transcript, transcript.id)
            sitting.keep(stored, replace(service.looked_of(stored), window=""))

    def assess(self, transcript: Transcript, draft: Draft) -> str:
        """What in a masked draft could still tell who is speaking, as `Transcript.risks` keeps it (JSON).

        Every masking is followed by this, the first one too (the row need not be stored yet); what goes wrong here
        goes up, so that no draft comes out unassessed.
        """
        with self._store.session() as session:
            facing = risks.facing(session, transcript, self._settings)
        found = self._engines.assess(
            [paragraph.text for paragraph in draft.paragraphs],
            speaker=facing.speaker,
            members=facing.members,
            published=facing.published,
            k=self._settings.min_group,
        )
        return found.to_json()

    def show(self, transcript_id: str, message: Message) -> None:
        """Replaces what the draft's message says: the one place in the DM where these words stand."""
        with self._turn(transcript_id):
            self._edit(transcript_id, message)

    def _turn(self, transcript_id: str) -> Lock:
        """Whoever edits a draft's message waits for its turn, so that an older state never lands on a newer one."""
        return self._turns[hash(transcript_id) % len(self._turns)]

    def _edit(self, transcript_id: str, message: Message) -> None:
        posted = self._gateway.find_post(_key(transcript_id), workspace=self._transcript(transcript_id).workspace)
        if posted is not None:
            self._gateway.edit(posted, message)

    def tell(self, transcript_id: str, key: str, message: Message) -> None:
        """Says something to the leader, once a key."""
        transcript = self._transcript(transcript_id)
        self._gateway.post_once(key, message, workspace=transcript.workspace, channel=self._direct(transcript))

    def work_in(self, change_id: str) -> str:
        """Works a change in, through the anonymiser; gives the transcript's id, or "" if nothing waits."""
        with self._store.session() as session:
            waiting = changes.change_of(session, change_id)
            if waiting is None:
                return ""
            change, transcript = waiting
            before = service.draft_of(transcript), service.log_of(session, transcript)
            own = service.self_of(people.get(session, workspace=transcript.workspace, member_id=transcript.member_id))
            known = people.identifiers(session, workspace=transcript.workspace, roster=self._settings.roster)
        draft, log = changed(*before, change, own)
        texts = [paragraph.text for paragraph in draft.paragraphs]
        masked = self._engines.mask(texts, known=known, keep=log.keep, hide=log.hide, memory=log.memory)
        draft, log = merged(draft, log, masked)
        found = self.assess(transcript, draft)
        with self._store.session() as session:
            changes.work_in(session, change_id=change_id, draft=draft, log=log, risks=found)
        return transcript.id

    def leave_as_it_was(self, change_id: str) -> None:
        """After a change that could not be worked in: the words stay as they were, and the leader is told."""
        with self._store.session() as session:
            transcript_id = changes.drop_change(session, change_id)
        if transcript_id is not None:
            self.refresh(transcript_id)
            self.close_window(transcript_id)
            self.tell(transcript_id, f"kept:{change_id}", views.kept_as_was_message())
            with self._store.session() as session:
                changes.forget_change(session, change_id)

    def remind(self, due: Due) -> None:
        """One of the two reminders, if the draft still waits."""
        with self._store.session() as session:
            transcript = session.get(Transcript, due.subject)
            deletion = self._deletion(session, transcript) if transcript else None
        if transcript is None or transcript.state is not State.DRAFT or deletion is None:
            return
        if not self.waits_for_morning(due, transcript):
            last = due.kind is Kind.DRAFT_LAST_REMINDER
            self.tell(due.subject, f"reminder:{due.id}", views.reminder_message(last=last, deletion=deletion))

    def waits_for_morning(self, due: Due, transcript: Transcript) -> bool:
        """In the leader's quiet hours plans the same for their end, and says so: a tick may come late (rule 7)."""
        with self._store.session() as session:
            leader = people.get(session, workspace=transcript.workspace, member_id=transcript.member_id)
            moment = service.kind_moment(self._clock(), leader, self._settings)
            if moment <= self._clock():
                return False
            schedule.plan(session, workspace=transcript.workspace, kind=due.kind, subject=transcript.id, due_at=moment)
            return True

    def _message(self, transcript: Transcript) -> Message | None:
        if transcript.state is not State.DRAFT or transcript.draft is None:
            return None
        notes = [line for made in self._notes for line in made(transcript.recording_id)]
        with self._store.session() as session:
            deletion = self._deletion(session, transcript)
            seen = sitting.sit(session, transcript)
            asked = signing.asked(session, transcript, self._settings)
        page = seen.looked.page
        if page is not None and not views.is_short(seen.draft):
            return views.text_message(transcript, seen.draft, page=page, deletion=deletion, asked=asked)
        return views.first_page(transcript, seen, deletion=deletion, notes=notes, asked=asked)

    def _deletion(self, session: Session, transcript: Transcript) -> datetime | None:
        return schedule.date_of(
            session, workspace=transcript.workspace, kind=Kind.RAW_DELETION, subject=transcript.id, after=self._clock()
        )

    def _transcript(self, transcript_id: str) -> Transcript:
        with self._store.session() as session:
            return session.get_one(Transcript, transcript_id)

    def _direct(self, transcript: Transcript) -> str:
        with self._store.session() as session:
            leader = people.get(session, workspace=transcript.workspace, member_id=transcript.member_id)
        return self._gateway.direct(leader.slack_id)


def changed(draft: Draft, log: Log, change: Change, own: Self) -> tuple[Draft, Log]:
    """The draft and log with a change, before the anonymiser has seen it. What may not be put back stays hidden."""
    content = json.loads(change.content)
    if change.kind is ChangeKind.EDIT:
        return _typed(draft, log, {int(place): text for place, text in content.items()})
    if change.kind is ChangeKind.HIDE:
        return draft, replace(log, hide=(*log.hide, content))
    if change.kind is ChangeKind.REVIEW:
        return _looked_through(draft, log, looking.decisions_from(content), own)
    return _back(draft, log, frozenset(content), own)


def _looked_through(draft: Draft, log: Log, decisions: Sequence[looking.Decision], own: Self) -> tuple[Draft, Log]:
    """Line by line: words first, then what is put back, then what is hidden from now on."""
    after = looking.worked(draft, decisions)
    typed = {n: text for n, text in enumerate(after.texts) if text != draft.paragraphs[n].text}
    whole = {n for n in typed if any(decision.old == draft.paragraphs[n].text for decision in decisions)}
    draft, log = _typed(draft, log, typed, doubts=typed.keys() - whole)
    draft, log = _back(draft, log, after.entities, own)
    return draft, replace(log, hide=(*log.hide, *after.hide))


def _back(draft: Draft, log: Log, entities: frozenset[str], own: Self) -> tuple[Draft, Log]:
    refused = {hidden.entity for hidden in log.hidden if not may_put_back(hidden, log, own)}
    return put_back(draft, log, entities - refused)


def merged(draft: Draft, log: Log, masked: "Masked") -> tuple[Draft, Log]:
    """The draft with what the anonymiser hid now, and the log of all that is hidden, in reading order.

    Paragraphs that were emptied are left out. Of what was hidden before, what still stands stays in the log.
    """
    paragraphs: list[Paragraph] = []
    hidden: list[Hidden] = []
    for place, (before, after) in enumerate(zip(draft.paragraphs, masked.paragraphs, strict=True)):
        if not after.text.strip():
            continue
        new = [(h.span.start, _as_logged(h, after.original)) for h in after.hidden]
        old = standing(after.original, [h for h in log.hidden if h.place == place])
        still = [(at, h) for at, h in old if h.descriptor in after.text]
        hidden += [replace(h, place=len(paragraphs)) for _, h in sorted([*still, *new], key=lambda found: found[0])]
        paragraphs.append(replace(before, text=after.text))
    descriptors = tuple(dict.fromkeys(h.descriptor for h in hidden))
    return Draft(tuple(paragraphs), descriptors), replace(log, hidden=tuple(hidden), memory=masked.memory.to_json())


def _typed(draft: Draft, log: Log, typed: Mapping[int, str], *, doubts: Collection[int] = ()) -> tuple[Draft, Log]:
    """Typed texts in their places, long ones in parts; the log follows the paragraphs to their new places.

    What a leader typed is sure, except in paragraphs of which only a part is new (`doubts`).
    """
    paragraphs: list[Paragraph] = []
    hidden: list[Hidden] = []
    for place, paragraph in enumerate(draft.paragraphs):
        parts = [paragraph]
        if place in typed:
            unsure = paragraph.unsure and place in doubts
            parts = [replace(paragraph, text=part, unsure=unsure, edited=True) for part in parted(typed[place])]
        left = [h for h in log.hidden if h.place == place]
        for part in parts:
            here = [h for _, h in standing(part.text, left)]
            hidden += [replace(h, place=len(paragraphs)) for h in here]
            left = left[len(here) :] if left[: len(here)] == here else [h for h in left if h not in here]
            paragraphs.append(part)
    return replace(draft, paragraphs=tuple(paragraphs)), replace(log, hidden=tuple(hidden))


def _as_logged(found: "Found", text: str) -> Hidden:
    sentence = _sentence(text, found.span.start)
    return Hidden(0, found.entity, found.descriptor, found.span.label.value, found.original, sentence)


def _sentence(text: str, position: int) -> str:
    """The sentence of `text` around a position."""
    start = max(text.rfind(mark, 0, position) for mark in ".!?") + 1
    ends = [end for mark in ".!?" if (end := text.find(mark, position)) >= 0]
    return text[start : min(ends, default=len(text))].strip()


def _key(transcript_id: str) -> str:
    return f"draft:{transcript_id}"
