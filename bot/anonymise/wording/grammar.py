"""How a descriptor sits in its sentence: articles, "another", letters, and the words right beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.anonymise.models import Label, Span
from bot.anonymise.wording.taken import Taken

#: how far the words beside a mention are read, in characters
_BESIDE = 80
_SPACES = re.compile(r"\s+")
ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ADJECTIVES = (
    r"(?:lovely|wonderful|brilliant|amazing|great|good|old|older|young|younger|new|local|late|poor|dear|own|whole|"
    r"entire|former|first|other|same|big|little|small|nearby|lead|senior|usual|famous|original|nice|kind|north|south|"
    r"east|west|central|whole of|rest of)"
)
#: an article or a possessive right before: the descriptor then goes without its own
_LED = re.compile(rf"(?<![\w\[])(the|an?|my|our|your|his|their|its|every|another)\s+(?:{_ADJECTIVES}\s+){{0,2}}$", re.I)
#: before details "her" and "'s" are possessives too, for nobody is called by them: "since her illness"
_LED_DETAIL = re.compile(
    rf"(?:(?<![\w\[])(?:the|an?|my|our|your|his|her|their|its|every|this|that|any|no|another)"
    rf"|(?<!\bit)(?<!\bhe)(?<!\bi)(?<!that)(?<!there)(?<!what)(?<!who)['’]s|s['’])\s+(?:{_ADJECTIVES}\s+){{0,2}}$",
    re.I,
)
_MORE_THAN_ONE = re.compile(
    r"\s+(?:gps|practices|surgeries|people|folk|folks|patients|teams|nurses|pharmacies|hospitals|schools|leaders|"
    r"doctors|colleagues|services|streets|families|residents|accents|roots|pcns)\b",
    re.I,
)
_DETAILS = frozenset({Label.HEALTH, Label.FAMILY, Label.ROLE_UNIQUE, Label.DATE})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where something is to be hidden."""

    text: str
    span: Span

    @property
    def form(self) -> str:
        """The words that go."""
        return self.text[self.span.start : self.span.end]

    @property
    def before(self) -> str:
        """What stands right before, each white space as one space."""
        return _SPACES.sub(" ", self.text[max(0, self.span.start - _BESIDE) : self.span.start])

    @property
    def after(self) -> str:
        """What stands right behind, each white space as one space."""
        return _SPACES.sub(" ", self.text[self.span.end : self.span.end + _BESIDE])

    @property
    def rule(self) -> str:
        """Which rule of its source found it: "family name", "age", or ""."""
        return self.span.source.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a descriptor says: "a" "colleague" ", practice nurse". `letters` tell many of one kind apart, else ordinals.

    Without an article, or with "the", all that is described so shares the descriptor.
    """

    article: str
    noun: str
    tail: str = ""
    letters: bool = False

    def first(self) -> str:
        """As it reads for the first of its kind."""
        return f"{with_article(self.noun) if self.article == 'a' else f'{self.article} {self.noun}'.strip()}{self.tail}"


def with_article(noun: str) -> str:
    """ "a town", "an area"."""
    return f"{'an' if noun[0].lower() in 'aeio' or noun[:3] in ('NHS', 'LMC') else 'a'} {noun}"


def descriptor(phrase: Phrase, taken: Taken) -> str:
    """The first of the phrase's descriptors that isn't taken, in brackets."""
    if phrase.article not in ("a", "our"):
        return f"[{phrase.first()}]"
    return next(f"[{words}]" for words in _series(phrase, taken) if f"[{words}]" not in taken)


def _series(phrase: Phrase, taken: Taken) -> Iterator[str]:
    noun, tail = phrase.noun, phrase.tail
    yield phrase.first()
    yield f"our other {noun}{tail}" if phrase.article == "our" else f"another {noun}{tail}"
    if phrase.letters:
        yield from (f"{noun} {letter}{tail}" for letter in taken.letters(noun))
    yield from (f"{with_article(word)} {noun}{tail}" for word in ORDINALS)
    yield from (f"{noun} {number}{tail}" for number in range(11, 10_000))


def bare(words: str) -> str:
    """A descriptor without its article: "[a town]" -> "[town]", "[another town]" -> "[other town]"."""
    return re.sub(r"^\[(?:(?:an?|the|our|my) |an(?=other ))", "[", words)


def fitted(words: str, mention: Mention) -> str:
    """The descriptor as the sentence needs it: no second article, and "a" or "an" as the words before say."""
    many = mention.span.label is Label.LOCATION and _MORE_THAN_ONE.match(mention.after)
    led = (_LED_DETAIL if mention.span.label in _DETAILS else _LED).search(mention.before)
    if not led:
        return bare(words) if many and words.startswith(("[a ", "[an ")) else words
    short = bare(words)
    article = mention.before.split()[-1].lower()
    if short != words and article in ("a", "an") and with_article(short[1:]).split()[0] != article:
        return f"[{'certain' if article == 'a' else 'unnamed'} {short[1:]}"
    return short
