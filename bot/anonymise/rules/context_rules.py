"""What only the words around it give away: titles, organisations by form, dates, health, family, unique roles."""

from bot.anonymise.models import Span
from bot.anonymise.rules import dates, family, health, orgs, roles, titles, word_names


def find(text: str) -> list[Span]:
    """All the rules about context together; a curly apostrophe counts as a straight one."""
    plain = text.replace("’", "'")
    return [span for rule in (titles, word_names, orgs, dates, health, family, roles) for span in rule.find(plain)]
