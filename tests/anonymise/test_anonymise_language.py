"""What isn't English is left out and said, rather than read badly."""

import pytest

from bot.anonymise import language
from bot.anonymise.models import Known, Label
from bot.anonymise.pipeline import Anonymiser
from tests.bench.anonymise.corpus import tuned

ELEVEN_YEARS = {
    "Welsh": "Dw i wedi bod yn gweithio yn y feddygfa ers un mlynedd ar ddeg ac mae'r tîm wedi newid llawer",
    "Polish": "Pracuję w tej przychodni od jedenastu lat i bardzo się zmieniło od kiedy przyszłam",
    "Urdu": "میں گیارہ سال سے اس سرجری میں کام کر رہی ہوں اور بہت کچھ بدل گیا ہے",
    "Punjabi": "ਮੈਂ ਗਿਆਰਾਂ ਸਾਲਾਂ ਤੋਂ ਇਸ ਸਰਜਰੀ ਵਿੱਚ ਕੰਮ ਕਰ ਰਹੀ ਹਾਂ ਅਤੇ ਬਹੁਤ ਕੁਝ ਬਦਲ ਗਿਆ ਹੈ",
    "Bengali": "আমি এগারো বছর ধরে এই সার্জারিতে কাজ করছি এবং অনেক কিছু বদলে গেছে",
    "Arabic": "أعمل في هذه العيادة منذ أحد عشر عاما وقد تغير الكثير منذ ذلك الحين",
    "Romanian": "Lucrez la acest cabinet de unsprezece ani și multe s-au schimbat de când am venit",
    "Portuguese": "Trabalho nesta clínica há onze anos e muita coisa mudou desde que cheguei aqui",
    "Somali": "Waxaan ka shaqeynayay rugtan caafimaadka muddo kow iyo toban sano ah wax badanna way isbeddeleen",
    "Urdu in Latin letters": "main gyarah saal se is surgery mein kaam kar rahi hoon aur bohat kuch badal gaya hai",
}


@pytest.mark.parametrize("words", ELEVEN_YEARS.values(), ids=ELEVEN_YEARS)
def test_a_sentence_in_another_language_is_a_stretch_of_its_own(words: str) -> None:
    text = f"It was hard for all of us at the time. {words}. And then we went home together that evening."
    (span,) = language.find(text)
    assert text[span.start : span.end].rstrip(".") == words and span.label is Label.LANGUAGE


def test_english_as_people_speak_it_is_never_taken_for_anything_else() -> None:
    assert not [passage.id for passage in tuned() if language.find(passage.text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "um er yeah no um",
        "Amina Okafor, Kwame Mensah, Siân Gwynne-Rees, Małgorzata Kowalska and Nguyen Van Anh",
        "We cover Llanfairpwll, Penrhyndeudraeth, Betws-y-coed, Llanberis and Aberdaron",
        "so i said salaam alaikum kaise ho to him and he laughed",
        "🙂🙂 12345 -- !!",
    ],
)
def test_names_fillers_and_a_greeting_are_no_language(text: str) -> None:
    assert language.find(text) == []


def test_a_part_in_another_language_is_hidden_whole_and_said(anonymiser: Anonymiser, known: Known) -> None:
    text = f"I said it at the meeting and nobody answered. {ELEVEN_YEARS['Welsh']}. So we moved on to the rota."
    (paragraph,) = anonymiser.mask([text], known).paragraphs
    assert "feddygfa" not in paragraph.text and "in another language]" in paragraph.text
    assert paragraph.text.startswith("I said it at the meeting") and paragraph.text.endswith("on to the rota.")
