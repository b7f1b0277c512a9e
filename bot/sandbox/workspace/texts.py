"""What a person reads: the words of blocks in reading order, and every string inside a structure."""

import re
from collections.abc import Container, Iterator
from typing import Any

_BLOCK_PARTS = ("title", "label", "text", "fields", "hint", "element", "elements", "accessory", "rows", "options",
                "placeholder", "description", "alt_text", "body", "initial_value")  # fmt: skip
_INLINE = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}


def words_of(thing: Any) -> str:
    """The readable words of blocks, a block, an element or a text object; one part a line."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, list):
        return "\n".join(filter(None, map(words_of, thing)))
    if not isinstance(thing, dict):
        return ""
    if thing.get("type") in _INLINE:
        return "".join(map(_inline, thing.get("elements", [])))
    return "\n".join(filter(None, (words_of(thing[part]) for part in _BLOCK_PARTS if part in thing)))


def _inline(piece: dict[str, Any]) -> str:
    kind = piece.get("type")
    named = {"user": f"<@{piece.get('user_id')}>", "channel": f"<#{piece.get('channel_id')}>",
             "emoji": f":{piece.get('name')}:", "broadcast": f"<!{piece.get('range')}>"}  # fmt: skip
    return named.get(str(kind)) or str(piece.get("text") or piece.get("url") or "")


def unescaped(text: str) -> str:
    """The text as Slack shows it, with its three escaped characters back."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, members: Container[str]) -> str:
    """The text as Slack's clients send what a person typed: escaped, but for mentions of members."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"&lt;@(\w+)&gt;", lambda m: f"<@{m[1]}>" if m[1] in members else m[0], safe)


def strings_in(thing: Any) -> Iterator[str]:
    """Every string inside nested lists and dicts, values only."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from strings_in(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from strings_in(value)
