"""Clues that only this community's roster makes one: its tongues, its offers and seeks, its days, its names."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from bot.anonymise.likeness import alike, alike_run, sound
from bot.anonymise.models import Known
from bot.anonymise.risk.clues import Clue, capital
from bot.anonymise.risk.community import Community
from bot.anonymise.risk.models import Row
from bot.anonymise.risk.reading import Token, read
from bot.anonymise.risk.shape import shaped, with_determiner
from bot.anonymise.risk.speaker import Whose, of_thing
from bot.anonymise.risk.stems import stem
from bot.anonymise.risk.table import WORDS, Table, Wording, lines_of, pieces, wordlist
from bot.anonymise.roster import find as find_known
from bot.anonymise.text import folded_words, is_english, starts_sentence

_DAYS = {day[:3]: day for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}
_DAY_OFF = re.compile(
    r"\b(?:don't work|do not work|never work|not in|day off is|not at work|days off are|off every|off on"
    r"|my day off|except|never in)\s(?:on\s)?(?:a\s)?"
    rf"(?P<day>{'|'.join(_DAYS.values())})s?\b",
    re.I,
)
#: inside a descriptor that isn't closed yet
_IN_BRACKETS = re.compile(r"\[[^\]\n]*$")
#: words of a topic that say nothing by themselves
_EMPTY = frozenset(map(stem, wordlist("topic_fillers")))
#: for the names of organisations
_COMMON = _EMPTY | frozenset(map(stem, wordlist("name_fillers")))
#: how sure one word of a topic, and how sure a tongue, a day off or a name makes one
_TOPIC, _TONGUE, _DAY, _NAME, _WORD = 0.4, 0.75, 0.6, 0.85, 0.35


@dataclass(frozen=True)
class LocalWords:
    """What of this community's rows can be a clue, prepared once."""

    tongues: frozenset[str]
    topics: frozenset[str]
    names: Mapping[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, community: Community) -> "LocalWords":
        """From everything that the members said."""
        tongues = {tongue for theirs in community.columns.get("languages", ()) for tongue in theirs} - {"english"}
        topics = {topic for theirs in community.columns["topics"] for topic in theirs}
        return cls(frozenset(tongues), frozenset(topics), _telling_names(community))

    def find(self, text: str, *, place: int = 0) -> list[Clue]:
        """The clues of a paragraph that only this community's rows tell."""
        tokens = read(text)
        found = [*_tongues(text, tokens, self.tongues), *_topics(text, tokens, self.topics), *_days(text)]
        found += _place_words(text, tokens, self.names)
        return [Clue(c.start, c.end, c.phrase, c.facts, c.sure, c.softer, place) for c in found]


def _telling_names(community: Community) -> dict[tuple[str, str], frozenset[str]]:
    """(stem of a telling word, column) -> the organisations or places that have it in their name."""
    owners: dict[tuple[str, str], set[str]] = {}
    for column in ("organisation", "place"):
        for name in {name for theirs in community.columns.get(column, ()) for name in theirs}:
            for word in re.findall(r"\w+", name):
                if len(word) > (5 if is_english(word) else 3) and stem(word) not in _COMMON:
                    owners.setdefault((stem(word), column), set()).add(name)
    return {key: frozenset(names) for key, names in owners.items()}


class Names:
    """The names of a roster: what to look for, and who has which."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._known = Known.from_members(rows)
        self._by_sound: dict[str, dict[tuple[str, str, str], None]] = {}
        for row in rows:
            for column in ("name", "slack_name", "organisation", "place"):
                value = str(row.get(column) or "")
                for word in {*folded_words(value), "".join(folded_words(value))} - {""}:
                    if len(word) > 3:
                        self._by_sound.setdefault(sound(word)[:1], {})[word, column, value] = None

    def find(self, paragraphs: Sequence[str]) -> Iterator[Clue]:
        """Names that stand in paragraphs after all, also as they sound; each fits whoever has that name."""
        whole = "\n".join(paragraphs)
        starts = [0, *accumulate(len(paragraph) + 1 for paragraph in paragraphs)]
        for span in find_known(whole, self._known):
            heard = whole[span.start : span.end]
            if "\n" in heard or _IN_BRACKETS.search(whole[: span.start][-80:]):
                continue
            place = bisect_right(starts, span.start) - 1
            start, end = span.start - starts[place], span.end - starts[place]
            for column, value in self._owned(heard):
                softer = {"organisation": "our organisation", "place": "this area"}.get(column, "somebody")
                sure = _NAME if column in ("organisation", "place") else _TOPIC
                yield Clue(start, end, heard, ((column, frozenset([value])),), sure, softer, place)

    def _owned(self, heard: str) -> Iterator[tuple[str, str]]:
        """(column, value) of every name on the roster that these words may be."""
        words = folded_words(heard)
        seen: set[tuple[str, str]] = set()
        for form in dict.fromkeys([*words, "".join(words)]):
            for word, column, value in self._by_sound.get(sound(form)[:1], ()):
                if (column, value) not in seen and (alike(word, form) or alike_run(word, form)):
                    seen.add((column, value))
                    yield column, value


def _tongues(text: str, tokens: Sequence[Token], tongues: frozenset[str]) -> Iterator[Clue]:
    for at, token in enumerate(tokens):
        name = token.text.removesuffix("'s")
        for tongue in sorted(tongues):
            named = name == tongue or (len(name) > 5 and name in tongue.split())
            if named and of_thing(tokens, at) is not Whose.DENIED:
                facts = (("languages", frozenset([tongue])),)
                said = text[token.start : token.end]
                yield Clue(token.start, token.end, said, facts, _TONGUE, "another language")


def _days(text: str) -> Iterator[Clue]:
    for match in _DAY_OFF.finditer(text):
        facts = (("working_days", frozenset([f"-{match['day'].lower()[:3]}"])),)
        start, end = match.span("day")
        yield Clue(start, end, text[start:end], facts, _DAY, "some day")


def _topics(text: str, tokens: Sequence[Token], topics: frozenset[str]) -> Iterator[Clue]:
    for at, end, wording in _topic_table(topics).find(tokens):
        start, stop = tokens[at].start, tokens[end - 1].end
        opens = text[start : start + 1].isupper() and starts_sentence(text, start)
        softer = shaped(wording.softer, text[start:stop], "topics", text[max(0, start - 10) : start], opens=opens)
        start = with_determiner(text, start, softer)
        yield Clue(start, stop, text[start:stop], wording.facts, _TOPIC, capital(softer, text, start))


@lru_cache(maxsize=16)
def _topic_table(topics: frozenset[str]) -> Table:
    """Wordings of every topic: its own words, and those of each group that speaks of the same thing."""
    by_wording: dict[str, set[str]] = {}
    for topic in topics:
        for wording in _wordings_of(topic):
            by_wording.setdefault(wording, set()).add(topic)
    return Table(
        [
            Wording(pieces(wording), "topic", (("topics", frozenset(about)),), "such things")
            for wording, about in sorted(by_wording.items())
        ]
    )


def _wordings_of(topic: str) -> Iterator[str]:
    """The topic as written; the groups that it belongs to; and, where there is none, each of its telling words."""
    words = re.findall(r"\w+", topic)
    telling = [word for word in words if stem(word) not in _EMPTY and len(word) > 2]
    if words:
        yield " ".join(words)
    tokens = read(topic)
    groups = [
        group
        for group, table in _groups()
        if any(_whole(tokens, at, end, telling) for at, end, _ in table.find(tokens))
    ]
    yield from (wording for group in groups for wording in group)
    if not groups:
        yield from telling


def _whole(tokens: Sequence[Token], at: int, end: int, telling: Sequence[str]) -> bool:
    """Whether a group's wording names the topic: more than an empty word of it."""
    return any(token.text in telling for token in tokens[at:end]) or end - at == len(tokens)


@cache
def _groups() -> list[tuple[list[str], Table]]:
    lines = [[wording.strip() for wording in line.split("|")] for line in lines_of(WORDS / "topics.txt")]
    return [(line, Table([Wording(pieces(wording), "topic", (), "") for wording in line])) for line in lines]


def _place_words(text: str, tokens: Sequence[Token], names: Mapping[tuple[str, str], frozenset[str]]) -> Iterator[Clue]:
    """Telling words out of the names of organisations and places ("quayside")."""
    for token in tokens:
        for column in ("organisation", "place"):
            if not token.hidden and (owned := names.get((token.stem, column))):
                yield Clue(
                    token.start, token.end, text[token.start : token.end], ((column, owned),), _WORD, "something here"
                )
