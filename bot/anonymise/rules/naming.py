"""Organisations and programmes by the way people bring them in: "called X", "set up X", saints, "at Guy's"."""

import re
from collections.abc import Iterator

from bot.anonymise.lists import given_names, listed
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import compiled
from bot.anonymise.text import fold, is_english

_STOP = (
    r"(?:and|which|that|that's|but|so|because|cos|where|when|we|we'd|we'll|i|i'd|it|it's|who|is|was|were|are|"
    r"has|had|have|with|"
    r"if|then|they|they'd|he|she|you|um|er|by|before|after|since|until|while|did|does|said|says|came|took|"
    r"started|got|went|"
    r"happened|as|or|just|really|now|no|not|would|would've|will|can|could|started|locally|eventually)"
)
_NEVER_FIRST = (
    rf"(?!(?:{_STOP[3:-1]}|it|them|this|us|me|a|an|on|out|off|in|for|him|her|you|my|your|their|at|to|up|upon|"
    rf"round|over|back|"
    rf"about|from|of|into|down|time|every|some|somebody|someone|something|things?|people|everyone|everybody|"
    rf"what|all|one|"
    rf"themselves|ourselves|myself|himself|herself)\b)"
)
_NAME = (
    rf"((?:the )?{_NEVER_FIRST}[\w'’&-]+(?: (?!{_STOP}\b)[\w'’&-]+){{0,4}}"
    rf"(?: and (?!(?:{_STOP[3:-1]}|the|my|our|all|everyone|everybody|people|that|this|there|then)\b)[\w'’-]+"
    rf"(?=\s*[,.;:!?]|$| {_STOP}\b))?)"
)
_THING = (
    r"(?:programmes?|projects?|schemes?|initiatives?|pilots?|services?|hubs?|groups?|networks?|charity|company|"
    r"collaborative|"
    r"federation|campaign|apps?|cic|clubs?|courses?|pcn|practice|surgery|alliance|forum|thing|things|something|"
    r"one|café|cafe|"
    r"session|morning|clinic|event|newsletter|podcast|huddle|place|pub|shop|band|team|firm|house|home|school|"
    r"centre|building|"
    r"slides?|it's|its|that's|they're|we're|was|were|is|ours|us|got|name)"
)
_CALLED = compiled(
    rf"\b{_THING}(?: (?:that|which|we|they|was|is|i|used to be|everyone|everybody|locally|eventually|then|it|"
    rf"down here|round here|"
    rf"up here|had|have|got|now|once|what))*(?: \w+){{0,4}}? "
    rf"(?:called|named|branded|christened|nicknamed|dubbed|known as|renamed|rebranded|call|calling)"
    rf"(?: it| that| them| this| ours| ourselves| as)? {_NAME}"
)
_CALL_IT = compiled(
    rf"\b(?:(?:call|calls|called|calling|named|name|named|branded|christened|nicknamed|dubbed|renamed|rebranded) "
    rf"(?:it|them|this|that|ourselves|ours|the (?:whole )?(?:thing|project|group|scheme))(?: (?:all|just|now|as))*|"
    rf"what (?:we|they|i|everybody|everyone) (?:now )?(?:call|called|named)|(?:we're|we were|it's|it was) "
    rf"(?:now )?called|"
    rf"what became|what used to be|(?:we|they) (?:became|become)) {_NAME}"
)
#: capitals after these are the name of what somebody began, joined or ran
_BEGUN = compiled(
    r"\b(?:(?i:set up|started|launched|founded|co-?founded|joined|ran|running|opened|created|piloted|began|"
    r"became|become|"
    r"merged with|worked for|works for|working for|from|at|was|that's|for|with|named|left) (?:(?i:the) )?)"
    r"((?:[A-Z][\w'’&-]*[a-z])(?: (?:(?:and|of|the|on|in|for|at|to|without|&) (?=[A-Z]))?[A-Z][\w'’&-]*){1,5})",
    cased=True,
)
_LAUNCHED = compiled(
    r"\b(?i:set up|launched|founded|co-?founded|started up) ((?:[A-Z][\w'’&-]*[a-z])(?: [A-Z][\w'’&-]*){0,5})",
    cased=True,
)
_SAINT = compiled(
    r"\b((?:st|saint|ss)\.? (?!and\b|the\b|of\b|in\b|day\b|time\b)(?:[^\W\d_]{3,})(?:'s|s'|(?<=s)')?"
    r"(?: (?:and|&) (?:st\.? )?(?:all )?[^\W\d_]{3,}'s)?"
    r"(?: (?:church hall|church|school|hospital|infants|juniors|primary|hospice|surgery|academy|college|medical|"
    r"health|parish|"
    r"infirmary|high|comprehensive|centre|practice|in the \w+|on the \w+|by the \w+|rc|c of e))*)"
)
_OUR_LADY = compiled(
    r"\b((?:our lady|holy \w+|sacred heart|convent of|blessed|christ the king|corpus christi)"
    r"(?:'s)?(?: (?:of|and|the|[A-Z][\w']*|lourdes|fatima|rosary|school|primary|high|hospital|church)){0,4}"
    r"(?: [A-Z][\w']*)?)(?= (?:school|primary|in|at)\b|[,.;]|$)"
)
_ROYAL = compiled(
    r"\bthe (royal (?!college|family|mail|society|navy|mint|visit|pharmaceutical|wedding|colleges|commission|"
    r"charter|pardon)"
    r"[^\W\d_]+(?: (?:hospital|infirmary|county|general|free|hospitals))*|"
    r"(?:queen|king|princess|prince) (?:[A-Z]?[^\W\d_]+)'s?(?: (?:hospital|infirmary))?)"
)
#: "at Guy's", "from King's": a house or a hospital, told by whose it is
_WHOSE = compiled(
    r"\b(?:at|to|from|in|into) ((?:(?:St|Queen|King|Old) )?[A-Z][a-z]{2,}['’]s)(?=\s*[,.;:!?]|$| (?i:and|in|we|"
    r"i|when|on|for|"
    r"where|she|he|after|before|so|but|until|nights|then|they|by)\b)",
    cased=True,
)
#: "at king's nights": the same in lower case, of the hospitals that everybody calls so
_WARDS = compiled(
    r"\b(?:at|to|from|in) ((?:king|guy|bart|tommy|george|thomas|jimmy|mary|luke|peter|addenbrooke|queen)'s)(?!\w)"
)
_PARTNERS = compiled(
    r"((?:(?:dr|mr|messrs)\.? )?(?!the\b|our\b|my\b|your\b|their\b|new\b|other\b|of\b|at\b|to\b)[\w'’-]+ (?:and|&) "
    r"(?:partners|sons?|daughters?|co|associates|company))\b(?=\s*[,.;!?]|$| (?:in|on|was|were|is|and|at|"
    r"opticians|chemists?)\b)"
)
_PCN = compiled(
    r"\b(?!the\b|our\b|a\b|my\b|your\b|their\b|each\b|every\b|any\b)([\w'’-]+(?: (?!the\b|our\b|a\b|for\b|at\b|"
    r"of\b)[\w'’-]+)?? p c n)\b"
)
_REGIONS = frozenset(["north", "south", "east", "west", "midlands", "london", "england", "wales", "scotland"])


def find(text: str) -> Iterator[Span]:
    """Names that a naming phrase, a saint, a royal or an owner gives away."""
    for pattern in (_CALLED, _CALL_IT):
        for match in pattern.finditer(text):
            if _is_named(text, match.start(1), match.end(1)):
                yield Span(*match.span(1), Label.ORG, "orgs:branded", 0.7)
    for pattern in (_BEGUN, _LAUNCHED):
        for match in pattern.finditer(text):
            if _is_title(match.group(1)):
                yield Span(*match.span(1), Label.ORG, "orgs:title", 0.6)
    for pattern in (_SAINT, _OUR_LADY, _ROYAL, _WHOSE, _WARDS, _PARTNERS, _PCN):
        for match in pattern.finditer(text):
            yield Span(*match.span(1), Label.ORG, "orgs:whose", 0.7)


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether what follows "called" is a name: two words or more, a capital, or no ordinary word."""
    heard = text[start:end].split()
    core = [word for word in heard if word.lower() not in ("the", "a", "an")]
    if not core or all(fold(word) in listed("work_words") for word in core):
        return False
    if len(core) > 1:
        return True
    return core[0][0].isupper() or not is_english(fold(core[0]))


def _is_title(heard: str) -> bool:
    """Whether capitals in a row name a thing: not people (another layer's), regions, days, or words of work alone."""
    folded = [fold(word) for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", heard)]
    plain = [word for word in folded if word not in ("and", "of", "the", "on", "in", "for", "at", "to", "without")]
    if any(word in given_names() and not is_english(word) for word in plain):
        return False
    return not all(word in listed("work_words") or word in _REGIONS for word in plain)
