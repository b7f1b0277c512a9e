"""Stories that leave as a folder of files; every folder is remembered, so that what is taken back goes from there."""

import errno
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from bot.clock import Clock
from bot.store.engine import Store
from bot.stories import service
from bot.stories.elsewhere import Recalled
from bot.stories.models import Export, Shown, Transcript
from bot.stories.sharing import showing
from bot.stories.sharing.export_folder import ExportFolder, NoExport
from bot.stories.views import day
from bot.words import say

log = logging.getLogger("collaborate.stories")

#: a folder that may be read and not changed is out of our reach, however often it is tried
LOCKED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@dataclass(frozen=True)
class Made:
    """What came of an export: how many stories and words."""

    stories: int
    words: int


@dataclass(frozen=True)
class Checked:
    """What came of looking through an export: how many stories are in it still, and the names of those taken out."""

    stories: int
    taken_out: tuple[str, ...]


class Exports:
    """Makes exports and keeps them in step with what may be shown; everything here bears repeating."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    # --- on the command line ---

    def make(self, folder: Path) -> Made:
        """Writes all that is shared now into a folder, a new one or an earlier export's. FolderInUse.

        That it will be there is recorded first, and afterwards it is looked through once more: a story that is taken
        back at this very moment is either seen by its withdrawal, or here.
        """
        place = ExportFolder(folder.resolve())
        place.look_whether_free()
        with self._store.session() as session:
            stories = [story for story in showing.all_shown(session, now=self._clock()) if story.is_out]
            self._record(session, place, stories)
        place.write(stories, made_at=self._clock())
        with self._store.session() as session:
            place.settle(self._shown(session))
        return Made(len(stories), sum(story.words for story in stories))

    def recall(self, folder: Path) -> Checked:
        """Takes out of an export, wherever it is now, what was taken back; remembers where it is. NoExport."""
        place = ExportFolder(folder.resolve())
        if place.labels is None:
            raise NoExport(folder=folder)
        with self._store.session() as session:
            gone = place.settle(self._shown(session))
            self._record(session, place, [s for s in self._shown(session).values() if s.name in place.names()])
        return Checked(len(place.names()), tuple(sorted(gone)))

    def _record(self, session: Session, place: ExportFolder, stories: Sequence[Shown]) -> None:
        """A row a workspace says that these stories are here. A copy of an export that still stands gets rows of its
        own."""
        rows = [row for label in place.labels or () if (row := session.get(Export, label))]
        ours = {row.workspace: row for row in rows if not self._stands_elsewhere(row, place)}
        for workspace in {story.workspace for story in stories} | ours.keys():
            row = ours.setdefault(workspace, Export(workspace=workspace, folder="", names="[]", made_at=self._clock()))
            row.folder = str(place.folder)
            row.names = json.dumps([story.name for story in stories if story.workspace == workspace])
            session.add(row)
        place.claim(row.id for row in ours.values())

    def _stands_elsewhere(self, export: Export, place: ExportFolder) -> bool:
        there = ExportFolder(Path(export.folder))
        return there.folder != place.folder and there.is_mine(export.id)

    # --- when something is taken back or told anew ---

    def look(self, transcript_id: str) -> Recalled:
        """In how many exports the story is that are still where they were."""
        with self._store.session() as session:
            reached = [row for row in self._holding(session, transcript_id) if _place(row).is_mine(row.id)]
        return Recalled("sharing.recalled_exports", len(reached))

    def pull_back(self, transcript_id: str) -> Recalled:
        """Takes the story out of every export that is still where it was, and says which ones are out of reach."""
        with self._store.session() as session:
            rows = self._holding(session, transcript_id)
        reached = [row for row in rows if self._settle(row)]
        beyond = [say("sharing.beyond_export", date=day(row.made_at)) for row in rows if row not in reached]
        return Recalled("sharing.recalled_exports", len(reached), tuple(dict.fromkeys(beyond)))

    def refresh(self, transcript_id: str) -> None:
        """Brings what stands beside the story up to date, in every export within reach."""
        with self._store.session() as session:
            rows = self._holding(session, transcript_id)
        for row in rows:
            self._settle(row)

    def set_in_order(self) -> None:
        """At start: an export that was out of reach (on a disk that was not there) may have come back."""
        with self._store.session() as session:
            rows = list(session.exec(select(Export).order_by(col(Export.made_at))))
        for row in rows:
            try:
                self._settle(row)
            except OSError as error:
                log.error("export %s could not be looked through: %s", row.id, type(error).__name__)

    def _settle(self, export: Export) -> bool:
        """Brings one export to what may be shown now; False if it is out of reach."""
        place = _place(export)
        try:
            if not place.is_mine(export.id):
                return False
            with self._store.session() as session:
                shown = self._shown(session)
            place.settle(shown)
        except OSError as error:
            if error.errno in LOCKED:
                return False
            raise
        with self._store.session() as session:
            row = session.get_one(Export, export.id)
            row.names = json.dumps([name for name in json.loads(row.names) if name in shown])
        return True

    def _holding(self, session: Session, transcript_id: str) -> list[Export]:
        """The exports that the story is in, as far as is known."""
        story = service.story_of(session, session.get_one(Transcript, transcript_id))
        if story is None:
            return []
        rows = session.exec(select(Export).where(Export.workspace == story.workspace).order_by(col(Export.made_at)))
        return [row for row in rows if story.name in json.loads(row.names)]

    def _shown(self, session: Session) -> dict[str, Shown]:
        return {story.name: story for story in showing.all_shown(session, now=self._clock()) if story.is_out}


def _place(export: Export) -> ExportFolder:
    return ExportFolder(Path(export.folder))
