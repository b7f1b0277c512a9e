"""Organisations and places: what sort they are, whose, and what the gazetteer knows of a town."""

import re
from collections.abc import Iterable, Sequence

from bot.anonymise.lists import listed
from bot.anonymise.models import KnownName
from bot.anonymise.rules.places import kind_of
from bot.anonymise.text import folded_words
from bot.anonymise.wording.grammar import Mention, Phrase

_SORTS = (
    (r"surger|medical (?:cent|practice|group|partnership)|health cent|doctors|health group", "practice"),
    (r"optical|optician|optometr", "optician"),
    (r"dental|dentist", "dental practice"),
    (r"practice", "practice"),
    (r"\bpcns?\b|primary care network", "PCN"),
    (r"federation", "federation"),
    (r"hospice", "hospice"),
    (r"hospital(?!s)|infirmary", "hospital"),
    (r"\btrust|hospitals|ambulance", "trust"),
    (r"\bicb\b|integrated care board", "ICB"),
    (r"\bics\b|integrated care system", "ICS"),
    (r"\blmc\b|local medical committee", "LMC"),
    (r"\bccg\b", "CCG"),
    (r"collaborative", "collaborative"),
    (r"alliance", "alliance"),
    (r"college|university|deanery", "college"),
    (r"school|academy|nursery", "school"),
    (r"pharmac|chemist", "pharmacy"),
    (r"audiology", "audiology service"),
    (r"council", "council"),
    (r"care home|nursing home", "care home"),
    (r"programme|project|initiative|scheme|hub|network|pilot|course|campaign", "local programme"),
    (r"\bcic\b|community interest", "community interest company"),
    (r"charity|voluntary|foundation", "charity"),
    (r"(?:church|mosque|temple|chapel|gurdwara|synagogue)$", "place of worship"),
    (r"community service", "community service"),
)
NOUNS = ("organisation", *dict.fromkeys(noun for _, noun in _SORTS))
PLACES = (
    "city", "market town", "coastal town", "town", "village", "London borough", "neighbourhood", "area", "county",
    "district", "street", "address", "postcode", "place", "valley", "island",
)  # fmt: skip
_ANY = r"(?:practice|surgery|medical centre|health centre|pcn|federation|trust|hospital|pharmacy|collaborative|charity)"
_STREET = re.compile(r"\b[\w'’]+ (?:road|street|lane|avenue|way|hill)\b", re.I)
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?(?:\s*\d[a-z]{2})?", re.I)
_CALLED = re.compile(r"\b(?:called|named|known as|branded|christened|name(?: is| was|'s|’s)) (?:the )?$", re.I)
_SAID = re.compile(rf"\b(?:our|my) (?:own |new |old )?{_ANY},? $|\b(?:city|town|village|borough|county) of $", re.I)
_OURS = re.compile(
    rf"(?:\b(?:our|my) (?:own )?{_ANY}(?:,| is| is called| called)?|\b(?:here|we|us) at"
    rf"|\bwe(?:['’]re| are) (?:based )?at|\bi(?:['’]m| am) (?:an?|the|one of the) [\w -]{{2,30}} at"
    rf"|\bi(?:['’]ve| have) been (?:an?|the) [\w -]{{2,30}} at"
    rf"|\bi(?: now| still| currently)? (?:work at|work for|run|manage)|\bi(?:'m|’m| am) (?:based |working )?at) "
    rf"(?:the )?$",
    re.I,
)
_IS_OURS = re.compile(rf"^,? (?:which is |that's |is )?(?:our|my) (?:own )?{_ANY}\b", re.I)
_NEAR = re.compile(
    rf"\b(?:neighbouring|next[- ]door|nearby)(?: {_ANY})?(?:,| called)? (?:the )?$"
    rf"|\b{_ANY} (?:next door|nearby|down the road|up the road|round the corner|across (?:the )?(?:road|town))"
    rf"(?:,| called)? (?:the )?$",
    re.I,
)
_IS_NEAR = re.compile(
    rf"^,? (?:(?:who |which )?(?:is|are|was|were) )?(?:just )?(?:next door|down the road|up the road|round the corner|"
    rf"across (?:the )?(?:road|town)|(?:our|the|a) neighbour(?:s|ing {_ANY})?)\b",
    re.I,
)
_LANDSCAPES = {"valley": "valley", "vale": "valley", "dale": "valley", "island": "island", "isle": "island"}
_QUARTERS = frozenset({"estate", "ward", "parish", "borough", "locality", "quarter"})


def phrase(mentions: Sequence[Mention], known: Iterable[KnownName]) -> Phrase:
    """An organisation: its sort by roster or name, and "our" or "neighbouring" where the words beside it say so."""
    noun = sort_of(mentions[0].form, known, mentions[0].before)
    if any(_OURS.search(mention.before) or _IS_OURS.match(mention.after) for mention in mentions):
        return Phrase("our", noun, letters=True)
    near = any(_NEAR.search(mention.before) or _IS_NEAR.match(mention.after) for mention in mentions)
    return Phrase("a", f"neighbouring {noun}" if near else noun, letters=True)


def sort_of(form: str, known: Iterable[KnownName], before: str = "") -> str:
    """Practice, PCN, trust …: from the roster, the name itself, or the word before "called"; else "organisation"."""
    given = next((name.kind for name in known if folded_words(name.text) == folded_words(form)), "")
    lead = re.search(r"(\w[\w ]{2,40}?)(?: (?:that |which )?(?:we |they |was |is )?(?:called|named|branded))", before)
    named = "local programme" if re.search(r"\bcall(?:ed|s)? (?:it|that|this) (?:the )?$", before, re.I) else ""
    for text in (given, _STREET.sub("", form), lead[1] if lead else named):
        if noun := next((noun for pattern, noun in _SORTS if re.search(pattern, text, re.I)), ""):
            return noun
    return "organisation"


def beside_its_description(mention: Mention) -> bool:
    """Whether the words right before say what it is: "a project called [name]", "the town of [name]"."""
    said = _SAID.search(mention.before) or (_NEAR.search(mention.before) and re.search(r", (?:the )?$", mention.before))
    return bool(_CALLED.search(mention.before) or said)


def place(mention: Mention) -> Phrase:
    """A place by what the gazetteer knows: many towns are market towns, many lie on the coast."""
    return Phrase("a", _place(mention))


def _place(mention: Mention) -> str:
    name = " ".join(folded_words(mention.form))
    last = name.rpartition(" ")[2]
    if mention.rule in ("postcode", "code") or _POSTCODE.fullmatch(mention.form.strip()):
        return "postcode"
    if any(character.isdigit() for character in mention.form):
        return "address"
    if last in _QUARTERS:
        return "neighbourhood"
    if mention.rule == "street" and not kind_of(mention.form):
        return _LANDSCAPES.get(last, "village" if last == "village" else "street")
    for sort in ("coastal town", "market town", "London borough"):
        if name in listed(sort.lower().replace(" ", "_") + "s"):
            return sort
    found = kind_of(mention.form)
    if not found and (sort := sort_of(mention.form, ())) != "organisation":
        return sort
    return {"suburb": "area", "hamlet": "village", "": _LANDSCAPES.get(last, "place")}.get(found, found)
