"""The learned layer: what it finds by the words around, what it keeps off, and how it is trained."""

import random
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from bot.anonymise import pipeline
from bot.anonymise.models import Label, Span
from bot.anonymise.networks import learned
from bot.anonymise.networks.clues import CLUES, EXTRA, clued, clues, units
from bot.anonymise.networks.encoder import Encoder
from bot.anonymise.networks.learned import Both, Guess, Learned, agreed, apart, doubted, marked
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.training import export, measure, start
from bot.anonymise.training.adamw import AdamW
from bot.anonymise.training.augment import Variants
from bot.anonymise.training.fit import Recipe, examples, fitted, padded, predicted, variants
from bot.anonymise.training.passages import Part, Passage, held_back, ordinary, pools, read
from bot.anonymise.trouble import EngineMissing

SICK = (
    "I'd been sectioned the year before and nobody in the partnership knew, so I never told them why I was always late."
)
BUSY = "We run the diabetes clinic on Tuesdays, and the nurses teach the registrars how to listen, which is the job."


@pytest.fixture(scope="module")
def both(anonymiser: Anonymiser) -> Both:
    models = anonymiser.layers.models
    assert isinstance(models["encoder"], Both)
    return models["encoder"]


@pytest.fixture(scope="module")
def layer(both: Both) -> Learned:
    return both.learned


# what it finds


def test_the_words_around_say_that_somebody_was_ill(layer: Learned) -> None:
    ((found,),) = layer.find_all([SICK])
    assert "sectioned" in SICK[found.start : found.end] and found.label is Label.HEALTH
    assert found.end < SICK.index("nobody"), "no more goes than the phrase"


def test_a_sentence_alone_tells_too_little(layer: Learned) -> None:
    assert layer.find_all(["I had a stroke."]) == [[]]


def test_the_work_of_a_clinic_is_nobodys_illness(layer: Learned) -> None:
    assert layer.find_all([BUSY]) == [[]]


def test_the_same_text_is_found_the_same_alone_and_among_others(layer: Learned) -> None:
    texts = [SICK, BUSY, "My son's at Kingsmead Juniors.", SICK + " " + BUSY]
    together = layer.find_all(texts)
    alone = [layer.find_all([text])[0] for text in texts]
    assert [[(s.start, s.end, s.label) for s in found] for found in together] == [
        [(s.start, s.end, s.label) for s in found] for found in alone
    ]


@pytest.mark.parametrize("lead", ["😀 ", "👩🏽‍⚕️🏴󠁧󠁢󠁷󠁬󠁳󠁿 ", "Ünïcödé śàid: ", "한국어 에서 ", "\u202eabc\u202c "])
def test_offsets_count_code_points_whatever_stands_before(layer: Learned, lead: str) -> None:
    text = (
        lead + "I rang Helen Whitworth about the rota, and she came in that same evening to see how we could fill it."
    )
    (found,) = layer.find_all([text])
    assert any(text[s.start : s.end] == "Helen Whitworth" for s in found)


@pytest.mark.parametrize("text", ["", " ", "…", "?!", "\u0301", "x" * 3000])
def test_odd_texts_break_nothing(both: Both, text: str) -> None:
    (found,) = both.find_all([text])
    assert all(0 <= s.start < s.end <= len(text) for s in found)


def test_one_reading_serves_both(both: Both) -> None:
    text = "Dr Priya Ramanathan in Sheffield rang me. " + SICK
    (together,) = both.find_all([text])
    assert {s.source for s in together} >= {"rampart", "learned"}
    assert [s for s in together if s.source == "rampart"] == both.rampart.find_all([text])[0]


# how odds become stretches


def guess(at: int, score: float, label: Label = Label.HEALTH) -> Guess:
    return Guess(at * 10, at * 10 + 9, score, label)


def test_unlikely_neighbours_of_a_sure_word_go_with_it() -> None:
    found = list(marked([guess(0, 0.01), guess(1, 0.4), guess(2, 0.9), guess(3, 0.3), guess(4, 0.01)]))
    assert [(s.start, s.end, s.label) for s in found] == [(10, 39, Label.HEALTH)]


def test_without_one_sure_word_nothing_goes() -> None:
    assert list(marked([guess(0, 0.3), guess(1, 0.3), guess(2, 0.2)])) == []


def test_a_word_that_looks_like_a_name_counts_sooner() -> None:
    bar = learned.BARS[Label.PERSON]
    between = (bar.odd + bar.high) / 2
    assert bar.odd < bar.high
    assert list(marked([guess(0, between, Label.PERSON)])) == []
    assert len(list(marked([Guess(0, 9, between, Label.PERSON, odd=True)]))) == 1


def test_a_person_beside_an_illness_is_a_stretch_of_its_own() -> None:
    found = list(marked([guess(0, 0.9, Label.PERSON), guess(1, 0.95), guess(2, 0.4, Label.ORG)]))
    assert [(s.start, s.end, s.label) for s in found] == [(0, 9, Label.PERSON), (10, 29, Label.HEALTH)]


def test_a_practice_and_its_town_are_two_stretches() -> None:
    text = "Old Mill in Diss"
    found = list(apart(text, [Span(0, 16, Label.ORG, "learned", 0.9)]))
    assert [text[s.start : s.end] for s in found] == ["Old Mill", "Diss"]


def test_a_weak_find_where_the_layer_is_sure_of_nothing_falls_and_a_rules_find_stands() -> None:
    doubts = list(doubted([guess(0, 0.0), guess(1, 0.01), guess(2, 0.9)]))
    weak, crossing = Span(0, 9, Label.ORG, "ner", 0.85), Span(10, 29, Label.ORG, "ner", 0.85)
    rule = Span(0, 9, Label.PERSON, "context", 0.9)
    assert agreed([weak, crossing, rule, *doubts]) == [crossing, rule]


# what it is given


def test_every_unit_has_its_clues() -> None:
    piece = "Amina had a stroke in Bath."
    found = units(piece)
    rows = clues(piece, found)
    assert [piece[u.start : u.end] for u in found] == ["Amina", "had", "a", "stroke", "in", "Bath"]
    assert rows.shape == (6, CLUES) and set(np.unique(rows)) <= {0.0, 1.0}
    assert not np.array_equal(rows[1], rows[3]) and not np.array_equal(rows[4], rows[5])


def test_a_reading_has_a_row_for_each_token(both: Both) -> None:
    (reading,) = both.rampart.encoder.read([SICK])
    told = clued(reading)
    assert reading.state.shape == (len(reading.offsets), 384)
    assert told.extra.shape == (len(reading.offsets), EXTRA)
    assert np.allclose(reading.odds.sum(axis=1), 1, atol=1e-4)
    assert sorted(set(told.owners)) == [-1, *range(len(told.units))]


# where it can't be used


def test_lost_or_broken_weights_stop_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for content in (None, b"", b"no model"):
        where = tmp_path / "learned.onnx"
        if content is not None:
            where.write_bytes(content)
        monkeypatch.setattr(learned, "WEIGHTS", where)
        with pytest.raises(EngineMissing):
            pipeline.load()


# how it is trained


PASSAGES = (
    Passage("a", 0, (Part("so "), Part("Amina", "PERSON"), Part(" had "), Part("a stroke", "HEALTH"), Part(" here"))),
    Passage(
        "b", 1, (Part("we left "), Part("the mill", "ORG"), Part(" for "), Part("Diss", "LOCATION"), Part(" then"))
    ),
    Passage("c", 0, (Part("we opened the clinic on a monday and it filled"),)),
    Passage("d", 1, (Part("her "), Part("lung went", "HEALTH"), Part(" and "), Part("Ewa", "PERSON"), Part(" cried"))),
)


def test_passages_are_read_with_their_marks(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "1", "marked": "I rang {PERSON:Jo} at {LOCATION!:1 High St}."}\n')
    (passage,) = read([tmp_path / "x.jsonl"], 4)
    assert passage.text == "I rang Jo at 1 High St."
    assert [passage.text[start:end] for start, end, _ in passage.marks()] == ["Jo", "1 High St"]


def test_variants_keep_their_marks_and_take_words_from_their_own_share_only() -> None:
    chance = random.Random(7)
    for fold in (0, 1):
        pool = pools(PASSAGES, fold)
        maker = Variants(fold, 2, pool, ordinary(PASSAGES, fold), chance)
        others = {text.lower() for texts in pools(PASSAGES, 1 - fold).values() for text in texts}
        for passage in [p for p in PASSAGES if p.fold == fold] * 40:
            made = maker.of(passage)
            said = {made.text[start:end].lower() for start, end, _ in made.marks()}
            assert not said & others
            assert len(made.marks()) + made.text.count("[") == len(passage.marks())


def test_what_is_cut_out_of_a_passage_stands_in_it_with_its_marks_whole() -> None:
    text = "So I rang her. Then we moved to the old mill, and everybody in Diss cried. It took a week, or so they say."
    said = Passage("e", 0, (Part(text[:34]), Part(text[34:46], "ORG"), Part(text[46:])))
    maker = Variants(0, 2, {}, (), random.Random(5))
    cuts = [maker.cut(said) for _ in range(60)]
    assert all(cut.text in text and cut.text for cut in cuts)
    assert {cut.text[start:end] for cut in cuts for start, end, _ in cut.marks()} == {text[34:46]}


def test_passages_held_back_for_the_bars_are_of_the_newest_and_always_the_same() -> None:
    held = [held_back(Passage(f"{stem}:{i}", 0, ())) for stem in ("h", "j", "short") for i in range(30)]
    assert 8 < sum(held) < 32 and not any(held[60:])


def test_the_optimiser_finds_the_bottom_of_a_bowl() -> None:
    point = torch.nn.Parameter(torch.tensor([9.0, -4.0]))
    bottom = torch.tensor([1.0, 2.0])
    steps = AdamW([([point], 0.1)], decay=0.0)
    for _ in range(400):
        steps.zero_grad()
        torch.autograd.backward(((point - bottom) ** 2).sum())
        steps.step(1.0)
    assert torch.allclose(point, bottom, atol=0.01)


def test_what_is_written_says_what_was_trained(tmp_path: Path) -> None:
    torch.set_num_threads(1)
    encoder = Encoder.load()
    sets = [examples(encoder, one_set) for one_set in variants(PASSAGES, 2, 1, 3)]
    network = fitted(sets, start.weights(), Recipe(epochs=2, batch=4))
    plain = examples(encoder, PASSAGES)
    export.write(network, tmp_path / "small.onnx")
    state, extra, mask = padded(plain)
    written = onnxruntime.InferenceSession(str(tmp_path / "small.onnx"))
    (odds,) = written.run(None, {"state": state.numpy(), "extra": extra.numpy(), "mask": mask.numpy()})
    wanted = predicted(network, plain)
    for got, want in zip(odds, wanted, strict=True):
        assert np.abs(got[: len(want)] - want).max() < 0.05
    figures = measure.figures({p.id: p for p in PASSAGES}, measure.found(plain, wanted))
    assert set(figures) == {"HEALTH", "LOCATION", "ORG", "PERSON", "all", "clean", "false in 1,000"}
