"""What is said of somebody's health without naming an illness: "his eyes went", "off with her back", "on lithium".

Each wording is tied to a person: somebody must be spoken of shortly before it, in the same sentence, and no patients.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.anonymise.lists import plain
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import KIN, NAMED, RELATIVE, compiled

_BODY = (
    r"(?:gall ?bladder|blood pressure|eye ?sight|vision|sight|eyes?|hearing|ears?|voice|larynx|throat|hips?|"
    r"knees?|back|"
    r"shoulders?|wrists?|ankles?|legs?|arms?|foot|feet|hands?|fingers?|thumb|toes?|neck|spine|pelvis|skull|jaw|"
    r"collarbone|"
    r"ribs?|heart|lungs?|liver|kidneys?|bowels?|stomach|bladder|womb|ovary|ovaries|prostate|thyroid|pancreas|appendix|"
    r"tonsils|breasts?|cartilage|cruciate|achilles|memory|nerves|chest|sinuses|speech|waters|side|elbow|thigh|"
    r"femur|hamstring)"
)
_OWN = r"(?:my|his|her)"
_SIDE = r"(?:own |second |first |left |right |other |bad |new |one |dodgy |poor |little |whole )*"
_TIME = (
    r"(?:about |nearly |over |almost )?(?:\w+|\d+|a few|a couple of)(?: and a half)? (?:years?|months?|weeks?|days?)"
)
_FOR = rf"(?: (?:work|sick|ill))?(?: (?:for )?{_TIME})?(?: for (?:months|weeks|years|ages|a while))?"
_STATE = (
    r"(?:deaf|blind|disabled|pregnant|expecting|infertile|autistic|bipolar|diabetic|epileptic|dyslexic|"
    r"dyspraxic|anorexic|"
    r"asthmatic|suicidal|anaemic|paralysed|alcoholic|an alcoholic|terminally ill|non-?verbal|hard of hearing|"
    r"visually impaired|partially sighted|neurodivergent|menopausal|coeliac|housebound|bedbound|bedridden|jaundiced|"
    r"delirious|psychotic|manic|hiv positive|tube fed|type (?:one|two|1|2))"
)
_DEGREE = (
    r"(?:an? (?:bit|little) |quite |very |really |profoundly |partially |registered |severely |mildly |totally |"
    r"completely |"
    r"actually |already |heavily |slightly |half |nearly |going |stone |clinically |newly |\w+ per ?cent |"
    r"(?:\w+ )?(?:months?|weeks?) )*"
)
#: what may follow an illness and is told with it: another one, where it is, how early
_MORE = (
    r"(?:,? (?:and )?(?:then )?(?:an? |two |my |his |her )?(?:CONDITIONS)| as an? (?:lad|boy|girl|child|kid|"
    r"teenager|student|baby)|"
    r" all (?:down|over|up) (?:my|his|her) \w+)*"
)
#: behind an illness these make it a piece of work, not somebody's state
WORK = (
    r"(?! (?:work|leads?|services?|teams?|nurses?|clinics?|patients?|list|hub|trust|pathways?|reviews?|"
    r"consultants?|specialists?|champions?|practitioners?|physicians?|doctors?|units?|wards?|charity|uk|research|"
    r"screening|registers?|templates?|training|programmes?|projects?|meetings?|guidelines?|audits?|strategy|care|"
    r"support|project|group|groups|prevention|awareness|education|app|targets?|data|background|of genius|of luck|"
    r"wing|business|cafe|café|friendly|checks?|numbers?|figures|rates?|prescribing|week|day|campaign|drugs?|"
    r"jabs?|vaccines?)\b)"
)
_BE = (
    r"(?:(?:i|he|she|who|they|mum|dad|it)'(?:s|m|d|re)(?: been)?|was|is|am|were|been|be|being|went|going|gone|"
    r"born|getting|got)"
)
#: each wording; where it has a group, that is what is hidden
_WORDINGS = (
    rf"\b((?:signed )?off{_FOR} with (?:(?:my|his|her|a|the|an) )?(?:\w+ )??(?:{_BODY}|CONDITIONS|nerves|stress|it))\b",
    rf"\b(?:{_BE}|{_OWN} {RELATIVE}|put (?:me|him|her|them)|went|started|started me|still|back|put) "
    r"(on (?:the |a |some |long[\s-]term |high[\s-]dose )?(?:MEDICINES)(?: for (?:my|his|her) (?:CONDITIONS))?)\b",
    rf"\b((?:into|in|inside|out of) (?:an? |the )?(?:itu|icu|hdu|intensive(?: care)?|rehab|dka|a coma|coma|"
    rf"psychiatric \w+|"
    rf"mental hospital|secure unit|hospice|priory|wheelchair|remission|high dependency|special care|theatre for)"
    rf"(?: for {_TIME}| as a patient| with (?:an? |my |his |her )?(?:\w+ )?(?:CONDITIONS))?)\b",
    r"\b(in (?:hospital|a ward|bed) (?:with|after|for|having) (?:an? |my |his |her |the )?(?:\w+ )?(?:CONDITIONS))\b",
    rf"\b(in recovery(?: (?:for )?{_TIME})?|{_TIME} (?:sober|clean|dry|off the drink)|(?:sober|dry)(?: for)? "
    rf"{_TIME})\b",
    rf"\b((?:broke|broken|fractured|smashed|shattered|snapped|cracked|ruptured|lost|dislocated|slipped|burst|"
    rf"tore|torn) "
    rf"(?:{_OWN}|both(?: {_OWN})?|an?|the use of {_OWN}) {_SIDE}(?:{_BODY}|disc|baby|words|pregnancy|twins|"
    rf"confidence to walk)"
    r"(?: as a (?:boy|girl|lad|child|kid))?)\b(?! (?:to|for) (?:an?|the) )",
    rf"\b({_OWN} {_SIDE}{_BODY}(?:'s|'d|'re)?(?: (?:had|has|have|was|were|is|are|all|just|finally|really|then|"
    rf"been|completely))* "
    r"(?:went|gone|going|goes|failed|failing|gave out|gave way|packed (?:up|in)|replaced|done|removed|taken out|"
    r"operated on|"
    r"pinned|trouble|problems?|operation|op|surgery|transplant|replacement|attack|scare|condition|playing up|collapsed)"
    r"(?: (?:in|on) (?:the|one|my|his|her) (?:left |right |other )?(?:side|ear|eye))?)\b",
    rf"\b(?:had|having|having had) ({_OWN} {_SIDE}(?:gall ?bladder|appendix|womb|tonsils|kidney|lump|breast|"
    rf"thyroid|teeth|"
    r"prostate|spleen|bowel|ovaries|implants?|cataracts|stent|pacemaker|hip|knee|valve)s? (?:out|off|in|done|"
    r"fitted|changed))\b",
    r"\b((?:the|a) (?:lump|growth|cyst|mole|tumour|shadow|polyp|kidney|lung)s? (?:out|off|removed|on (?:my|his|"
    r"her|the) \w+))\b",
    rf"{_BE} ((?!half a){_DEGREE}{_STATE}(?: with (?:twins|triplets|my \w+|her \w+))?)\b(?! (?:people|patients|"
    rf"person|of|as a post))",
    r"\b(pregnant with (?:twins|triplets|my \w+|her \w+))\b",
    r"\b((?:ill|unwell|poorly|bad with (?:my|his|her) \w+|in a (?:chair|wheelchair)) since (?:the |my |his |her "
    r"|last )?[\w'-]+)\b",
    rf"\b(?:it was|it's|died of|died from|with|about) ({_OWN} (?:own )?(?:liver|pancreas|heart|kidneys|lungs|"
    rf"bowel|prostate|thyroid|"
    r"nerves|back|hip|knees?|eyes|hearing|bowels))(?=\s*[,.;!?]|$|\s(?:and|that|in the end|so|by)\b)",
    r"\b(riddled with (?:it|cancer|arthritis)|diagnosed (?:late|early|too late|very young|as a \w+))\b",
    rf"\b(?:had|has|have|having|got|getting|with|wears?|wearing|survived|beaten|fought|been through|lost \w+ "
    rf"(?:\w+ )?to|was|"
    rf"is|developed|his|her|my|the|an?|about|found a|called)(?: really| quite| just| only)? "
    rf"((?:(?:an?|the|two|three|several|another|{_OWN}|(?:\w+ )?bouts? of|first|second|early|late|bad|severe|"
    rf"mild|awful) )*"
    rf"(?:STRONG){_MORE})\b{WORK}",
    r"(?:^|[.!?…] )((?:an? )?(?:STRONG))(?=[.,!])",
    rf"{_BE} ({_TIME} (?:pregnant|gone)(?: with (?:twins|triplets|my \w+|her \w+))?)\b",
    rf"(?<!\w)(?:i|he|she|who|we|and|{NAMED})(?:'d|'ve)?(?: had| have| just| then| nearly)* (miscarried|"
    rf"relapsed|overdosed|self[\s-]harmed|"
    r"blacked out|collapsed at \w+|stopped (?:eating|sleeping)(?: altogether)?|never walked again|got stabbed|"
    r"nearly died|tried to (?:kill|hang) (?:my|him|her)self|took an overdose|haemorrhaged|had a fit|went blind|"
    r"went deaf|"
    r"lost (?:a|the|my|her|our) baby)\b",
    r"\b(?:was|is|been|i'm|she's|he's|were|started|kept|him|her|me) ((?:barely |hardly |not )?(?:sleeping|eating|"
    r"fitting(?: for \w+ minutes)?|hearing (?:things|voices)|seeing things|self[\s-]harming|drinking(?: too "
    r"much| heavily)?|"
    r"having (?:fits|seizures|flashbacks|blackouts|(?:chemo|dialysis|radiotherapy|ivf|treatment)(?: on \w+)?)|"
    r"throwing up every morning|losing (?:my|his|her) (?:sight|hearing|memory|hair|mind)|"
    r"waiting (?:for|on) (?:an?|my|his|her) (?:\w+ )?(?:bypass|transplant|operation|op|scan|biopsy|new hip|new knee)|"
    r"going through (?:the change|the menopause|ivf|chemo)(?: something terrible)?))(?=\s+(?:by|at|then|and|so|"
    r"but|too|for|when|"
    r"because|i|he|she|before|since|in)\b|\s*[,.;:!?]|$)",
    r"\b(?:i|he|she)(?: just)? (wasn't (?:eating|sleeping)|couldn't (?:walk|speak|get out of bed|stop crying|"
    r"swallow|breathe))\b",
    r"\b(detained under (?:the |a )?(?:\w+ ){1,4}?(?:act|six|two|three|136|section \w+)|sectioned)\b",
    rf"\b({_OWN} (?:own )?(?:drinking|stoma|relapse|hearing aids?|insulin|pacemaker|implants?|nerves|tremor|stammer|"
    r"menopause|memory loss|sobriety|prosthetic|wheelchair|addiction|hallucinations|flashbacks|seizures|fits|"
    r"psa|biopsy|"
    r"smear result|hba1c|potassium))\b",
    r"\b((?:had|got|has|have|with|only got|gave|given|found|wears|wear|born with|lost) )?((?:an? |the |just |only )*"
    r"(?:one (?:good )?(?:eye|kidney|lung|leg|arm|breast)|half a heart|hole in (?:my|his|her|the) heart|bad "
    r"(?:back|knee|hip|heart|"
    r"chest|leg|shoulder)|dodgy (?:back|knee|hip|heart|ticker)|glass eye|false leg|lump))\b",
    rf"\b((?:{_OWN} (?:\w+ )?{RELATIVE}|{_OWN} (?:\w+ )?{KIN}|{KIN})'s (?:\w+ )?(?:CONDITIONS))\b",
    r"\b(?:since|after|before|until|till|during|following|because of|through|when|with) "
    r"((?:the|my|his|her) (?:\w+ )?(?:STRONG|bleed|drink|crash|psychosis|breakdown|miscarriages?|panic attacks?|"
    r"op|diagnosis))\b",
)
_PERSON = compiled(
    rf"(?<!\w)(?:i|i'[a-z]+|he|he'[a-z]+|she|she'[a-z]+|who|who'[a-z]+|his|her|my|me|him|{KIN}|{RELATIVE}|"
    rf"{NAMED})(?!\w)"
)
_OWNED = compiled(r"(?:my|his|her) ")
_NOBODY = compiled(
    r"\b(?:patients?|people|anyone|anybody|everyone|everybody|somebody|someone|you|you're|your|they|they're|"
    r"families|population|"
    r"clinics?|services?|pathways?|templates?|carers|folk|those|women|men|children|housebound)\b"
)
#: illnesses that are also ordinary talk: too weak where only an article stands before them
_WEAK = frozenset(
    "illness operation diagnosis disability burnout stress anxiety depression menopause pregnancy bereavement "
    "mental|health "
    "mental|illness addiction diabetes asthma ms thyroid transplant cyst bypass dementia sobriety alcoholism "
    "ill|health".replace("|", " ").split()
)
_REACH = 70
#: the words that an illness is tied to somebody by; "no" in front of a wording undoes it
_DENIED = re.compile(r"\b(?:no|never|not|without|nobody|isn't|wasn't)\s+$", re.I)


def _any_of(names: tuple[str, ...]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(re.sub(r"s$", "'?s", re.escape(name)).replace(r"\ ", r"[\s-]+") for name in ordered) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    conditions, medicines = plain("conditions"), plain("medicines")
    strong = tuple(name for name in conditions if name not in _WEAK)
    tables = {"(?:CONDITIONS)": conditions, "CONDITIONS": conditions, "(?:MEDICINES)": medicines, "STRONG": strong}
    made = []
    for wording in _WORDINGS:
        pattern = wording
        for mark, names in tables.items():
            pattern = pattern.replace(mark, _any_of(names))
        made.append(compiled(pattern))
    return tuple(made)


def find(text: str) -> Iterator[Span]:
    """Wordings that tell a person's state of health, each tied to somebody."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if is_somebodys(text, start, end):
                yield Span(start, end, Label.HEALTH, "context:health", 0.8)


def is_somebodys(text: str, start: int, end: int) -> bool:
    """Whether a person is spoken of in the words before or in the wording itself, and nobody in general after that."""
    if _OWNED.match(text, start):
        return True
    sentences = re.split(r"[.!?\n]", text[max(0, start - _REACH) : start])
    before = sentences[-1] if len(sentences[-1].split()) > 1 else " ".join(sentences[-2:])
    persons = list(_PERSON.finditer(before))
    tied = persons[-1] if persons else None
    if tied is None:
        own = _PERSON.search(text, start, end) or re.match(r"\s*[,.]?\s*(?:poor|bless)", text[end : end + 12])
        return own is not None and not _NOBODY.search(before)
    return not _NOBODY.search(before, tied.end()) and not _DENIED.search(before)
