"""The rich text that Slack's clients send beside what somebody typed: mentions, links, emoji, styles, quotes, code."""

import re
from collections.abc import Container, Iterator
from itertools import groupby
from typing import Any

Json = dict[str, Any]

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_STYLES = {"*": "bold", "_": "italic", "~": "strike"}
_PIECE = re.compile(
    r"<@(?P<user>\w+)>|<#(?P<channel>\w+)>|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)\]}'\"])"
    r"|(?<!\w):(?P<emoji>[a-z+-][a-z0-9_+'-]*):(?!\w)|`(?P<code>[^`\n]+)`"
    r"|(?<!\w)(?P<mark>[*_~])(?P<styled>[^\s*_~](?:[^*_~\n]*[^\s*_~])?)(?P=mark)(?!\w)"
)


def rich_text(text: str, known: Container[str]) -> list[Json]:
    """One rich_text block, none for no text. `known`: ids of people and channels that can be mentioned."""
    parts = _FENCE.split(text)  # what stands outside and inside of fences, in turn
    elements: list[Json] = []
    for number, part in enumerate(parts):
        if number % 2:
            elements.append({"type": "rich_text_preformatted", "elements": [_plain(part)]})
        elif part.strip("\n"):
            elements += _paragraphs(part.strip("\n") if len(parts) > 1 else part, known)
    return [{"type": "rich_text", "elements": elements}] if elements else []


def _paragraphs(text: str, known: Container[str]) -> Iterator[Json]:
    """Runs of lines that begin with > are quotes, the others are sections."""
    for quoted, lines in groupby(text.split("\n"), key=lambda line: line.startswith(">")):
        words = "\n".join(line.removeprefix(">").removeprefix(" ") if quoted else line for line in lines)
        if words:
            kind = "rich_text_quote" if quoted else "rich_text_section"
            yield {"type": kind, "elements": list(_pieces(words, known))}


def _pieces(text: str, known: Container[str]) -> Iterator[Json]:
    done = 0
    for found in _PIECE.finditer(text):
        piece = _piece(found, known)
        if piece:
            if found.start() > done:
                yield _plain(text[done : found.start()])
            yield piece
            done = found.end()
    if done < len(text):
        yield _plain(text[done:])


def _piece(found: re.Match[str], known: Container[str]) -> Json | None:
    """The element for a match, None for a mention of nobody."""
    named = {name: value for name, value in found.groupdict().items() if value}
    if "url" in named:
        return {"type": "link", "url": named["url"]}
    if "emoji" in named:
        return {"type": "emoji", "name": named["emoji"]}
    if "code" in named:
        return {**_plain(named["code"]), "style": {"code": True}}
    if "styled" in named:
        return {**_plain(named["styled"]), "style": {_STYLES[named["mark"]]: True}}
    kind, who = next(iter(named.items()))
    return {"type": kind, f"{kind}_id": who} if who in known else None


def _plain(text: str) -> Json:
    return {"type": "text", "text": text}
