"""A language model on this machine reads the text as well, where the operator switched one on. It may only add.

Any server on a loopback address with the chat-completions interface does. The text travels as JSON data; what comes
back counts only where it is a list of words that stand in the text. Whatever goes wrong, the other layers' finds stand.
"""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from bot.addresses import is_loopback
from bot.anonymise.models import Label, Span
from bot.words import plain

log = logging.getLogger("collaborate.anonymise")

#: seconds that a paragraph may take, and for how long a model that took longer isn't asked again: leaders wait for it
PATIENCE = 30.0
REST = 600.0
#: a find longer than this (characters) is no identifier
LONGEST = 120
#: a model that would hide more than this share of a text has lost its way, or was talked into it
FLOOD = 0.3
#: what is read of an answer, in bytes
ANSWER = 200_000
#: what asking, and reading an answer of any shape, may raise
_NO_ANSWER = (
    httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError
)  # fmt: skip
_LABELS = frozenset(Label) - {Label.LANGUAGE}


class TooSlow(ValueError):
    """An answer that comes a little at a time, for longer than anybody waits."""


def passing(url: str | None, model: str) -> "ModelPass | None":
    """The pass, or None where no model is switched on. ValueError for an address that isn't this machine's."""
    if not url:
        return None
    if not is_loopback(url):
        raise ValueError("not a loopback address")
    return ModelPass(url, model)


@dataclass(slots=True)
class ModelPass:
    """`url` is the server's address up to and without /chat/completions, `model` the name that it knows."""

    url: str
    model: str
    patience: float = PATIENCE
    rests_until: float = 0.0

    def __call__(self, text: str) -> list[Span]:
        """Spans of what the model names and the text holds; none where the model is away or talks nonsense."""
        if not text.strip() or time.monotonic() < self.rests_until:
            return []
        try:
            spans = list(_spans(text, self._ask(text)))
        except _NO_ANSWER as problem:
            if isinstance(problem, httpx.TimeoutException | TooSlow):
                self.rests_until = time.monotonic() + REST
            log.warning("the language model could not be asked: %s", type(problem).__name__)
            return []
        if sum(span.end - span.start for span in spans) > FLOOD * len(text):
            log.warning("the language model would hide too much, so it was not listened to")
            return []
        return spans

    def _ask(self, text: str) -> list[Any]:
        """What the model lists. No proxy and no redirect: the words must not leave this machine."""
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": plain("model.anonymise")},
                {"role": "user", "content": json.dumps({"text": text}, ensure_ascii=False)},
            ],
        }
        with (
            httpx.Client(timeout=self.patience, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", f"{self.url.rstrip('/')}/chat/completions", json=body) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise ValueError("refused")
            content = json.loads(_all_of(answer, self.patience))["choices"][0]["message"]["content"]
        found = json.loads(content[content.index("{") : content.rindex("}") + 1])["found"]
        return found if isinstance(found, list) else []


def _all_of(answer: httpx.Response, patience: float) -> bytes:
    read, until = b"", time.monotonic() + patience
    for piece in answer.iter_bytes():
        read += piece
        if len(read) > ANSWER:
            raise ValueError("too long")
        if time.monotonic() > until:
            raise TooSlow
    return read


def _spans(text: str, found: list[Any]) -> Iterator[Span]:
    """Every place of every phrase that stands in the text as it was given; anything else is left out."""
    for row in found:
        if not isinstance(row, dict) or row.get("label") not in _LABELS or not isinstance(row.get("words"), str):
            continue
        words = row["words"].strip()
        if not 1 < len(words) <= LONGEST:
            continue
        at = text.find(words)
        while at >= 0:
            if _whole(text, at, at + len(words)):
                yield Span(at, at + len(words), Label(row["label"]), "model", 0.5)
            at = text.find(words, at + len(words))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends between words."""
    return not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum()
