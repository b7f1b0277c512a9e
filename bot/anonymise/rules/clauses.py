"""Pieces of patterns that the rules about people share."""

import re

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|"
    r"mar|apr|jun|jul|aug|"
    r"sept?|oct|nov|dec)"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|fort(?:y)|fourty|fifty|sixty|seventy|eighty|ninety"
#: a number below a hundred, in figures or words
NUMBER = rf"(?:\d{{1,2}}|(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_TEENS}|{_ONES})"
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    "sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
#: a day of the month, in figures or words
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|(?:twenty|thirty)[\s-](?:{_ORDINALS})|(?:{_ORDINALS}))"
RELATIVE = (
    r"(?:wife|husband|partner|spouse|fianc[eé]e?|boyfriend|girlfriend|ex|mother|father|mum|dad|mam|"
    r"parents?|son|sons|daughter|"
    r"daughters|child|children|kids?|eldest|youngest|brother|brothers|sister|sisters|twins?|nan|nana|"
    r"gran|granny|grandma|"
    r"grandmother|grandad|grandfather|grandson|granddaughter|aunt|auntie|aunty|uncle|cousin|nephew|niece|stepson|"
    r"stepdaughter|stepmum|stepdad|(?:mother|father|brother|sister|son|daughter)[\s-]in[\s-]law|baby|"
    r"(?:little )?(?:boy|girl|lad)|little one)"
)
#: somebody whose name is hidden already: a text is looked at again with descriptors in place of names
NAMED = (
    r"\[(?:(?:an?|another|other|my|a third|third) )?(?:(?:senior )?colleague|doctor|nurse|patient|friend|neighbour|"
    r"mentor|teacher|councillor|family member|senior academic|public figure|member of the clergy|name|place|"
    r"(?:market |coastal )?town|village|city)(?: [A-Z]{1,3})?(?:, [a-zA-Z\s]{2,25})?\]"
)
#: relatives that need no owner: "Mum had a fall"
KIN = r"(?:mum|dad|mam|nan|nana|gran|granny|grandma|grandad)"
OWNER = rf"(?:my|our|his|her|their|{NAMED}'s)"


def compiled(pattern: str, *, cased: bool = False) -> re.Pattern[str]:
    """A pattern in any case unless `cased`; single spaces in it match any white space."""
    return re.compile(pattern.replace(" ", r"(?:\s+)"), re.NOFLAG if cased else re.I)
