"""A leader sends a voice note, reads it back, changes it, shares it, and takes it back."""

from bot.sandbox.person import Person
from tests.place import PATIENCE, SAMPLES, Place, eventually, reads_all


def sends_a_note(leader: Person, name: str = "rota-home") -> None:
    leader.sends_voice(SAMPLES / f"{name}.ogg")
    leader.sees("Here is what I heard", within=PATIENCE)
    reads_all(leader)


def test_a_voice_note_becomes_a_story_that_names_nobody(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    draft = amina.sees("Here is what I heard")
    assert "Tom" not in draft.text and "multiple sclerosis" not in draft.text
    place.signs_off(amina)
    amina.sees("without your name. Your recording is deleted")
    (story,) = place.sandbox.channel("stories").messages
    assert "comes home with you" in story.text
    (file,) = place.published()
    assert "comes home with you" in file.read_text()
    for words in (story.text, file.read_text()):
        assert not {"Amina", "Okafor", "Tom"} & set(words.split())


def test_only_the_leader_ever_sees_the_draft(place: Place) -> None:
    amina, ben = place.leader("Amina Okafor"), place.leader("Ben Marsh")
    sends_a_note(amina)
    ben.never_sees("comes home", for_seconds=1)
    assert place.sandbox.channel("stories").messages == []
    assert place.published() == []


def test_hiding_more_hides_every_mention(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    amina.clicks("Hide more")
    amina.modal()
    amina.fills({"What should I hide?": "half an hour"})
    assert amina.submits() == {}
    eventually(lambda: "half an hour" not in amina.sees("Here is what I heard").text)


def test_a_phrase_that_is_not_there_is_said_in_the_window(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    amina.clicks("Hide more")
    amina.modal()
    amina.fills({"What should I hide?": "a pink elephant"})
    assert "can't find" in amina.submits()["phrase"]


def test_what_was_typed_in_an_edit_is_anonymised_too(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    amina.clicks("Edit")
    amina.modal()
    amina.fills({"Part 1": "Priya Sharma rang me on 07700 900123 about the rota."})
    assert amina.submits() == {}
    changed = amina.sees("about the rota", within=20)
    eventually(lambda: bool(amina.sees("about the rota").buttons))
    assert "Priya" not in changed.text and "900123" not in changed.text


def test_what_was_hidden_is_shown_in_a_window_and_never_in_a_message(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    amina.clicks("Show what was hidden")
    assert "Tom" in amina.modal().text
    assert not any("Tom" in message.text for message in place.sandbox.messages_of(amina))


def test_taking_it_back_after_sharing_leaves_nothing(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    place.signs_off(amina)
    amina.sees("without your name. Your recording is deleted")
    amina.clicks("Take it back")
    amina.sees("It's gone")
    assert place.sandbox.channel("stories").messages == []
    assert place.published() == []
    assert not any("comes home with you" in text for text in place.sandbox.everything())


def test_taking_back_the_permission_to_share_takes_the_story_back(place: Place) -> None:
    amina = place.leader("Amina Okafor")
    sends_a_note(amina)
    place.signs_off(amina)
    amina.sees("without your name. Your recording is deleted")
    amina.opens_home()
    amina.sees_at_home("Your permissions", within=5)
    amina.clicks("Change my permissions", on="home")
    amina.modal()
    amina.fills({amina.modal().labels[0]: []})
    assert amina.submits() == {}
    amina.sees("It's gone")
    assert place.sandbox.channel("stories").messages == []
