"""The shelf of signed-off stories: one Markdown file each, under a name that leads back to nobody."""

import os
from pathlib import Path

from bot.stories.errors import CannotPublish


class Shelf:
    """Files in `folder`; putting and taking away bear repeating."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: str) -> Path:
        """Writes the file whole or not at all; CannotPublish if the disk won't."""
        path = self._folder / f"{name}.md"
        half = path.with_suffix(".half")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half.write_text(content, encoding="utf-8")
            os.replace(half, path)  # noqa: PTH105
        except OSError as error:
            half.unlink(missing_ok=True)
            raise CannotPublish() from error
        return path

    def take_away(self, name: str) -> None:
        """Deletes the file if it is there, also one that was only half written when the machine died."""
        for ending in ("md", "half"):
            (self._folder / f"{name}.{ending}").unlink(missing_ok=True)
