"""Makes the voice notes again: every NAME.txt beside this file becomes NAME.ogg, by the recipe in NAME.json.

    python transcripts/samples/make_notes.py --piper VENV/bin/python [--only NAME] [--out FOLDER]

The same tools make the same bytes. README.md says which tools these are and how they are licensed.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sound import RATE, Samples, at_rate, levelled, quiet, with_noise, write_opus
from voices import Recipe, ToolMissing, speak

HERE = Path(__file__).parent
EDGE = 0.4  # seconds before the first word and after the last


def main() -> int:
    """Makes the notes asked for; 2 and a sentence on stderr if there is no such note, or a tool is missing."""
    asked = _arguments()
    names = [asked.only] if asked.only else sorted(path.stem for path in HERE.glob("*.txt"))
    try:
        for name in names:
            note = make(name, asked.piper)
            write_opus(asked.out / f"{name}.ogg", note)
            print(f"{name}.ogg  {len(note) / RATE:.1f} s")
    except ToolMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    except FileNotFoundError as lost:
        print(f"I can't find {lost.filename}.", file=sys.stderr)
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Makes the sample voice notes again.")
    parser.add_argument("--piper", default=sys.executable, help="the Python of the environment that has piper-tts")
    parser.add_argument("--only", help="one note, by its name without an ending")
    parser.add_argument("--out", type=Path, default=HERE, help="where the .ogg files go")
    return parser.parse_args()


def make(name: str, piper: str) -> Samples:
    """One finished note at RATE: its paragraphs, the pauses between them, and its noise if it has any."""
    paragraphs = (HERE / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    made = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["made"]
    pieces = [quiet(EDGE)]
    pauses = [*made["pauses"], EDGE]
    for number, (paragraph, pause) in enumerate(zip(paragraphs, pauses, strict=True), start=1):
        pieces += [_say(paragraph, _voice_of(number, made), made.get("say", {}), piper), quiet(pause)]
    note = levelled(np.concatenate(pieces))
    return with_noise(note, **made["noise"]) if "noise" in made else note


def _voice_of(paragraph: int, made: dict[str, Any]) -> Recipe:
    """The note's own voice, or the other one in the paragraph where a machine speaks."""
    other: Recipe = made.get("other_voice", {})
    own: Recipe = made["voice"]
    return other if other.get("paragraph") == paragraph else own


def _say(text: str, voice: Recipe, respelt: dict[str, str], piper: str) -> Samples:
    for written, spoken in respelt.items():  # what a voice reads wrongly from the page, such as a telephone number
        text = text.replace(written, spoken)
    samples, rate = speak(text, voice, voice["speed"] / voice["pitch"], piper)
    return levelled(at_rate(samples, rate, voice["pitch"]))


if __name__ == "__main__":
    sys.exit(main())
