"""Large files are written whole or not at all: to a name of their own first, then renamed, so that two processes may do
the same work at once and a crash leaves no half file under the real name."""

import errno
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.voice.errors import CannotKeep, DiskFull

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
SAME_ALREADY = {errno.ENOTEMPTY, errno.EEXIST}


@contextmanager
def workplace(folder: Path, megabytes: int) -> Iterator[Path]:
    """An empty folder inside `folder`, on the same disk, that is gone afterwards whatever happened.

    Raises DiskFull (naming `megabytes`) and CannotKeep for what goes wrong while it is used.
    """
    made: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
        yield made
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(megabytes=megabytes, folder=folder) from error
        if error.errno in FORBIDDEN:
            raise CannotKeep(folder=folder) from error
        raise
    finally:
        if made:
            shutil.rmtree(made, ignore_errors=True)


def keep_file(target: Path, content: bytes) -> Path:
    """Writes `target` whole. Raises DiskFull, CannotKeep."""
    with workplace(target.parent, _megabytes(len(content))) as place:
        draft = place / target.name
        draft.write_bytes(content)
        draft.replace(target)
    return target


def keep_folder(target: Path, files: Mapping[str, bytes]) -> Path:
    """Writes the folder `target` with all its files, or finds that another process just did.

    Raises DiskFull, CannotKeep.
    """
    with workplace(target.parent, _megabytes(sum(map(len, files.values())))) as place:
        draft = place / target.name
        draft.mkdir()
        for name, content in files.items():
            (draft / name).write_bytes(content)
        try:
            draft.rename(target)
        except OSError as error:
            if error.errno not in SAME_ALREADY:
                raise
    return target


def _megabytes(size: int) -> int:
    return size // 1_000_000 + 1
