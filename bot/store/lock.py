"""One bot a data folder: two processes under one name would do every job twice."""

import fcntl
from pathlib import Path

from bot.errors import Failure


class AlreadyRunning(Failure):
    """Collaborate is already running with this DATA_DIR. Stop it first, or set another DATA_DIR."""

    exit_code = 2


class OnlyOne:
    """Holds the data folder until released, or until the process dies."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._file = (data_dir / "running.lock").open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise AlreadyRunning() from error

    def release(self) -> None:
        """Lets go of the folder."""
        self._file.close()
