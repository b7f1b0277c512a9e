"""The shelf of signed-off stories: a Markdown file each, under a name that leads back to nobody, and their index."""

import os
import re
from pathlib import Path

from bot.stories.errors import CannotPublish

INDEX = ("index.json", "index.md")
#: what `store.base.new_id` makes: nothing else in the folder is ours to take away
NAME = re.compile(r"[0-9a-f]{32}")


class Shelf:
    """Files in `folder`; putting and taking away bear repeating."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: str) -> Path:
        """Writes the file whole or not at all; CannotPublish if the disk won't."""
        return self._write(f"{name}.md", content)

    def take_away(self, name: str) -> None:
        """Deletes the file if it is there, also one that was only half written when the machine died."""
        self._remove(f"{name}.md")

    def names(self) -> set[str]:
        """The names of the stories on the shelf, half-written ones too."""
        return stories_in(self._folder)

    def keep_index(self, for_machines: str, for_people: str) -> None:
        """Puts the index in place of the one before; CannotPublish if the disk won't."""
        for name, content in zip(INDEX, (for_machines, for_people), strict=True):
            self._write(name, content)

    def take_index_away(self) -> None:
        """Without stories there is no index."""
        for name in INDEX:
            self._remove(name)

    def _write(self, name: str, content: str) -> Path:
        try:
            return write_whole(self._folder / name, content)
        except OSError as error:
            raise CannotPublish() from error

    def _remove(self, name: str) -> None:
        for path in (self._folder / name, half_of(self._folder / name)):
            path.unlink(missing_ok=True)


def stories_in(folder: Path) -> set[str]:
    """The names of the stories that have a file in a folder; none where there is no folder."""
    return {path.stem for ending in ("md", "half") for path in folder.glob(f"*.{ending}") if NAME.fullmatch(path.stem)}


def write_whole(path: Path, content: str) -> Path:
    """Writes a file whole or not at all; OSError if the disk won't, and then nothing half is left."""
    half = half_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(content, encoding="utf-8")
        os.replace(half, path)  # noqa: PTH105
    except OSError:
        half.unlink(missing_ok=True)
        raise
    return path


def half_of(path: Path) -> Path:
    """Where a file is until it is whole."""
    return path.with_suffix(".half")
