"""What stands for what was hidden reads as English, keeps the meaning, and tells nothing that the text doesn't tell."""

import json
import re

import pytest

from bot.anonymise.descriptors import Book
from bot.anonymise.memory import Entity, Memory
from bot.anonymise.models import Hidden, Known, KnownName, Label, Span
from bot.anonymise.page import Page
from bot.anonymise.wording.standing import reserved, standing

_MARK = re.compile(r"\{([A-Z_]+)(?: ([\w ]+))?:([^{}]*)\}")
KNOWN = Known(organisations=(KnownName("Harbour Lights", "pharmacy"), KnownName("Limes PCN", "PCN")))


def marked(text: str) -> tuple[str, list[Span]]:
    """A text without its marks, {LABEL:words} or {LABEL rule:words}, and the spans that the marks stand for."""
    plain, spans, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        source = f"context:{mark[2]}" if mark[2] else "test"
        spans.append(Span(len(plain), len(plain) + len(mark[3]), Label(mark[1]), source, 1.0))
        plain += mark[3]
        at = mark.end()
    return plain + text[at:], spans


def worded(*texts: str, memory: Memory | None = None) -> tuple[list[str], Memory]:
    """Marked paragraphs of one transcript with descriptors in place, and what is remembered of them."""
    found = [marked(text) for text in texts]
    book = Book(memory or Memory(), KNOWN, reserved([text for text, _ in found]))
    pages = [Page(text, tuple(mine)) for (text, _), mine in zip(found, book.hidden(found), strict=True)]
    return [page.text for page in pages], book.memory


PEOPLE = [
    ("{PERSON:Karen}, our practice nurse, said no.", "[a colleague, practice nurse], our practice nurse, said no."),
    ("{PERSON:Karen} the receptionist knows.", "[a colleague, receptionist] the receptionist knows."),
    ("{PERSON:Femi} is a registrar.", "[a colleague, trainee] is a registrar."),
    ("Our practice nurse {PERSON:Karen} said no.", "Our practice nurse [name] said no."),
    ("our clinical director {PERSON:femi} rang", "our clinical director [name] rang"),
    ("Our pharmacist, {PERSON:Wei Ling}, spotted it.", "Our pharmacist, [name], spotted it."),
    ("One of our GPs, {PERSON:Femi}, left.", "One of our GPs, [name], left."),
    ("A nurse called {PERSON:Blessing} taught me.", "A nurse called [name] taught me."),
    ("nurse {PERSON:Grace} and nurse {PERSON:Temi}", "nurse [name] and nurse [another name]"),
    ("I told the nurse, {PERSON:Karen} was away.", "I told the nurse, [a colleague] was away."),
    ("I rang {PERSON:Dr Patel}, {PERSON:Dr Patel}'s secretary.", "I rang [a doctor], [a doctor]'s secretary."),
    ("{PERSON:nurse Temi} came.", "[a colleague, nurse] came."),
    ("{PERSON:Dr Nwankwo} and {PERSON:Dr Okafor}", "[a doctor] and [another doctor]"),
    ("{PERSON:Councillor Hussain} came.", "[a councillor] came."),
    ("{PERSON:Professor Lindqvist} came.", "[a senior academic] came."),
    ("My daughter {FAMILY family name:Ines} is 3. {FAMILY family name:Ines} sings.",
     "My daughter [name] is 3. [a family member] sings."),
    ("{PERSON:Joan}, my sister-in-law, cooked.", "[a family member], my sister-in-law, cooked."),
    ("My friend {PERSON:Rachel} rang, and {PERSON:Rachel}'s mum.", "My friend [name] rang, and [a friend]'s mum."),
    ("My mentor, {PERSON:Alan}, said. I ring {PERSON:Alan}.", "My mentor, [name], said. I ring [a mentor]."),
    ("A patient called {PERSON:Doris}. {PERSON:Doris} sang.", "A patient called [name]. [a patient] sang."),
    ("So I'm {PERSON:Amina Okafor}, and {PERSON:Amina}'s tired.", "So I'm [my name], and [my name]'s tired."),
    ("My name is {PERSON:Priya}. They call {PERSON:Priya} boss.", "My name is [name]. They call [my name] boss."),
    ("everyone calls me {LOCATION:Seun}", "everyone calls me [my name]"),
    ("And he said I'm {PERSON:Tom}.", "And he said I'm [a colleague]."),
    ("Yes, I'm {PERSON:Karen}'s boss.", "Yes, I'm [a colleague]'s boss."),
    ("Poor {PERSON:Karen} and our lovely {PERSON:Tom}.", "Poor [a colleague] and our lovely [other colleague]."),
    ("The {PERSON:Patels} came to us.", "The [family] came to us."),
    ("{PERSON:Mr and Mrs Patel} and {PERSON:Auntie Joan}", "[a family] and [a family member]"),
    ("{PERSON:Imam Yusuf} came.", "[a member of the clergy] came."),
    ("{PERSON:Tom}’s idea, thanks {PERSON:Tom}.", "[a colleague]’s idea, thanks [a colleague]."),
    ("{PERSON:Tom} is our CEO.", "[a senior colleague] is our CEO."),
]  # fmt: skip

PLACES = [
    ("The {LOCATION:Swaffham} team, the {LOCATION:Whitby} one", "The [market town] team, the [coastal town] one"),
    ("I live in {LOCATION:Camden} now.", "I live in [a London borough] now."),
    ("in {LOCATION:Thirsk}, then {LOCATION:Selby}, then {LOCATION:Otley}",
     "in [a market town], then [another market town], then [a third market town]"),
    ("An {LOCATION:Ipswich} friend and a {LOCATION:Yeovil} one", "An [unnamed city] friend and a [market town] one"),
    ("{LOCATION:Leeds} GPs are kind.", "[city] GPs are kind."),
    ("It is a village called {LOCATION:Reepham}.", "It is a village called [name]."),
    ("near the city of {LOCATION:Norwich}", "near the city of [name]"),
    ("at {LOCATION street:Mill Lane} in {LOCATION:Norfolk}", "at [a street] in [a county]"),
    ("It was {LOCATION:NR21} then.", "It was [a postcode] then."),
    ("The postcode is {LOCATION postcode:NR21 8AA}.", "The postcode is [a postcode]."),
]  # fmt: skip

ORGANISATIONS = [
    ("We met {ORG:Fern Surgery} and {ORG:Old Mill Surgery}.", "We met [a practice] and [another practice]."),
    ("I've been a GP at {ORG:Thornfield Surgery} for years.", "I've been a GP at [our practice] for years."),
    ("Our PCN, {ORG:Limes PCN}, and {ORG:Limes PCN}'s board", "Our PCN, [name], and [our PCN]'s board"),
    ("At the {ORG:Limes PCN} they laugh.", "At the [PCN] they laugh."),
    ("{ORG:Old Mill Surgery}, just down the road, closed.", "[a neighbouring practice], just down the road, closed."),
    ("The practice next door, {ORG:Fern Lane}, and {ORG:Fern Lane}'s GPs",
     "The practice next door, [name], and [a neighbouring organisation]'s GPs"),
    ("a project called {ORG:Winter Huddle}; {ORG:Winter Huddle} worked",
     "a project called [name]; [a local programme] worked"),
    ("She runs {ORG:Harbour Lights}.", "She runs [a pharmacy]."),
    ("{ORG:Kettering General Hospital} rang {ORG:Northants Trust}.", "[a hospital] rang [a trust]."),
    ("we called it the {ORG:Thursday Table}", "we called it the [local programme]"),
    ("{ORG:Church Lane Surgery} and {ORG:College Road}", "[a practice] and [an organisation]"),
    ("an {ORG:Elm Tree Federation} idea", "an [unnamed federation] idea"),
]  # fmt: skip

DATES = [
    ("on {DATE:14 March 2019} we opened", "on [a day that spring] we opened"),
    ("on {DATE:14 March 2019}, then on {DATE:3 April 2019}",
     "on [a day that spring], then on [a day a couple of weeks later]"),
    ("On {DATE:2nd of June 2019}. On {DATE:the 4th of June 2011}.",
     "On [a day that summer]. On [a day some years earlier]."),
    ("It was {DATE:the fourteenth of march}.", "It was [a day that spring]."),
    ("on {DATE:3/4/21} and by {DATE:2021-05-20}", "on [a day that spring] and by [a day a few weeks later]"),
    ("in {DATE:March 2019}, since {DATE:october twenty nineteen}",
     "in [the spring of that year], since [the autumn of that year]"),
    ("In {DATE:June 2015}, and by {DATE:June 2016} and {DATE:May 2009}",
     "In [the summer of that year], and by [the summer of the following year] and [the spring some years earlier]"),
    ("on {DATE:14 March 2019}; again on {DATE:14/03/2019}", "on [a day that spring]; again on [a day that spring]"),
    ("on {DATE:2 January} or {DATE:9 January}", "on [a day that winter] or [another day that winter]"),
    ("my {DATE:14 March} talk", "my [day that spring] talk"),
    ("On {DATE:Tuesday the 14th} we met.", "On [a Tuesday] we met."),
    ("on {DATE:the third of last month}", "on [a day last month]"),
    ("She was born on {DATE:3 May 1962}.", "She was born on [a day in the 1960s]."),
    ("born in {DATE:1957}", "born in [the 1950s]"),
    ("I'm {DATE age:47} and she was {DATE age:fifty-two}.", "I'm [in my forties] and she was [in her fifties]."),
    ("My mum's {DATE age:84}; Tom was {DATE age:61}.", "My mum's [in her eighties]; Tom was [in their sixties]."),
    ("She was {DATE age:26} when she became a partner.", "She was [early in her career] when she became a partner."),
    ("At {DATE age:52} I stopped; he is a {DATE age:12} year old.",
     "At [fifty or so] I stopped; he is a [ten or so] year old."),
    ("a {DATE:12 year} old boy", "a [ten or so year] old boy"),
    ("my {DATE age:40th} birthday", "my [fortieth or so] birthday"),
]  # fmt: skip

DETAILS = [
    ("since {HEALTH:my stroke}", "since [my health matter]"),
    ("since my {HEALTH:stroke} I rest", "since my [health matter] I rest"),
    ("Karen's {HEALTH:depression} and her {HEALTH:operation}", "Karen's [health matter] and her [treatment]"),
    ("She's {HEALTH:pregnant}.", "She's [dealing with a health matter]."),
    ("I was {HEALTH:diagnosed with breast cancer}.", "I was [dealing with a health matter]."),
    ("I was {HEALTH:drinking} by then.", "I was [dealing with a health matter] by then."),
    ("He was off {HEALTH:with stress}.", "He was off [with a health matter]."),
    ("He was signed {HEALTH:off with stress}.", "He was signed [off with a health matter]."),
    ("I took the {ROLE_UNIQUE:role of chief executive of Limes PCN}.", "I took the [senior role]."),
    ("I {HEALTH:had a stroke} there.", "I [had a health matter] there."),
    ("{HEALTH:Fatima's depression} came back.", "[a colleague's health matter] came back."),
    ("My wife {FAMILY family:teaches at St Olave's}.", "My wife [works in a school]."),
    ("My wife teaches at {FAMILY family:St Olave's School}.", "My wife teaches at [a school]."),
    ("my brother {FAMILY family:drives for the ambulance trust}", "my brother [works in health care]"),
    ("My son {FAMILY family:goes to Hillview School}.", "My son [goes to a school]."),
    ("I was {ROLE_UNIQUE:the only optometrist on the ICB board}.", "I was [in a board role]."),
    ("I was the {ROLE_UNIQUE:only optometrist on the ICB board}.", "I was the [board member]."),
    ("As {ROLE_UNIQUE:chair of Northfield PCN} I signed.", "As [a senior leader] I signed."),
    ("in my role as {ROLE_UNIQUE:chair of Northfield PCN}", "in my role as [senior leader]"),
    ("Ring {CONTACT phone:07700 900123} or {CONTACT email:a@example.org}.", "Ring [phone number] or [e-mail address]."),
    ("my GMC number is {ID registration:7453918}", "my GMC number is [registration number]"),
    ("{LANGUAGE:Dzień dobry państwu}", "[a part in another language]"),
]  # fmt: skip

EXAMPLES = [*PEOPLE, *PLACES, *ORGANISATIONS, *DATES, *DETAILS]


@pytest.mark.parametrize(("said", "reads"), EXAMPLES, ids=[said[:40] for said, _ in EXAMPLES])
def test_a_sentence_reads_as_english_without_whoever_it_is_about(said: str, reads: str) -> None:
    (text,), _ = worded(said)
    assert text == reads


def test_there_are_many_examples() -> None:
    assert len(EXAMPLES) >= 60


@pytest.mark.parametrize(("_", "reads"), EXAMPLES, ids=[said[:40] for said, _ in EXAMPLES])
def test_every_descriptor_is_known_again(_: str, reads: str) -> None:
    assert [reads[start:end] for start, end in standing(reads)] == re.findall(r"\[[^\[\]]+\]", reads)


def test_no_article_stands_twice_and_no_title_before_a_descriptor() -> None:
    for _, reads in EXAMPLES:
        assert not re.search(r"\b(?:the|an?|my|our|his|her) \[(?:the|an?|my|our|his|her) ", reads, re.I), reads
        assert not re.search(r"\b(?:Dr|Mr|Mrs|Ms|Prof)\.? \[", reads), reads


def test_people_of_one_description_stay_apart_with_letters_only_when_they_are_many() -> None:
    (text,), _ = worded(
        "{PERSON:Femi}, {PERSON:Ola}, {PERSON:Kwame} and {PERSON:Siobhan}; {PERSON:Ines}, our paramedic, and "
        "{PERSON:Wren}, our paramedic; {PERSON:Kwame} again."
    )
    assert text.startswith("[a colleague], [another colleague], [colleague C] and [colleague D]; [a colleague, para")
    assert "[another colleague, paramedic]" in text and text.endswith("[colleague C] again.")


def test_what_one_paragraph_says_of_somebody_words_them_in_all() -> None:
    texts, _ = worded("{PERSON:Karen} rang.", "So {PERSON:Karen}, our pharmacist, was right, and {PERSON:Karen}'s tea.")
    assert all("[a colleague, pharmacist]" in text for text in texts) and "pharmacist]'s tea" in texts[1]


def test_a_later_edit_uses_the_words_of_the_first_time_also_after_json() -> None:
    _, memory = worded("{PERSON:Karen}, our pharmacist, and my son {FAMILY family name:Yusuf} in {LOCATION:Thirsk}.")
    stored = Memory.from_json(memory.to_json())
    (text,), _ = worded("{PERSON:Ola} met {PERSON:Karen} in {LOCATION:Selby}, my son {PERSON:Yusuf}.", memory=stored)
    assert text == "[a colleague] met [a colleague, pharmacist] in [another market town], my son [name]."


def test_a_memory_from_before_there_were_short_forms_still_serves() -> None:
    old = json.dumps([{"key": "PERSON:1", "label": "PERSON", "kind": "colleague", "descriptor": "[colleague A]",
                       "forms": ["Tom"]}])  # fmt: skip
    (text,), memory = worded("{PERSON:Tom} and {PERSON:Ola}; my friend {PERSON:Tom}.", memory=Memory.from_json(old))
    assert text == "[colleague A] and [a colleague]; my friend [name]."
    assert memory.entities[0] == Entity("PERSON:1", "PERSON", "colleague", "[colleague A]", ["Tom"], "[name]")


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("[a colleague] met {PERSON:Tom}.", "[a colleague] met [another colleague]."),
        ("The [town] near {LOCATION:Basildon}.", "The [town] near [another town]."),
        ("[colleague C], {PERSON:Tom}, {PERSON:Ola}, {PERSON:Kwame}.",
         "[colleague C], [a colleague], [another colleague], [colleague D]."),
        ("[name], my friend {PERSON:Tom}", "[name], my friend [another name]"),
    ],
)  # fmt: skip
def test_words_that_the_leader_typed_never_stand_for_somebody_new(typed: str, reads: str) -> None:
    assert worded(typed)[0] == [reads]


@pytest.mark.parametrize(
    "old",
    [
        "[colleague A]", "[patient BC]", "[practice A]", "[a town]", "[another village]", "[an eighth county]",
        "[place 12]", "[date]", "[age]", "[health details]", "[family details]", "[a leadership role]", "[hidden]",
        "[programme B]", "[community interest company A]", "[family member A]",
    ],
)  # fmt: skip
def test_descriptors_of_earlier_drafts_are_still_known(old: str) -> None:
    assert standing(f"so {old} said") == [(3, 3 + len(old))] and reserved([old]) == {old}


@pytest.mark.parametrize("words", ["[Karen]", "[a Karen]", "[a colleague, Karen]", "[my Karen]", "[in my Leeds]", "[]"])
def test_no_name_hides_behind_brackets(words: str) -> None:
    assert standing(words) == []


def test_a_stranger_in_another_transcript_gets_the_same_words() -> None:
    assert worded("{PERSON:Karen} rang.")[0] == worded("{PERSON:Siobhan} rang.")[0]


def hidden_of(text: str) -> list[Hidden]:
    plain, spans = marked(text)
    return Book(Memory(), KNOWN, set()).hidden([(plain, spans)])[0]


def test_all_mentions_belong_to_one_entity_whatever_form_they_take() -> None:
    found = hidden_of("My friend {PERSON:Rachel}, our {PERSON:Rachel}; {PERSON:Rachel}; {DATE:1 May} and {DATE:8 May}.")
    assert [each.entity for each in found] == ["PERSON:1"] * 3 + ["DATE:1", "DATE:2"]
    assert [each.descriptor for each in found[:3]] == ["[name]", "[friend]", "[a friend]"]
