"""The layers in one shape, and the one place where they are all loaded or none is used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.anonymise import context_rules, lists, names, places, spoken, uk_rules
from bot.anonymise.models import Known, Span
from bot.anonymise.ner import Ner
from bot.anonymise.presidio import Presidio
from bot.anonymise.rampart import Rampart
from bot.anonymise.trouble import EngineMissing

Rule = Callable[[str], list[Span]]
Roster = Callable[[str, Known], list[Span]]


class Model(Protocol):
    """A detector with weights: works on many stretches at once, each on its own."""

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of each stretch; offsets within it."""
        ...


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that looks at a text, by name."""

    models: dict[str, Model]
    rules: dict[str, Rule]
    roster: Roster


_CANARY = "I rang Dr Priya Ramanathan in Sheffield on Monday about Helen Whitworth, and she said yes."


def load_layers() -> Layers:
    """All of them, each tried on a made-up sentence. EngineMissing where one can't load or finds nothing."""
    from bot.anonymise import roster

    models: dict[str, Model] = {"rampart": loaded("rampart", Rampart.load), "spacy": loaded("spacy", Ner.load)}
    presidio = loaded("presidio", Presidio.load)
    loaded("word lists", _read_lists)
    rules = {
        "presidio": presidio.find,
        "uk_rules": uk_rules.find,
        "spoken": spoken.find,
        "context": context_rules.find,
        "places": places.find,
        "names": names.find,
    }
    return Layers(tried(models), rules, roster.find)


def tried(models: dict[str, Model]) -> dict[str, Model]:
    """The same models, each seen to find something. EngineMissing for one that finds nothing: its weights are bad."""
    for name, model in models.items():
        if not model.find_all([_CANARY])[0]:
            raise EngineMissing(part=name)
    return models


def loaded(name: str, load: Callable[[], Any]) -> Any:
    """What `load` gives. EngineMissing, naming the part, whatever keeps it from loading."""
    try:
        return load()
    except (ImportError, OSError, RuntimeError, ValueError, LookupError, AttributeError) as problem:
        raise EngineMissing(part=name) from problem


def _read_lists() -> None:
    lists.read_all()
    for rule in (context_rules, places, names):
        rule.find(_CANARY)
