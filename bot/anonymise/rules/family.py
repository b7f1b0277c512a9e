"""Family: the name, school or employer of a relative."""

import re

from bot.anonymise.lists import given_names
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import OWNER, RELATIVE, compiled
from bot.anonymise.text import fold, is_english

_CLAUSE_END = r"(?=[,.;:!?\n]|\s+(?:and|but|so|because|which|who|when|while|then|or|where|since|though|as)\b|$)"
_DOES = (
    r"(?:teaches|taught|works|worked|working|goes|went|going|studies|studied|studying|trained|is "
    r"training|volunteers|boards|nursed|drives|drove|coaches|coached|preaches|preached|farms|farmed|"
    r"cleans|cleaned|cooks|cooked|commutes|attends|attended|transferred|moved|joined|"
    r""
    r"is|was|are|were|been|started|starts|just started|runs|ran|owns|owned|manages|managed|lectures|"
    r"nurses|plays|serves|served|"
    r"got a job|got a place|qualified|graduated|retired)"
)
_WORKPLACE = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}(?:'s|s)?(?:,? (?-i:[A-Z])[\w'-]+,?)?(?: (?:also|now|still|who|both|"
    rf"actually|used to|has|have|had))*\s*"
    rf"({_DOES}(?: (?!(?:and|but|so|because|which|who|when|he|she|they|i|we)\b)[\w'-]+){{0,5}}? "
    rf"(?:at|for|in|from|with|to) (?!the moment|the time|home|work|hospital "
    rf"with|a way|bed|sleep|be\b|do\b|see\b|school\b|uni\b|church|town|fact|me\b|it\b|us\b)"
    rf"[\w'’&-]+(?: [\w'’&-]+){{0,5}}?){_CLAUSE_END}"
)
_JOB = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}(?:'s| is| was) (an? (?:[\w-]+ ){{0,2}}?(?:at|for|in|with) "
    rf"[\w'’&-]+(?: [\w'’&-]+){{0,5}}?){_CLAUSE_END}"
)
_SCHOOL = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}(?:'s|s'|s)? (?:\w+ )?(?:school|nursery|college|university|employer|"
    rf"firm|work) (?:is|was|at|,|called)+ ((?:the )?[\w'’-]+(?: [\w'’-]+){{0,4}}?){_CLAUSE_END}"
)
#: any other wording of what a relative does somewhere; the place must be a name: see `_is_somewhere`
_DOES_THERE = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?(?:{RELATIVE}|other half|better half|missus|lad|lass)(?: (?!and\b|"
    rf"or\b)[\w'-]+)??,?(?:'s)?"
    rf"(?: (?:is|was|has|has just|just|also|now|he's|she's|he was|she was|he|she|has just got (?:his|her)))* "
    rf"((?:(?:the|an?|got|first|head) [\w-]+|\w+(?:s|ed|ing)|{_DOES})(?: (?!and\b|but\b|so\b|because\b|which\b|"
    rf"who\b|i\b|we\b)[\w'-]+)"
    rf"{{0,5}}? (?:at|for|in|from|with|to) [\w'’&-]+(?: [\w'’&-]+){{0,5}}?){_CLAUSE_END}"
)
_GOES_THERE = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}\b[^.!?\n]{{0,30}}?\b(?:he|she)(?: now| still)? (?:goes|went|works|"
    rf"worked|teaches|taught|"
    rf"studies|is) (?:to|at|for|in) ((?:the )?(?!school|work|bed|uni|college|church|hospital|a\b|an\b|my\b|"
    rf"our\b|his\b|her\b|see\b|be\b)"
    rf"[\w'’-]+(?: (?!over\b|in\b|and\b|i\b|now\b|but\b|every\b)[\w'’-]+){{0,3}})"
)
_THEIR_PLACE = compiled(
    rf"(?<!\w){OWNER} {RELATIVE}(?:s'|'s)? (?:school|nursery|college|care home|playgroup|work|firm|shop)(?:,|'s|"
    rf" is| was| called)+ "
    rf"([\w'’-]+(?: [\w'’-]+){{0,4}}?){_CLAUSE_END}"
)
_OWNED = compiled(
    rf"(?<!\w){OWNER} {RELATIVE}(?: and (?:dad|mum|father|mother))? (?:had|have|ran|run|owned|own|kept|keeps) "
    rf"(the (?!same|best|idea|kids|house|car|right|other)[\w'’-]+ [\w'’-]+)(?= for\b| in\b| on\b|[,.]|$)"
)
_NAMED = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?(?:{RELATIVE}),?(?:'s| is| was)?(?: (?:called|named|name is|name's))?,? "
    rf"([^\W\d_]+(?:[\s-](?-i:[A-Z])[^\W\d_]+)?)"
)
_CALLED = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?(?:{RELATIVE}),?(?:'s| is| was| are)?,? (?:called|named|name is|name's) "
    rf"([^\W\d_]+)(?: and ([^\W\d_]+))?"
)


def find(text: str) -> list[Span]:
    """Where relatives work, teach or learn, and what they are called."""
    details = [
        Span(*match.span(1), Label.FAMILY, "context:family", 0.8)
        for pattern in (_WORKPLACE, _JOB, _SCHOOL, _GOES_THERE, _THEIR_PLACE, _OWNED)
        for match in pattern.finditer(text)
    ]
    details += [
        Span(*match.span(1), Label.FAMILY, "context:family", 0.7)
        for match in _DOES_THERE.finditer(text)
        if _is_somewhere(match.group(1))
    ]
    named = [match.span(1) for match in _NAMED.finditer(text) if _is_name(match.group(1))]
    for match in _CALLED.finditer(text):
        named += [match.span(group) for group in (1, 2) if match.group(group)]
    return details + [Span(*span, Label.FAMILY, "context:family name", 0.9) for span in named]


def _is_name(heard: str) -> bool:
    first = fold(heard.split()[0])
    return (first in given_names() and (heard[0].isupper() or not is_english(first))) or (
        heard[0].isupper() and not is_english(first)
    )


def _is_somewhere(detail: str) -> bool:
    """Whether what stands behind "at", "for" or "in" is a name: a capital, a place, no English word, or "the royal"."""
    where = re.split(r"\s(?:at|for|in|from|with|to)\s", detail, maxsplit=1)[-1]
    found = re.findall(r"[^\W\d_]+", where)
    return any(
        (word[0].isupper() and fold(word) not in _DAYS)
        or fold(word) in ("royal", "hall", "there")
        or not is_english(fold(word))
        for word in found
    )


_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "nhs",
        "gp",
        "i",
        "london",
        "england",
        "wales",
        "scotland",
    ]
)
