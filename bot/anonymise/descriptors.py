"""Which words stand for what was hidden: the same ones for the same person or place all through a transcript.

How they are worded, and how they fit their sentences, is written in `wording`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from bot.anonymise.memory import Entity, Memory
from bot.anonymise.met import PEOPLE, Met, same_person
from bot.anonymise.models import Hidden, Known, Label, Span
from bot.anonymise.wording import ages, dates, details, organisations, people
from bot.anonymise.wording.grammar import ORDINALS, Mention, Phrase, descriptor, fitted, with_article
from bot.anonymise.wording.taken import Taken

_NAMED = frozenset({Label.PERSON, Label.ORG, Label.LOCATION})
#: told in the sentence's own part of speech, so that nothing is numbered: "[in my forties]", "[a health matter]"
_TOLD = {Label.HEALTH: details.health, Label.FAMILY: details.family, Label.ROLE_UNIQUE: details.role,
         Label.CONTACT: details.number, Label.ID: details.number, Label.LANGUAGE: details.language}  # fmt: skip
_SHORT = ("[name]", "[another name]", *(f"[a {word} name]" for word in ORDINALS))


class Book:
    """Gives every find its entity and its words; writes new ones into the memory."""

    def __init__(self, memory: Memory, known: Known, taken: set[str]) -> None:
        self.memory = memory
        self._known = known
        # descriptors in the text that this memory gave are its own, not a stranger's
        own = {words for entity in memory.entities for words in (entity.descriptor, entity.short)}
        self._taken = Taken(taken | own | {_in_full(words) for words in taken})
        self._last: dates.When | None = None
        self._met = Met(memory.entities)
        self._counts = Counter(entity.label for entity in memory.entities)

    def hidden(self, found: Sequence[tuple[str, Sequence[Span]]]) -> list[list[Hidden]]:
        """For each text what is hidden in it. All texts at once: what one says of somebody words them in all."""
        rows = [[Mention(text, span) for span in spans] for text, spans in found]
        entities = [[self._entity(mention) for mention in row] for row in rows]
        said: dict[str, list[Mention]] = {}
        for mentions, theirs in zip(rows, entities, strict=True):
            for mention, entity in zip(mentions, theirs, strict=True):
                said.setdefault(entity.key, []).append(mention)
        for entity in self.memory.entities:
            if not entity.descriptor:
                self._name(entity, said[entity.key])
        return [
            [self._as_hidden(mention, entity) for mention, entity in zip(mentions, theirs, strict=True)]
            for mentions, theirs in zip(rows, entities, strict=True)
        ]

    def _entity(self, mention: Mention) -> Entity:
        """The entity that a mention belongs to, new and still without words if it was never met."""
        form = mention.form
        entity = self._met.find(form, mention.span) or self._new(mention)
        if form not in entity.forms:
            entity.forms.append(form)
        self._met.remember(form, entity)
        return entity

    def _new(self, mention: Mention) -> Entity:
        label = mention.span.label
        self._counts[label.value] += 1
        named = label is Label.PERSON or (label is Label.FAMILY and _is_name(mention.span)) or people.is_self(mention)
        entity = Entity(f"{label}:{self._counts[label.value]}", label.value, people.COLLEAGUE if named else "", "")
        entity.forms += self._other_names(mention.form) if label is Label.PERSON else []
        for form in entity.forms:
            self._met.remember(form, entity)
        self.memory.entities.append(entity)
        return entity

    def _name(self, entity: Entity, mentions: Sequence[Mention]) -> None:
        """Gives a new entity its descriptor, from all that is said beside its mentions."""
        first, label = mentions[0], Label(entity.label)
        if entity.kind in PEOPLE:
            entity.kind = people.kind(mentions)
            phrase = people.phrase(mentions)
        elif told := _told(first, label):
            entity.kind, entity.descriptor = told.noun, f"[{told.first()}]"
            return
        else:
            phrase = self._phrase(mentions, label)
            entity.kind = phrase.noun
        if phrase.article == "my" and f"[{phrase.first()}]" in self._taken:
            phrase = Phrase("a", people.COLLEAGUE, letters=True)
        entity.descriptor = descriptor(phrase, self._taken)
        self._taken.add(entity.descriptor)

    def _phrase(self, mentions: Sequence[Mention], label: Label) -> Phrase:
        if label is Label.ORG:
            return organisations.phrase(mentions, self._known.organisations)
        if label is Label.LOCATION:
            return organisations.place(mentions[0])
        if re.search(r"\bborn (?:in |on )?(?:the )?$", mentions[0].before, re.I):
            return dates.birth(mentions[0].form)
        when = dates.read(mentions[0].form)
        phrase = dates.phrase(mentions[0].form, self._last)
        self._last = when if when.whole else self._last
        return phrase

    def _as_hidden(self, mention: Mention, entity: Entity) -> Hidden:
        return Hidden(mention.span, entity.key, self._words(mention, entity), mention.form)

    def _words(self, mention: Mention, entity: Entity) -> str:
        """The entity's descriptor as this sentence needs it."""
        label = Label(entity.label)
        if entity.kind in PEOPLE:
            described = people.beside_its_description(mention)
        elif told := _told(mention, label):
            return fitted(f"[{told.first()}]", mention)
        else:
            described = label in _NAMED and organisations.beside_its_description(mention)
        if not described:
            return fitted(entity.descriptor, mention)
        entity.short = entity.short or next((words for words in _SHORT if words not in self._taken), _SHORT[0])
        self._taken.add(entity.short)
        return entity.short

    def _other_names(self, form: str) -> list[str]:
        """What else the community calls this member, if it can be only one."""
        owners = {name.owner for name in self._known.people if same_person(name.text, form)}
        if len(owners) != 1 or not (owner := owners.pop()):
            return []
        return [name.text for name in self._known.people if name.owner == owner]


def _told(mention: Mention, label: Label) -> Phrase | None:
    """What a detail is worded as where it stands; None for names and dates, which keep one descriptor."""
    if label is Label.DATE:
        return ages.phrase(mention) if mention.rule == "age" or ages.is_age(mention.form) else None
    return _TOLD[label](mention) if label in _TOLD else None


def _is_name(span: Span) -> bool:
    return span.source.endswith("name")


def _in_full(words: str) -> str:
    """A descriptor that lost its article to its sentence, as it was: "[other town]" -> "[another town]"."""
    inner = words[1:-1]
    return f"[an{inner}]" if inner.startswith("other ") else f"[{with_article(inner)}]"
