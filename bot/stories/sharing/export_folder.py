"""A folder of exported stories: Markdown files, stories.jsonl with all of them, and a note on withdrawals."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.errors import Trouble
from bot.stories.models import Shown
from bot.stories.sharing.files import story_line, story_markdown
from bot.stories.sharing.shelf import NAME, half_of, stories_in, write_whole
from bot.stories.views import day
from bot.words import plain

#: says which export a folder is, so that nothing is ever taken from a folder that only stands where an export stood
LABEL, NOTE, LINES = "export.json", "README.md", "stories.jsonl"


class FolderInUse(Trouble):
    """{folder} holds something else already. Name a folder that is empty or new, or an earlier export to replace."""


class NoExport(Trouble):
    """{folder} isn't an export of stories: there is no export.json in it that I can read."""


class ExportFolder:
    """The files of one export; everything here bears repeating. OSError where the disk won't."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The ids of the exports that this folder is; None if it is none, or isn't there."""
        try:
            label = json.loads((self.folder / LABEL).read_text(encoding="utf-8"))
            return tuple(map(str, label["exports"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def is_mine(self, export_id: str) -> bool:
        """Whether what stands here is this export, and may be changed."""
        return export_id in (self.labels or ()) and os.access(self.folder, os.W_OK)

    def look_whether_free(self) -> None:
        """FolderInUse where something else than an export is in the folder."""
        free = not self.folder.exists() or (self.folder.is_dir() and not any(self.folder.iterdir()))
        if not free and self.labels is None:
            raise FolderInUse(folder=self.folder)

    def claim(self, export_ids: Iterable[str]) -> None:
        """Makes the folder these exports' own."""
        write_whole(self.folder / LABEL, json.dumps({"exports": sorted(set(export_ids))}) + "\n")

    def write(self, stories: Sequence[Shown], *, made_at: datetime) -> None:
        """The stories in place of those before, in the order given, and the note beside them."""
        self._keep({story.name: story for story in stories}, self.names())
        write_whole(self.folder / NOTE, plain("sharing.export_readme", date=day(made_at)) + "\n")
        for story in stories:
            self._write_story(story)
        self._write_lines([story_line(story) for story in stories])

    def names(self) -> set[str]:
        """The names of the stories in it."""
        return stories_in(self.folder) | {name for line in self._lines() if (name := _named(line))}

    def settle(self, shown: Mapping[str, Shown]) -> set[str]:
        """Takes out what may not be shown any more and brings the rest up to date; gives the names taken out."""
        gone = self._keep(shown, self.names())
        for name in stories_in(self.folder):
            self._write_story(shown[name])
        left = [line for line in self._lines() if not any(name in line for name in gone)]
        named = [(_named(line), line) for line in left]
        self._write_lines([story_line(shown[name]) if name else line for name, line in named])
        return gone

    def _keep(self, shown: Mapping[str, Shown], names: set[str]) -> set[str]:
        gone = {name for name in names if name not in shown}
        for name in gone:
            for path in (self.folder / f"{name}.md", half_of(self.folder / name)):
                path.unlink(missing_ok=True)
        return gone

    def _write_story(self, story: Shown) -> None:
        path, content = self.folder / f"{story.name}.md", story_markdown(story)
        if not path.exists() or path.read_bytes() != content.encode():
            write_whole(path, content)

    def _lines(self) -> list[str]:
        path = self.folder / LINES
        return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []

    def _write_lines(self, lines: Sequence[str]) -> None:
        if lines != self._lines() or not (self.folder / LINES).exists():
            write_whole(self.folder / LINES, "".join(f"{line}\n" for line in lines))


def _named(line: str) -> str:
    """The story that a line is about; "" for a line that isn't ours."""
    try:
        row = json.loads(line)
    except ValueError:
        return ""
    name = str(row.get("story", "")) if isinstance(row, dict) else ""
    return name if NAME.fullmatch(name) else ""
