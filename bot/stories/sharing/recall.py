"""Taking back: this room and every room that registered pulls its part back, and each part leaves a receipt."""

import json
from collections.abc import Callable

from sqlmodel import Session, select

from bot.clock import Clock
from bot.store.engine import Store
from bot.stories import service
from bot.stories.elsewhere import Elsewhere, PullBack, Recalled
from bot.stories.models import Receipt, Transcript
from bot.stories.sharing.exports import Exports
from bot.stories.sharing.publishing import Publisher
from bot.words import say


class Recall:
    """Steps of a withdrawal, in the order of `names`: our own disk first, as that can't be refused; then Slack.

    What is found is noted before anything goes (`look`), so that the leader's list is whole however often a part has
    to be tried.
    """

    def __init__(
        self, *, store: Store, clock: Clock, publisher: Publisher, exports: Exports, elsewhere: Elsewhere
    ) -> None:
        self._store, self._clock, self._publisher = store, clock, publisher
        here = (
            PullBack("file", self._take_file, self._look_for_file),
            PullBack("exports", exports.pull_back, exports.look),
            PullBack("hidden words", self._forget_hidden, self._look_for_hidden),
            PullBack("words", self._wipe, self._look_for_words),
            PullBack("story", self._take_messages, self._look_for_messages),
        )
        self._here = {each.name: each for each in here}
        self._elsewhere = {each.name: each for each in elsewhere.pull_back}
        assert len(self._here.keys() | self._elsewhere.keys()) == len(here) + len(elsewhere.pull_back), "names differ"

    @property
    def names(self) -> tuple[str, ...]:
        """What is pulled back, one after the other."""
        return (*self._here, *self._elsewhere)

    def look(self, transcript_id: str) -> None:
        """Notes what there is to take back, once: what was noted before stays."""
        for name in self.names:
            part, subject = self._part(name, transcript_id)
            if self._receipt(transcript_id, name) is None:
                found = part.look(subject)
                with self._store.session() as session:
                    _note(session, transcript_id, name, found)

    def pull(self, transcript_id: str, name: str) -> None:
        """Takes one part back, unless that was done before."""
        receipt = self._receipt(transcript_id, name)
        if receipt is not None and receipt.done_at is not None:
            return
        part, subject = self._part(name, transcript_id)
        recalled = part.act(subject)
        with self._store.session() as session:
            _note(session, transcript_id, name, recalled).done_at = self._clock()

    def told(self, transcript_id: str) -> tuple[list[Recalled], list[Recalled]]:
        """What is taken back and what is still to go: first what others could read, last what only the leader could."""
        order = ("story", "file", "exports", *self._elsewhere, "words", "hidden words")
        receipts = [found for name in order if (found := self._receipt(transcript_id, name)) is not None]
        done = [_read(receipt) for receipt in receipts if receipt.done_at is not None]
        return done, [_read(receipt) for receipt in receipts if receipt.done_at is None]

    def forget(self, session: Session, transcript_id: str) -> None:
        """Deletes receipts, and the name under which the story was out, once all is gone and its leader was told."""
        for receipt in session.exec(select(Receipt).where(Receipt.transcript_id == transcript_id)):
            session.delete(receipt)
        service.forget_story(session, session.get_one(Transcript, transcript_id))

    def _part(self, name: str, transcript_id: str) -> tuple[PullBack, str]:
        if name in self._here:
            return self._here[name], transcript_id
        with self._store.session() as session:
            return self._elsewhere[name], session.get_one(Transcript, transcript_id).recording_id

    def _receipt(self, transcript_id: str, name: str) -> Receipt | None:
        with self._store.session() as session:
            return _receipt(session, transcript_id, name)

    # --- this room's own parts, by the transcript's id ---

    def _look_for_file(self, transcript_id: str) -> Recalled:
        return Recalled("sharing.recalled_file", int(self._publisher.is_on_shelf(transcript_id)))

    def _take_file(self, transcript_id: str) -> Recalled:
        self._publisher.take_from_shelf(transcript_id)
        return Recalled()

    def _look_for_hidden(self, transcript_id: str) -> Recalled:
        found = self._ask(lambda session: service.keeps_log(session, session.get_one(Transcript, transcript_id)))
        return Recalled("sharing.recalled_hidden", int(found))

    def _forget_hidden(self, transcript_id: str) -> Recalled:
        with self._store.session() as session:
            service.forget_hidden(session, session.get_one(Transcript, transcript_id))
        return Recalled()

    def _look_for_words(self, transcript_id: str) -> Recalled:
        found = self._ask(lambda session: session.get_one(Transcript, transcript_id).draft is not None)
        return Recalled("sharing.recalled_words", int(found))

    def _wipe(self, transcript_id: str) -> Recalled:
        with self._store.session() as session:
            service.wipe(session, session.get_one(Transcript, transcript_id))
        return Recalled()

    def _look_for_messages(self, transcript_id: str) -> Recalled:
        return Recalled("sharing.recalled_story", self._publisher.in_channel(transcript_id))

    def _take_messages(self, transcript_id: str) -> Recalled:
        self._publisher.take_from_channel(transcript_id)
        with self._store.session() as session:
            story = service.story_of(session, session.get_one(Transcript, transcript_id))
        was_out = story is not None and story.published_at is not None
        return Recalled(beyond=(say("sharing.beyond_read"),) if was_out else ())

    def _ask(self, question: Callable[[Session], bool]) -> bool:
        with self._store.session() as session:
            return question(session)


def _receipt(session: Session, transcript_id: str, name: str) -> Receipt | None:
    wanted = select(Receipt).where(Receipt.transcript_id == transcript_id, Receipt.name == name)
    return session.exec(wanted).first()


def _note(session: Session, transcript_id: str, name: str, recalled: Recalled) -> Receipt:
    """What was found before or is told now, whichever is more: a second try finds less than there was."""
    receipt = _receipt(session, transcript_id, name)
    if receipt is None:
        workspace = session.get_one(Transcript, transcript_id).workspace
        receipt = Receipt(workspace=workspace, transcript_id=transcript_id, name=name)
    receipt.what = recalled.what or receipt.what
    receipt.count = max(recalled.count, receipt.count)
    receipt.beyond = json.dumps(recalled.beyond) if recalled.beyond else receipt.beyond
    session.add(receipt)
    return receipt


def _read(receipt: Receipt) -> Recalled:
    return Recalled(receipt.what, receipt.count, tuple(json.loads(receipt.beyond)))
