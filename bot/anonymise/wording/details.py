"""What isn't a name: health, a relative's work or school, roles that only one person holds, contacts and numbers."""

import re

from bot.anonymise.rules.clauses import KIN
from bot.anonymise.wording.grammar import Mention, Phrase

_NUMBERS = {
    "email": "e-mail address", "url": "web address", "handle": "handle", "phone": "phone number",
    "digits": "phone number", "extension": "phone extension", "nhs number": "NHS number",
    "registration": "registration number", "sort code": "bank details", "account number": "bank details",
    "national insurance": "national insurance number", "vehicle": "car registration", "ods code": "practice code",
    "company number": "reference number", "passport": "passport number", "driving licence": "licence number",
}  # fmt: skip
NUMBERS = (*dict.fromkeys(_NUMBERS.values()), "contact details", "identifier")
_STATE = re.compile(
    r"^(?:diagnosed|sectioned|hospitalised|signed|admitted|suicidal|pregnant|infertile|deaf|blind|disabled|bipolar|"
    r"autistic|diabetic|epileptic|dyslexic|an? (?:recovering )?alcoholic|anorexic|terminally|in (?:rehab|remission|"
    r"recovery|intensive)|on (?:antidepressants|dialysis|the)|off |sober|unwell|ill|depressed|losing|going|having|"
    r"recovering|struggling|being|been|undergoing|really|very|quite)\b",
    re.I,
)
_TREATMENT = re.compile(
    r"antidepressants|sertraline|citalopram|fluoxetine|lithium|insulin|methadone|hrt|chemo|radiotherapy|dialysis|"
    r"surgery|operation|transplant|\bop\b|treatment|therapy|tablets|medication",
    re.I,
)
#: words that a find may begin with and that the sentence needs: "off with depression", "had a stroke"
_LEAD = (
    "off with",
    "off sick with",
    "with",
    "to",
    "of",
    "from",
    "for",
    "after",
    "since",
    "through",
    "during",
    "has",
    "had",
    "have",
    "having",
    "got",
)
_LEADS = re.compile(rf"({'|'.join(_LEAD)}) ", re.I)
_SCHOOL = re.compile(
    r"school|college|university|\buni\b|academy|nursery|primary|teach|lectur|stud(?:y|ies)|pupil", re.I
)
_CARE = re.compile(
    r"hospital|surgery|practice|trust|ambulance|nhs|ward|clinic|infirmary|pharmac|nurs|paramedic|hospice|care home",
    re.I,
)
_BOARD = re.compile(r"board|committee|govern|council\b|non[\s-]exec", re.I)
_SENIOR = re.compile(
    r"chair|chief|director|president|\bhead\b|\bceo\b|\blead|partner|dean|professor|officer|founder|treasurer|secretary|"
    r"commissioner|manager|mayor|deputy",
    re.I,
)
_IS_OR_GOT = re.compile(r"(?:\b(?:am|is|was|are|were|be|been|being|got|went|her|him|me)|['’](?:s|m|re|d|ve)) $", re.I)
_BE = re.compile(r"(?:\b(?:am|is|was|are|were|be|been|being)|['’](?:m|s|re))(?: (?:also|now|then|still|both))? $", re.I)
_POST = re.compile(r"\b(?:role|job|post|position|seat|title|work) (?:of|as) (?:the |a )?$", re.I)
_DOES = re.compile(r"\w+(?:s|ed|ing)$|went$|ran$|taught$|drove$|got$|been$|were$", re.I)
_PAST = re.compile(r"\w+ed$|went$|ran$|taught$|drove$|got$|was$|were$|been$", re.I)
_LEARN = re.compile(r"(?:goes|went|going|attend|stud|start|boards|is at|was at|got a place|in the|joined|moved)", re.I)
#: today, once, with "is", with "has"
_WORKS = ("works in", "worked in", "working in", "worked in")
_LEARNS = ("goes to", "went to", "going to", "gone to")
#: every text that the phrases of this file can have, without an article
FIXED = (
    "health matter", "treatment", "cope with a health matter", "dealing with a health matter",
    "colleague's health matter", "family member's health matter", *(f"{lead} a health matter" for lead in _LEAD),
    "school", "workplace in health care", "workplace", "in other work", "family detail",
    *(f"{verb} {what}" for verb in (*_WORKS, *_LEARNS) for what in ("a school", "health care", "another workplace")),
    "in a senior role", "in a board role", "in a particular role", "senior role", "board role", "particular role",
    "senior leader", "board member", "person in a particular role", "hidden", "part in another language",
)  # fmt: skip


def number(mention: Mention) -> Phrase:
    """Contacts and identifiers, by what they are; they need no article ("my mobile is [phone number]")."""
    kind = _NUMBERS.get(mention.rule)
    if mention.span.label == "CONTACT":
        return Phrase("", "phone number" if mention.rule == "digits" else kind or _contact(mention.form))
    return Phrase("", kind if kind and mention.rule != "digits" else "identifier")


def _contact(form: str) -> str:
    if "@" in form.strip()[1:] or re.search(r"\bat\b.*\bdot\b", form, re.I):
        return "e-mail address"
    return "phone number" if sum(c.isdigit() for c in form) > 8 else "contact details"


def health(mention: Mention) -> Phrase:
    """Somebody's health, in the part of speech that the sentence needs."""
    form, before = mention.form.lower(), mention.before
    if whose := re.match(r"(my|his|her|their|our) ", form):
        return Phrase(whose[1], "treatment" if _TREATMENT.search(form) else "health matter")
    if lead := _LEADS.match(form):
        return Phrase("", f"{lead[1]} a health matter")
    if owner := re.match(r"([\w-]+)['’]s ", form):
        return Phrase("a", f"{'family member' if re.fullmatch(KIN, owner[1]) else 'colleague'}'s health matter")
    if re.search(r"\b(?:to|i|he|she|they) $", before, re.I) and re.match(r"(?:kill|end|take|harm|hurt)\b", form):
        return Phrase("", "cope with a health matter")
    if _IS_OR_GOT.search(before) and (_STATE.match(form) or re.match(r"\w+(?:ed|ing)\b", form)):
        return Phrase("", "dealing with a health matter")
    if _TREATMENT.search(form):
        return Phrase("a", "treatment")
    return Phrase("a", "health matter")


def family(mention: Mention) -> Phrase:
    """A relative's work or school: what sort it is, and no more."""
    form = re.sub(r"^(?:(?:just|also|now|still|both|actually) )+", "", mention.form.lower())
    first = form.split()[0]
    school = bool(_SCHOOL.search(form) or re.search(r"\b(?:school|nursery|college)\b.{0,12}$", mention.before, re.I))
    care = bool(_CARE.search(form))
    if first in ("a", "an") and re.search(r"\b(?:at|for|in|with)\b", form):
        return Phrase("", "in other work")
    if _DOES.match(first) and not re.search(r"\b(?:at|for|in|from|with|to|called) (?:the )?$", mention.before, re.I):
        had = re.search(r"\b(?:has|have|had) (?:\w+ )?$", mention.before)
        tense = 3 if had else 2 if first.endswith("ing") else 1 if _PAST.match(first) else 0
        verbs = _LEARNS if school and _LEARN.match(form) else _WORKS
        return Phrase("", f"{verbs[tense]} {'a school' if school else 'health care' if care else 'another workplace'}")
    return Phrase("a", "school" if school else "workplace in health care" if care else "workplace")


def language(_: Mention) -> Phrase:
    """A part that no layer can read."""
    return Phrase("a", "part in another language")


def role(mention: Mention) -> Phrase:
    """What only one person is, as many are: a senior role, a board role."""
    form = mention.form.lower()
    if mention.span.source == "hide":
        return Phrase("", "hidden")
    sort = "board" if _BOARD.search(form) else "senior" if _SENIOR.search(form) else "particular"
    if re.match(r"(?:the )?(?:role|job|post|position) ", form):
        return Phrase("a", f"{sort} role")
    if _POST.search(mention.before):
        return Phrase("", {"board": "board member", "senior": "senior leader"}.get(sort, "person in a particular role"))
    if _BE.search(mention.before):
        return Phrase("", f"in a {sort} role")
    return Phrase("a", {"board": "board member", "senior": "senior leader"}.get(sort, "person in a particular role"))
