"""Softer words in the grammar of the phrase that they replace: a place stays a place, a verb keeps its ending."""

import re

_PREPOSITION = re.compile(
    r"(?:in|at|on|over|by|from|behind|across|near|after|under|through|beside|between|up|down|out|above|off|around)\b",
    re.I,
)
_DETERMINER = re.compile(r"(?:an?|the|our|my|your|this|that|these|those|his|her|their|half the|some)$", re.I)
_CLAUSE = re.compile(r"(?:i|i've|i'm|i'll|we|they|you)\b", re.I)
_AREA = re.compile(
    r"(?:village|town|city|cities|coast|country|countryside|area|valley|valleys|island|islands|borough|boroughs"
    r"|estate|estates|suburb|suburbs|hamlet"
    r"|sticks|hills|moor|moors|dales|glens?|parish|towns|villages|centre|place|bay|nowhere|beyond)$",
    re.I,
)
_ADJECTIVE = re.compile(
    r"(?:rural|urban|coastal|remote|suburban|seaside|tidal|agricultural|terraced|welsh|scottish|cornish"
    r"|kentish)$",
    re.I,
)
#: what a phrase that begins with a preposition becomes, by the column that it tells of
_AS_PLACE = {
    "setting": "around here",
    "region": "around here",
    "nation": "around here",
    "profession": "at work",
    "organisation_kind": "at work",
    "age_band": "at my age",
    "career_stage": "in this role",
    "languages": "at home",
    "topics": "in some way",
}
#: what a phrase that begins with the speaker becomes
_AS_CLAUSE = {"career_stage": "I help", "gender": "I was away", "age_band": "I am my age"}


#: what a phrase becomes that follows "I", "I'm" or "I've", where softer words are not a person or a verb themselves
_AFTER_I = re.compile(
    r"\b(?:(?P<verb>i|we|you|to)|(?P<be>i'm|i am|im|was|been|we're|am|be|being|i'll be|still)|(?P<have>i've"
    r"|we've|i'd|have|had|haven't))\s$",
    re.I,
)
_FOLLOWING = {"verb": "do what I can", "be": "one of many", "have": "done what I could"}


#: softer words that can't follow "I" or "I'm"
_NOUNS = frozenset(
    [
        "something",
        "such things",
        "my workplace",
        "something here",
        "this part of the country",
        "my family",
        "home",
        "people",
    ]
)
_FAMILY = re.compile(r"\bmy\b.*(?:child|kid|son|daughter|husband|wife|girls|boys|eldest|missus|teen|year old)", re.I)


def shaped(softer: str, phrase: str, column: str, left: str, *, opens: bool, bare: bool = False) -> str:
    """`softer`, fitted to the phrase and to the words `left` of it.

    `opens` where the phrase begins a sentence, `bare` where it is a word for a person without an article.
    """
    first = phrase.split()[0].lower() if phrase.split() else ""
    after_i = _AFTER_I.search(left)
    if bare:
        fitted = softer.removeprefix("a ") + ("s" if re.search(r"[^s']s$", phrase) else "")
    elif softer.startswith(("do ", "keep ")):
        fitted = _conjugated(softer, first)
    elif after_i and softer in _NOUNS:
        fitted = _FOLLOWING[after_i.lastgroup or "be"]
        fitted = "did what I could" if fitted.startswith("do ") and _past(first) else fitted
    elif _PREPOSITION.match(phrase):
        fitted = _AS_PLACE.get(column, softer)
    elif _FAMILY.search(phrase):
        fitted = "my family"
    elif _CLAUSE.match(phrase):
        fitted = _AS_CLAUSE.get(column, "I do what I do")
    elif _ADJECTIVE.match(phrase):
        fitted = "local"
    elif column == "setting" and _AREA.search(phrase):
        fitted = "this area"
    else:
        fitted = softer
    return fitted[:1].upper() + fitted[1:] if opens else fitted


def _conjugated(softer: str, first: str) -> str:
    verb, rest = softer.split(" ", 1)
    forms = {"do": ("doing", "did", "does"), "keep": ("keeping", "kept", "keeps")}[verb]
    if first.endswith("ing") and first != "bring":
        return f"{forms[0]} {rest}"
    if _past(first):
        return f"{forms[1]} {rest}"
    third = first.endswith("s") and not first.endswith("ss") and first not in ("is", "was")
    return f"{forms[2]} {rest}" if third else softer


def _past(verb: str) -> bool:
    return verb.endswith("ed") or verb in (
        "ran",
        "took",
        "came",
        "went",
        "drove",
        "gave",
        "kept",
        "made",
        "did",
        "rode",
        "wrote",
        "held",
        "found",
    )


def with_determiner(text: str, start: int, softer: str) -> int:
    """Where the phrase begins if the article before it goes too: "the sea" becomes "something", not "the"
    " something"."""
    if softer.split()[0].lower() in (
        "done",
        "one",
        "do",
        "did",
        "does",
        "doing",
        "keep",
        "kept",
        "keeps",
        "keeping",
        "i",
        "local",
        "primary",
        "people",
        "leader",
        "person",
    ):
        return start
    before = text[max(0, start - 12) : start]
    stripped = before.rstrip(" ")
    match = _DETERMINER.search(stripped) if stripped != before else None
    return start - len(before) + match.start() if match and not stripped[: match.start()][-1:].isalnum() else start
