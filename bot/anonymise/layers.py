"""The layers in one shape, and the one place where they are all loaded or none is used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.anonymise import language, lists
from bot.anonymise.gazetteer import shelf
from bot.anonymise.models import Known, Span
from bot.anonymise.networks.encoder import Encoder
from bot.anonymise.networks.learned import Both, Learned
from bot.anonymise.networks.ner import Ner
from bot.anonymise.networks.rampart import Rampart
from bot.anonymise.rules import context_rules, names, places, spoken, uk_rules
from bot.anonymise.rules.presidio import Presidio
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


#: how many threads the encoder and the learned layer work with; they take two thirds of the time
THREADS = 2
_CANARY = (
    "I rang Dr Priya Ramanathan in Sheffield on Monday about Helen Whitworth, and she said yes. "
    "She would tell the others herself before the week was out."
)


def load_layers(gazetteer: Path | None = None, model_pass: Rule | None = None) -> Layers:
    """All of them, each tried on a made-up sentence. EngineMissing where one can't load or finds nothing.

    `gazetteer` is the folder of the operator's own lists; `model_pass` a language model's finds, if one is switched on.
    """
    from bot.anonymise import roster

    encoder = loaded("rampart", lambda: Encoder.load(threads=THREADS))
    rampart = loaded("rampart", lambda: Rampart.load(encoder))
    learned = loaded("learned layer", lambda: Learned.load(encoder, threads=THREADS))
    ner = loaded("spacy", Ner.load)
    tried({"rampart": rampart, "learned layer": learned, "spacy": ner})
    presidio = loaded("presidio", Presidio.load)
    loaded("word lists", _read_lists)
    rules: dict[str, Rule] = {
        "presidio": presidio.find,
        "uk_rules": uk_rules.find,
        "spoken": spoken.find,
        "context": context_rules.find,
        "places": places.find,
        "names": names.find,
        "gazetteer": shelf.load(gazetteer).find,
        "language": language.find,
    }
    if model_pass:
        rules["model"] = model_pass
    return Layers({"encoder": Both(rampart, learned), "spacy": ner}, rules, roster.find)


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
    for rule in (context_rules, language, places, names):
        rule.find(_CANARY)
