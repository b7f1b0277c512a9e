"""A correction reaches the draft; what its leader made of it wins."""

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.merging import Correction, with_correction
from bot.desk.raw import Heard
from bot.stories.models import Draft, Hidden, Log, Paragraph

SAID = ("Priya Sharma sheered the rotor.", "We went home late.", "Nobody asked about the kettle.")


def heard(*texts: str, unclear: bool = False) -> tuple[Heard, ...]:
    return tuple(Heard(n * 10.0, n * 10.0 + 9, tuple(text.split()), unclear) for n, text in enumerate(texts))


def correction(*after: str, before: tuple[str, ...] = SAID) -> Correction:
    """Struck out where it is ""."""
    return Correction(heard(*before), tuple(each for each in heard(*after) if each.words))


def hidden(place: int, descriptor: str, original: str) -> Hidden:
    return Hidden(place, f"PERSON:{original}", descriptor, "PERSON", original, "")


#: the draft of what was said, with the name hidden
DRAFT = Draft(
    (Paragraph("[a colleague] sheered the rotor."), Paragraph(SAID[1]), Paragraph(SAID[2])), ("[a colleague]",)
)
LOG = Log((hidden(0, "[a colleague]", "Priya Sharma"),), keep=("Amina",), hide=("kettle",), memory="{}")


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


def test_a_paragraph_with_a_corrected_word_starts_again_from_the_raw_words() -> None:
    draft, log = with_correction(DRAFT, LOG, correction("Priya Sharma shared the rota.", *SAID[1:]))
    assert texts(draft) == ["Priya Sharma shared the rota.", *SAID[1:]]
    assert log.hidden == ()  # it is masked anew, and logged anew


def test_the_others_stay_as_they_are_with_what_is_hidden_in_them() -> None:
    draft, log = with_correction(DRAFT, LOG, correction(SAID[0], "We went home early.", SAID[2]))
    assert texts(draft) == ["[a colleague] sheered the rotor.", "We went home early.", SAID[2]]
    assert log.hidden == LOG.hidden


def test_what_is_to_be_kept_and_hidden_stays_so() -> None:
    _, log = with_correction(DRAFT, LOG, correction("Priya shared it.", "We left.", "Nobody did."))
    assert (log.keep, log.hide, log.memory) == (LOG.keep, LOG.hide, LOG.memory)


def test_a_paragraph_that_its_leader_has_edited_is_not_changed() -> None:
    own = Paragraph("[a colleague] and I sheered it all.", edited=True)
    draft, log = with_correction(
        Draft((own, *DRAFT.paragraphs[1:]), DRAFT.descriptors),
        LOG,
        correction("Priya Sharma shared the rota.", "We went home early.", SAID[2]),
    )
    assert texts(draft) == [own.text, "We went home early.", SAID[2]]
    assert log.hidden == LOG.hidden


def test_what_the_leader_struck_out_does_not_come_back() -> None:
    without = Draft((DRAFT.paragraphs[0], DRAFT.paragraphs[2]), DRAFT.descriptors)
    draft, _ = with_correction(without, LOG, correction(SAID[0], "We went home early and alone.", "Nobody asked."))
    assert texts(draft) == ["[a colleague] sheered the rotor.", "Nobody asked."]


def test_what_the_transcriber_struck_out_goes() -> None:
    draft, _ = with_correction(DRAFT, LOG, correction(SAID[0], "", SAID[2]))
    assert texts(draft) == ["[a colleague] sheered the rotor.", "", SAID[2]]  # empty ones are left out when masked


def test_words_at_the_edge_of_a_stretch_stay_in_it() -> None:
    draft, _ = with_correction(DRAFT, LOG, correction(SAID[0], "But we went home late. Very late.", SAID[2]))
    assert texts(draft)[1:] == ["But we went home late. Very late.", SAID[2]]


def test_what_was_put_back_is_no_edit() -> None:
    back = Draft((Paragraph(SAID[0]), *DRAFT.paragraphs[1:]))
    draft, _ = with_correction(back, Log(keep=("Priya Sharma",)), correction("Priya Sharma shared it.", *SAID[1:]))
    assert texts(draft)[0] == "Priya Sharma shared it."


def test_a_descriptor_that_took_an_article_with_it_hides_no_correction() -> None:
    """Even where the log doesn't give the raw words back to the letter."""
    draft = Draft(
        (Paragraph("I rang [the practice] about the rotor."), Paragraph("We went home.")), ("[the practice]",)
    )
    log = Log((Hidden(0, "ORG:1", "[the practice]", "ORG", "Elm Surgery", ""),))
    said = ("I rang the Elm Surgery about the rotor.", "We went home.")
    after, _ = with_correction(draft, log, correction("I rang the Elm Surgery about the rota.", said[1], before=said))
    assert texts(after) == ["I rang the Elm Surgery about the rota.", "We went home."]


def test_a_part_that_was_listened_to_is_sure_even_if_no_word_changed() -> None:
    unsure = Draft((Paragraph(SAID[0], unsure=True), Paragraph(SAID[1], unsure=True)))
    before = (*heard(SAID[0], unclear=True), Heard(10.0, 19.0, tuple(SAID[1].split()), True))
    after = (*heard(SAID[0]), before[1])
    draft, _ = with_correction(unsure, Log(), Correction(before, after))
    assert [paragraph.unsure for paragraph in draft.paragraphs] == [False, True]
    assert texts(draft) == list(SAID[:2])


def test_a_part_that_grew_long_still_fits_the_boxes_of_its_leader() -> None:
    long = "We talked for a long while about it all. " * 70
    draft, log = with_correction(DRAFT, LOG, correction(SAID[0], long, SAID[2]))
    assert all(len(text) <= 1_500 for text in texts(draft)) and len(draft.paragraphs) > 3
    assert " ".join(texts(draft)[1:-1]) == long.strip()
    assert log.hidden == LOG.hidden


def test_places_in_the_log_follow_their_paragraphs() -> None:
    late = Draft((Paragraph(SAID[1]), Paragraph("[a colleague] sheered the rotor.")), ("[a colleague]",))
    log = Log((hidden(1, "[a colleague]", "Priya Sharma"),))
    long = "We talked for a long while about it all. " * 70
    draft, after = with_correction(late, log, correction(long, SAID[0], before=(SAID[1], SAID[0])))
    (found,) = after.hidden
    assert draft.paragraphs[found.place].text == "[a colleague] sheered the rotor."


SENTENCES = st.lists(
    st.lists(st.sampled_from(["we", "the", "rota", "home", "went", "kettle"]), min_size=1, max_size=6), max_size=6
)


@given(SENTENCES, SENTENCES)
def test_with_nothing_edited_the_draft_says_what_the_raw_words_say(old: list[list[str]], new: list[list[str]]) -> None:
    new = [new[n] if n < len(new) else words for n, words in enumerate(old)]
    before, after = (tuple(" ".join(words) for words in each) for each in (old, new))
    draft, _ = with_correction(Draft(tuple(map(Paragraph, before))), Log(), correction(*after, before=before))
    assert " ".join(texts(draft)).split() == " ".join(after).split()


@given(SENTENCES, SENTENCES, st.sets(st.integers(0, 5)))
def test_edited_paragraphs_are_never_touched(old: list[list[str]], new: list[list[str]], edited: set[int]) -> None:
    new = [new[n] if n < len(new) else words for n, words in enumerate(old)]
    paragraphs = tuple(Paragraph("mine " * 3 + str(n) if n in edited else " ".join(words), edited=n in edited)
                       for n, words in enumerate(old))  # fmt: skip
    before, after = (tuple(" ".join(words) for words in each) for each in (old, new))
    draft, _ = with_correction(Draft(paragraphs), Log(), correction(*after, before=before))
    assert [each for each in draft.paragraphs if each.edited] == [each for each in paragraphs if each.edited]
