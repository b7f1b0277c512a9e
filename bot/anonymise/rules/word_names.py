"""Names that are ordinary words too ("grace", "mark", "blessing"), in lower case: found by what stands around them."""

import re
from functools import lru_cache

from bot.anonymise.lists import listed
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import compiled

#: what people are at work, around it and in a village
PROFESSION = (
    r"(?:gps?|doctor|nurse|pharmacist|dispenser|technician|receptionist|porter|caretaker|cleaner|manager|partner|"
    r"prescriber|paramedic|physio(?:therapist)?|ot|occupational therapist|optom(?:etrist)?|optician|dentist|hygienist|"
    r"audiologist|secretary|administrator|admin|hca|health ?care assistant|link worker|care coordinator|coordinator|"
    r"navigator|midwife|health visitor|registrar|trainee|locum|driver|chair|director|lead|deputy|vicar|chaplain|boss|"
    r"colleague|friend|student|volunteer|gardener|carer|matron|consultant|surgeon|bookkeeper|accountant|apprentice|"
    r"phlebotomist|podiatrist|chiropodist|dietitian|counsell?or|therapist|psychologist|coach|mentor|trainer|appraiser|"
    r"patient|supervisor|clerk|domestic|warden|postman|postwoman|electrician|plumber|builder|it man|facilitator|"
    r"founder)"
)
_BEHIND = r"(?=,? (?:she|he|who|they|says|said|goes|told|asked|came|just)\b|,? (?:she|he|who)'|\s*[,.;:!?]|$)"
_BY_HAND = (
    r"(?:ring|rang|ringing|text|texted|texting|phoned|phoning|emailed|messaged|whatsapped|asked|ask|told|"
    r"hi|hello|hiya|met)"
)
_SAYS = (
    r"(?:says|said|goes|reckons|rang|phoned|texted|emailed|messaged|laughed|(?:told|asked|rang|showed|gave|"
    r"taught|helped|"
    r"hired|trained|mentored|warned) (?:me|us|him|her|them)|looked at (?:me|us|him|her)|herself|himself|and "
    r"(?:i|me|myself)\b)"
)
#: names that are words of every second sentence: only the clearest signs count
_MODAL = frozenset({"will", "may", "mark", "grant", "hope", "al", "ed", "em", "art", "page", "win", "rich", "sunday"})


#: each with whether it is clear enough for names that are verbs as well
_SIGNS = (
    (rf"(?<!\w)(NAME),? (?:is |was |who'?s |who is |who was )?(?:the|our|my) (?:[\w-]+ ){{0,2}}?{PROFESSION}\b", True),
    (rf"(?<!\w)(NAME)'s (?:our|the|my|a|an) (?:[\w-]+ ){{0,2}}?{PROFESSION}\b", True),
    (rf"\b(?:our|my|the|a|your) (?:[\w-]+ ){{0,2}}?{PROFESSION},? (NAME){_BEHIND}", True),
    (r"\b(?:me|myself),? (?:and |\w+ and )(NAME)\b(?! (?:be|not|i|you|we|it)\b)", False),
    (r"(?<!\w)(NAME) and (?:me|myself|i)\b", False),
    (rf"(?<!\w)(NAME) {_SAYS}", False),
    (rf"\b{_BY_HAND} (NAME)\b(?! (?:you|we|i|it|is)\b)", False),
    (
        r"\b(?:big|little|old|young|wee|mad|poor|lovely|nurse|sister|father|uncle|auntie|aunty|aunt) (NAME)\b"
        r"(?=,? (?:and|she|he|who|was|is|came|had|in|at|from|rang|said)\b|\s*[,.;'])",
        False,
    ),
    (
        r"\b(?:the )?(?:two|three|four|both|other|both the) (NAMEs)(?= (?:and|in|at|who|here|on|we|is)\b|\s*[,.;!?]|$)",
        False,
    ),
)


@lru_cache(maxsize=512)
def _signs(name: str) -> tuple[re.Pattern[str], ...]:
    """The signs of one name: a text has few of these names, and looking for each alone is ten times as fast."""
    return tuple(compiled(sign.replace("NAME", name)) for sign, clear in _SIGNS if clear or name not in _MODAL)


def find(text: str) -> list[Span]:
    """Word-names that a job, a verb of speaking, "me and" or a title beside them makes people."""
    heard = set(re.findall(r"[a-z]+", text.lower()))
    there = sorted((heard | {word[:-1] for word in heard if word[-1] == "s"}) & listed("word_names"))
    return [
        Span(*match.span(1), Label.PERSON, "context:word name", 0.75)
        for name in there
        for pattern in _signs(name)
        for match in pattern.finditer(text)
    ]


def is_word_name(folded: str) -> bool:
    """Whether a folded word is a first name as well as a word, and no verb of every second sentence."""
    return folded in listed("word_names") and folded not in _MODAL
