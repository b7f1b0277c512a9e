"""Walks everything that the bot keeps, says or writes, looking for words that must be nowhere."""

import base64
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.store.crypto import Keyring, KeyWrong
from tests.place import Place

TOKEN = re.compile(rb"gAAAA[\w\-]+=*")


def raw_files(place: Place) -> Iterator[tuple[str, bytes]]:
    """Every file of the community, byte for byte: the database with its log, audio, stories, index, exports, logs."""
    for path in sorted(place.folder.rglob("*")):
        if path.is_file() and path.stat().st_size < 50_000_000:  # larger ones are models
            yield str(path.relative_to(place.folder)), path.read_bytes()


def database(place: Place, keyring: Keyring) -> Iterator[tuple[str, bytes]]:
    """Every cell of every table, the workflow engine's too: as it is, decoded, and decrypted."""
    with closing(sqlite3.connect(place.settings.data_dir / "collaborate.db")) as connection:
        connection.text_factory = bytes
        tables = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            found = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in found.description]
            for row in found:
                for column, cell in zip(columns, row, strict=True):
                    if isinstance(cell, bytes):
                        yield from ((f"{table}.{column}", form) for form in _forms(cell, keyring))


def slack(place: Place) -> Iterator[tuple[str, bytes]]:
    """Everything in the workspace as it stands now: messages, open windows, homes, names of files."""
    yield from (("Slack", text.encode()) for text in place.sandbox.everything())


def sent_files(place: Place) -> Iterator[tuple[str, bytes]]:
    """What the bot itself uploaded to Slack and has not deleted."""
    workspace = place.sandbox.workspace
    for file in workspace.files.values():
        if file.owner == workspace.bot.id and file.data:
            yield f"sent {file.name}", file.data


def places_of(words: str, *walks: Iterator[tuple[str, bytes]]) -> set[str]:
    """Where the words are found, in any case and however the line was broken."""
    wanted = _plain(words.encode())
    return {where for walk in walks for where, content in walk if wanted in _plain(content)}


def sounds(place: Place) -> list[Path]:
    """The recordings on disk."""
    return [path for path in (place.settings.data_dir / "audio").rglob("*") if path.is_file()]


def _forms(cell: bytes, keyring: Keyring) -> Iterator[bytes]:
    yield cell
    for token in TOKEN.findall(cell):
        try:
            yield keyring.unlock(token)
        except KeyWrong:
            continue
    try:
        yield base64.b64decode(cell, validate=True)
    except ValueError:
        return


def _plain(content: bytes) -> bytes:
    return re.sub(rb"\s+", b" ", content.lower())
