"""A person's health: an illness said of somebody, not of patients in general."""

import re
from functools import cache

from bot.anonymise.clauses import OWNER, RELATIVE, compiled
from bot.anonymise.lists import plain
from bot.anonymise.models import Label, Span

_ADJECTIVE = r"(?:\w+ )?(?:\w+ )?"
_SOMEBODY = (
    rf"(?:i|he|she|(?:{OWNER} {RELATIVE})|(?:my|our|his|her) (?:colleague|business partner|manager|boss|"
    rf"friend|predecessor|co-?lead|co-?chair|deputy|nurse|partner|senior partner))"
)
_HAS = (
    r"(?:(?:'d|'s|'ve|had|has|have|had to have|having|got|was|were|is|am|am in|'m|been|being|ended up|"
    r"went|came|back|off|recently|just|also|then|now|"
    r"suffered|suffers|suffering|developed|survived|lived|lives|living|recovering|recovered|died|"
    r"struggled|struggling|diagnosed|treated|"
    r"signed|hospitalised|battled|battling|going through|went through|undergoing|dealing|coping|with|"
    r"from|of|for|a|an|the|some|really|quite|severe|bad|"
    r"mild|my|his|her|own|in|through|actually|you know|um|erm|er) )"
)


@cache
def _conditions() -> str:
    ordered = sorted(plain("conditions"), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"[\s-]+").replace("s$", "'?s") for name in ordered) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    conditions = _conditions()
    return (
        compiled(
            rf"\b((?:my|his|her) (?:own |recent |long-?term |chronic |type (?:one|two|1|2) |severe |breast |"
            rf"bowel |mental )?{conditions})\b(?! (?:work|lead|services?|teams?|nurses?|clinics?|patients|list|"
            rf"hub|trust|pathways?|reviews?))"
        ),
        compiled(
            rf"\b{_SOMEBODY}(?:'s|'d|'ve|'m)? {_HAS}{{0,5}}?(?:had|has|have|got|having|'d|'s|with|from|of|was|"
            rf"been|developed|survived|suffered|in|a|an|the|through|undergoing|for) ((?:a |an |the |my |his |her "
            rf")?(?:really |quite |severe |bad |mild |mini |full )*(?:type (?:one|two|1|2) )?{conditions})\b(?! "
            rf"(?:patients?|clinics?|services?|nurses?|reviews?|lead|teams?|hub|pathways?))"
        ),
        compiled(r"\b(diagnosed(?: \w+)? with (?:(?!and|but|so|when|which|who|in|at|by|last|that)[\w'-]+ ?){1,3})"),
        compiled(
            rf"\b(?:i|he|she|{OWNER} {RELATIVE}) (?:was|got|had been|has been|'d been|am|is) (?:\w+ )?(diagnosed|"
            rf"sectioned|hospitalised|suicidal|in rehab|in intensive care|on antidepressants|on dialysis|"
            rf"pregnant|infertile|deaf|blind|disabled|bipolar|autistic|diabetic|epileptic|dyslexic|alcoholic|"
            rf"anorexic)\b"
        ),
        compiled(
            r"\b(?:i'?m|he'?s|she'?s) (?:a )?(?:\w+ )?(autistic|diabetic|epileptic|dyslexic|deaf|blind|bipolar|"
            r"pregnant|disabled|anorexic|(?:recovering )?alcoholic|in remission|in recovery|on antidepressants|"
            r"on dialysis|terminally ill)\b"
        ),
        compiled(
            r"\b(?:off|signed off|off sick|off work|on sick leave|sick leave) (?:\w+ ){0,4}?(with (?:my |his |"
            r"her |a |an )?(?:stress|depression|anxiety|burnout|cancer|\w+itis|back \w+|\w+ cancer|exhaustion|"
            r"long covid))\b"
        ),
        compiled(
            rf"\b(?:in|into|out of) (?:hospital|intensive care|a hospice|resus) ((?:with|after|for) (?:a |an |"
            rf"the |my |his |her )?(?:\w+ )?{conditions})"
        ),
        compiled(
            rf"\b(?:since|after|before|during|following) ((?:my|his|her|their) (?:\w+ )?(?:{conditions}|"
            rf"operation|accident|treatment|relapse|hospital stay|sick leave))\b"
        ),
        compiled(
            rf"\b(?:my|his|her) (?:\w+ )?(?:battle|struggle|struggles|diagnosis|experience|history|recovery|"
            rf"treatment|fight) (?:with|of|from|for) ((?:\w+ )?{conditions})\b"
        ),
        compiled(
            r"\b(?:i|he|she) (?:take|takes|took|was on|am on|is on|went on|started) (antidepressants|sertraline|"
            r"citalopram|fluoxetine|lithium|insulin|methadone|hrt|chemo)\b"
        ),
        compiled(
            r"\b(?:i|he|she) (?:tried to|attempted to|wanted to) (kill (?:myself|himself|herself)|end (?:my|his|"
            r"her) life|take (?:my|his|her) own life)\b"
        ),
    )


def find(text: str) -> list[Span]:
    """The words that tell somebody's illness, treatment or state of health."""
    return [
        Span(*match.span(1), Label.HEALTH, "context:health", 0.85)
        for pattern in _patterns()
        for match in pattern.finditer(text)
    ]
