"""People: a colleague, what they do if the text says so beside the name, a doctor, a patient, a family member."""

import re
from collections.abc import Sequence

from bot.anonymise.lists import surnames
from bot.anonymise.models import Label
from bot.anonymise.rules.clauses import RELATIVE
from bot.anonymise.text import folded_words
from bot.anonymise.wording.grammar import Mention, Phrase

COLLEAGUE, PATIENT, FAMILY = "colleague", "patient", "family member"
#: what a colleague may be, and the words for it; only what many people are, so that nobody is singled out
_ROLES = {
    "practice nurse": r"practice nurse|nurse partner",
    "district nurse": r"district nurse|community nurse",
    "nurse practitioner": r"(?:advanced )?nurse practitioner|anp",
    "nurse": r"(?:staff |triage |research |ward |lead )?nurse|matron",
    "health visitor": r"health visitor",
    "midwife": r"midwife",
    "practice manager": r"(?:practice|business) manager",
    "manager": r"(?:[\w-]+ )?manager|boss|team leader",
    "GP": r"(?:salaried |locum |senior )?gp(?: partner)?|general practitioner|(?:senior )?partner|locum",
    "trainee": r"(?:gp )?(?:registrar|trainee)|(?:medical )?student|apprentice|foundation doctor",
    "pharmacist": r"(?:clinical |community |lead |pcn )?pharmacist",
    "pharmacy technician": r"pharmacy technician|dispenser",
    "receptionist": r"(?:head |lead )?receptionist|care navigator",
    "administrator": r"administrator|secretary|bookkeeper|coder",
    "physiotherapist": r"(?:first contact )?physio(?:therapist)?",
    "occupational therapist": r"occupational therapist",
    "paramedic": r"paramedic",
    "optometrist": r"optometrist|optician",
    "dentist": r"dentist",
    "audiologist": r"audiologist",
    "social prescriber": r"social prescriber|link worker",
    "care coordinator": r"care co-?ordinator",
    "counsellor": r"counsellor|psychologist|therapist",
    "healthcare assistant": r"health ?care assistant|hca|phlebotomist",
    "consultant": r"consultant|surgeon",
    "commissioner": r"commissioner",
}
_SENIOR = (
    r"(?:vice[- ])?chair(?:man|woman|person)?|(?:clinical|medical|managing|nurse|finance) director|director|"
    r"chief exec(?:utive)?|ceo|clinical lead|chief nurse|accountable officer|president"
)
#: people who are no colleagues
_OTHERS = {
    "patient": r"patient",
    "friend": r"(?:best |old |oldest |good |dear |close )?(?:friend|mate)",
    "neighbour": r"neighbour",
    "mentor": r"mentor|coach|trainer|buddy|supervisor",
    "teacher": r"(?:head)?teacher|tutor|lecturer",
    "councillor": r"councillor",
    "member of the clergy": r"vicar|priest|imam|rabbi|chaplain|minister",
}
_TITLES = {
    **dict.fromkeys(("dr", "doctor"), "doctor"),
    **dict.fromkeys(("nurse", "matron"), "nurse"),
    **dict.fromkeys(("prof", "professor"), "senior academic"),
    **dict.fromkeys(("councillor", "cllr"), "councillor"),
    **dict.fromkeys(("rev", "reverend", "canon", "fr", "rabbi", "imam", "pastor", "bishop"), "member of the clergy"),
    **dict.fromkeys(("sir", "dame", "baroness"), "public figure"),
}
_KIN_TITLES = frozenset({"aunt", "auntie", "aunty", "uncle", "nana", "nan", "granny", "grandma", "grandad"})
_COUPLE = re.compile(r"^(?:mr|mrs|ms|dr)\b\.? (?:and|&) (?:mr|mrs|ms|dr)\b", re.I)
NOUNS = (COLLEAGUE, FAMILY, "senior colleague", "family", *_OTHERS, *dict.fromkeys(_TITLES.values()))
ROLES = tuple(_ROLES)
_KINDS = {**_ROLES, COLLEAGUE: r"colleague|counterpart|predecessor|successor", "senior colleague": _SENIOR, **_OTHERS}
_ANY = "|".join(f"(?P<k{number}>{words})" for number, words in enumerate(_KINDS.values()))
_WHOSE = r"(?:our|my|the|his|her|their)"
_PRAISE = (
    r"(?:(?:lovely|wonderful|brilliant|amazing|fantastic|then|new|old|former|lead|senior|great|own|other|fellow) ){0,2}"
)
#: "our practice nurse Karen", "the practice nurse, Karen,", "a nurse called Karen"
_LEADING = re.compile(
    rf"(?:\b{_WHOSE} {_PRAISE}(?:{_ANY}) $)|(?:\b(?:one of )?{_WHOSE} {_PRAISE}(?:{_ANY.replace('<k', '<c')})s?, $)"
    rf"|(?:\b(?:an?|{_WHOSE}|one of {_WHOSE}) {_PRAISE}(?:{_ANY.replace('<k', '<n')})s? "
    rf"(?:(?:who was|who is|who's) )?(?:called|named|known as) $)",
    re.I,
)
#: "Karen, our practice nurse", "Karen is our practice nurse", "Karen the practice nurse"
_FOLLOWING = re.compile(
    rf"^(?:(?:,? (?:who )?(?:is|was)|,? who['’]s|['’]s|,) (?:an?|{_WHOSE}|one of {_WHOSE})| (?:our|my|the)) {_PRAISE}"
    rf"(?:{_ANY})s?\b(?! (?:team|list|room|who|that|and i\b|said|told|in question|of the))",
    re.I,
)
#: a calling before a name, as a title: "nurse Karen"
_STYLED = re.compile(r"(?<!\ba )(?<!\ban )(?<!\w)(?:nurse|matron) $", re.I)
_CLOSES = re.compile(r"^(?:['’]s)?(?:\s*[,.;:!?)–—]|\s*$)")
_NAMED = re.compile(r"\b(?:called|named|known as|name(?: is| was|'s|’s)|names (?:are|were)) $", re.I)
_CLINIC = re.compile(r"\b(?:patient|lady|gentleman|resident|old (?:man|woman|boy|chap))\b[^.!?]{0,25}$", re.I)
_RELATIVE = re.compile(rf"(?:\b(?:my|our|his|her|their)|\][’']s) (?:\w+ )?{RELATIVE},? $", re.I)
_IS_RELATIVE = re.compile(rf"^,? (?:who's |who is |is |was )?(?:my|our) (?:\w+ )?{RELATIVE}\b", re.I)
_SELF = re.compile(
    r"(?:^|[.!?,;:\"“\n] *|\b(?:so|yeah|yes|well|hi|hello|um|erm|er|okay|ok|right|hiya)\b,? )"
    r"(?:i['’]?m|i am|my name['’]?s|my name is|(?:they|everyone|everybody|people|please)? ?calls? me) $",
    re.I,
)
_QUOTED = re.compile(
    r"\b(?:said|says|goes|went|like|asked|thought|replied|told \w+)\W+(?:\w+\W+)?(?:i['’]?m|i am) $", re.I
)


def kind(mentions: Sequence[Mention]) -> str:
    """Colleague, patient or family member: what later looks go by."""
    if any(_is_kin(mention) for mention in mentions):
        return FAMILY
    return PATIENT if any(_CLINIC.search(mention.before[-60:]) for mention in mentions) else COLLEAGUE


def phrase(mentions: Sequence[Mention]) -> Phrase:
    """What the words beside one person's mentions tell of them, and no more than that."""
    if any(is_self(mention) for mention in mentions):
        return Phrase("my", "name")
    if any(_many(mention) for mention in mentions):
        return Phrase("a", "family", letters=True)
    sort = FAMILY if any(_IS_RELATIVE.match(mention.after) for mention in mentions) else kind(mentions)
    if sort != COLLEAGUE:
        return Phrase("a", sort, letters=True)
    told = next((found for mention in mentions if (found := _told(mention))), "") or _titled(mentions)
    if told in _ROLES:
        return Phrase("a", COLLEAGUE, f", {told}", letters=True)
    return Phrase("a", told or COLLEAGUE, letters=True)


def beside_its_description(mention: Mention) -> bool:
    """Whether the words right before say what somebody is: then the name alone gives way ("my daughter [name]")."""
    if _NAMED.search(mention.before) or _RELATIVE.search(mention.before):
        return True
    return bool(_STYLED.search(mention.before)) or _leading(mention) is not None


def _told(mention: Mention) -> str:
    match = _leading(mention) or _FOLLOWING.match(mention.after)
    if not match:
        return "nurse" if _STYLED.search(mention.before) else ""
    number = next(int(name[1:]) for name, words in match.groupdict().items() if words)
    return tuple(_KINDS)[number]


def _leading(mention: Mention) -> re.Match[str] | None:
    match = _LEADING.search(mention.before)
    if match and match.group().endswith(", ") and not _CLOSES.match(mention.after):
        return None
    return match


def _is_kin(mention: Mention) -> bool:
    title = next(iter(folded_words(mention.form)), "")
    said = title in _KIN_TITLES or _RELATIVE.search(mention.before) is not None
    return said or mention.span.label is Label.FAMILY


def _titled(mentions: Sequence[Mention]) -> str:
    """A kind by the title that is part of a mention: "Dr Patel" is a doctor."""
    titles = (_TITLES.get(words[0], "") for m in mentions if (words := folded_words(m.form)))
    return next((found for found in titles if found), "")


def _many(mention: Mention) -> bool:
    """Whether a form is a whole family: "the Patels", "Mr and Mrs Patel"."""
    if _COUPLE.match(mention.form):
        return True
    words = folded_words(mention.form)
    one_of_them = len(words) == 1 and words[0].endswith("s") and words[0][:-1] in surnames()
    return one_of_them and bool(re.search(r"\bthe $", mention.before, re.I))


def is_self(mention: Mention) -> bool:
    """Whether the speaker says their own name here. What is said after "I'm" may be a place; after "my name is" not."""
    if not _SELF.search(mention.before) or _QUOTED.search(mention.before):
        return False
    certain = mention.span.label is Label.PERSON or not re.search(r"(?:['’]m|am) $", mention.before, re.I)
    return certain and not re.match(r"['’]s\b", mention.after)
