"""What the subcommands share: reading what they are given, and writing JSON."""

import json
import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from bot.errors import Trouble

Json = Annotated[bool, typer.Option("--json", help="Write JSON, as README.md describes it.")]


class NoSuchFile(Trouble):
    """There is no file {file} that I can read."""


class NotText(Trouble):
    """{file} isn't text in UTF-8, so I left it alone."""


def opened(file: Path) -> BinaryIO:
    try:
        return sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError as error:
        raise NoSuchFile(file=file) from error


def text_of(raw: bytes, file: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(file="What came in" if str(file) == "-" else file) from error


def print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
