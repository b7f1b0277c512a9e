"""What a leader sees of their words: facts in, Block Kit out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    RichTextBlock,
    RichTextListElement,
    RichTextSectionElement,
)

from bot.slack.blocks import (
    actions,
    button,
    confirm,
    context,
    header,
    pack,
    peoples_parts,
    peoples_words,
    section,
    size,
)
from bot.slack.models import Message
from bot.stories.ids import Act, Ref
from bot.stories.models import Draft, Paragraph, State, Transcript
from bot.stories.review.lines import LineKind
from bot.stories.review.looking import Sitting, counts
from bot.stories.review.phrases import Phrase, own_phrases
from bot.stories.signing.permissions import Asked
from bot.stories.signing.views import short_confirmation
from bot.stories.wordage import number
from bot.words import Safe, plain, say

#: size (characters of JSON) and paragraphs of one page: Slack refuses about 13,200 characters of blocks in a
#: message, buttons included, and a page must fit a modal of 100 blocks as well
PAGE_SIZE = 6_000
#: beyond this size a paragraph goes without bold, which is most of its weight
BOLD_SIZE = 7_500
PAGE_PARAGRAPHS = 12
#: characters of a note that is shown whole on its first page (some sixty words)
SHORT = 360
#: paragraphs of a longer one that are shown where no sentence stands for it alone
OPENING = 2
#: how each kind of line is counted on the first page, in this order
COUNTED = {
    LineKind.HIDDEN: "wants_hidden",
    LineKind.OTHERS: "wants_others",
    LineKind.UNCLEAR: "wants_unclear",
    LineKind.RISK: "wants_risky",
    LineKind.BITE: "wants_bites",
}


def pages(paragraphs: Sequence[Paragraph], descriptors: Sequence[str] = ()) -> list[list[int]]:
    """The numbers of the paragraphs on each page; at least one page.

    What counts is the size of the blocks: every descriptor in bold costs far more than its letters.
    """
    sizes = [size([paragraph_block(paragraph, descriptors)]) for paragraph in paragraphs]
    found: list[list[int]] = [[]]
    for place in range(len(paragraphs)):
        full = sum(sizes[n] for n in found[-1]) + sizes[place] > PAGE_SIZE or len(found[-1]) >= PAGE_PARAGRAPHS
        if found[-1] and full:
            found.append([])
        found[-1].append(place)
    return found


def is_short(draft: Draft) -> bool:
    """Whether the first page shows the whole text: then it is quicker read than explained."""
    return sum(len(paragraph.text) for paragraph in draft.paragraphs) <= SHORT


def first_page(
    transcript: Transcript, sitting: Sitting, *, deletion: datetime | None, notes: Sequence[str], asked: Asked
) -> Message:
    """What the leader is shown first: their own phrases, what wants an eye, and the way to a decision.

    `deletion` is when recording and hidden words go, None once they have; `notes` are lines from other rooms.
    """
    draft, ref = sitting.draft, Ref(transcript.id, transcript.version)
    phrases = [] if is_short(draft) else own_phrases(draft.paragraphs, draft.descriptors)
    words = (
        [_phrases(phrases, draft.descriptors)]
        if phrases
        else _text(draft, pages(draft.paragraphs, draft.descriptors)[0][:OPENING])
    )
    look = _look_button(ref, len(sitting.undecided))
    read = () if is_short(draft) else (button(plain("stories.read_all"), Act.READ_ALL, pack(ref)),)
    decide = (actions(*look, *read, *_decisions(ref, asked)), *((_tools(ref),) if is_short(draft) else ()))
    return Message(
        text=say("stories.here_is"),
        blocks=(
            section(say("stories.here_is")),
            *words,
            section(_wants(sitting)),
            context(_until(deletion), *notes),
            *((context(say("stories.working")),) if transcript.changing else decide),
        ),
    )


def text_message(
    transcript: Transcript, draft: Draft, *, page: int, deletion: datetime | None, asked: Asked
) -> Message:
    """A page of the full text, with all that can be done to it and the way back to the first page."""
    book = pages(draft.paragraphs, draft.descriptors)
    page = min(page, len(book) - 1)
    ref = Ref(transcript.id, transcript.version, page)
    intro = say("stories.all_of_it") if len(book) == 1 else say("stories.page_of", page=page + 1, pages=len(book))
    back = button(plain("stories.first_page"), Act.FIRST_PAGE, pack(ref))
    decide = (_tools(ref), actions(*_decisions(ref, asked)))
    return Message(
        text=say("stories.here_is"),
        blocks=(
            section(intro),
            *_text(draft, book[page]),
            context(_hid(draft), _until(deletion)),
            actions(*_pager(ref, len(book)), back),
            *((context(say("stories.working")),) if transcript.changing else decide),
        ),
    )


def _text(draft: Draft, numbers: Sequence[int]) -> list[Block]:
    return [paragraph_block(draft.paragraphs[place], draft.descriptors) for place in numbers]


def _phrases(phrases: Sequence[Phrase], descriptors: Sequence[str]) -> Block:
    """The leader's own phrases word for word, each a point of a list, with what was hidden in bold."""
    points = [
        RichTextSectionElement(elements=peoples_parts(f"“{phrase.text}”", marked=descriptors)) for phrase in phrases
    ]
    return RichTextBlock(elements=[RichTextListElement(style="bullet", elements=points)])


def _wants(sitting: Sitting) -> Safe:
    """What wants an eye, counted in words."""
    if not sitting.undecided:
        return say("stories.wants_none_left") if sitting.looked.lines or sitting.lines else say("stories.wants_none")
    numbers = counts(sitting.undecided)
    said = [say(f"stories.{key}", number=n, words=number(n)) for kind, key in COUNTED.items() if (n := numbers[kind])]
    listed = said[0] if len(said) == 1 else say("stories.listed", first=Safe(", ".join(said[:-1])), last=said[-1])
    return say("stories.wants", listed=Safe(listed[0].upper() + listed[1:]), more=sitting.more)


def _look_button(ref: Ref, count: int) -> tuple[ButtonElement, ...]:
    label = plain("stories.look_at_one") if count == 1 else plain("stories.look_at", words=number(count))
    return (button(label, Act.REVIEW, pack(ref)),) if count else ()


def paragraph_block(paragraph: Paragraph, descriptors: Sequence[str]) -> Block:
    """A paragraph with what was hidden in bold, and a mark where it was hard to hear."""
    text = f"{plain('stories.unsure_mark')} {paragraph.text}" if paragraph.unsure else paragraph.text
    marked = peoples_words(text, marked=descriptors)
    return marked if size([marked]) <= BOLD_SIZE else peoples_words(text)


def _hid(draft: Draft) -> Safe:
    text = " ".join(paragraph.text for paragraph in draft.paragraphs)
    hidden = sum(text.count(descriptor) for descriptor in set(draft.descriptors))
    return say("stories.hid", hidden=hidden, unsure=sum(paragraph.unsure for paragraph in draft.paragraphs))


def _until(deletion: datetime | None) -> Safe:
    return say("stories.until", date=day(deletion)) if deletion else say("stories.until_gone")


def _pager(ref: Ref, count: int) -> list[ButtonElement]:
    buttons = []
    if ref.p > 0:
        buttons.append(button(plain("stories.earlier"), Act.PAGE, pack(replace(ref, p=ref.p - 1))))
    if ref.p < count - 1:
        buttons.append(button(plain("stories.further"), Act.PAGE, pack(replace(ref, p=ref.p + 1))))
    for place, made in enumerate(buttons):
        made.action_id = f"{Act.PAGE}.{place}"  # ids are unique within a row
    return buttons


def _tools(ref: Ref) -> Block:
    value = pack(ref)
    return actions(
        button(plain("stories.edit"), Act.EDIT, value),
        button(plain("stories.hide_more"), Act.HIDE, value),
        button(plain("stories.show_hidden"), Act.SHOW_HIDDEN, value),
        button(plain("stories.put_back"), Act.PUT_BACK, value),
    )


def _decisions(ref: Ref, asked: Asked) -> list[ButtonElement]:
    """Approve and Withdraw. Approve asks once here, or in a window where permissions have to be asked again."""
    sure = None if asked.again else short_confirmation(asked)
    value = pack(replace(ref, w=asked.mark) if sure else ref)
    approve = button(plain("stories.approve"), Act.APPROVE, value, style="primary", confirm=sure)
    return [approve, withdraw_button(plain("stories.withdraw"), pack(ref))]


def withdraw_button(label: str, value: str) -> ButtonElement:
    """The way back, which asks once."""
    sure = confirm(
        plain("stories.withdraw_title"),
        plain("stories.withdraw_text"),
        plain("stories.withdraw_yes"),
        plain("stories.withdraw_no"),
    )
    return button(label, Act.WITHDRAW, value, confirm=sure)


# --- while it waits ---


def reminder_message(*, last: bool, deletion: datetime) -> Message:
    """One of the two gentle reminders of a draft."""
    return _only(say("stories.last_reminder" if last else "stories.reminder", date=day(deletion)))


def raw_gone_message() -> Message:
    """On the day that was said."""
    return _only(say("stories.raw_gone"))


def kept_as_was_message() -> Message:
    """A change could not be worked in."""
    return _only(say("stories.kept_as_was"))


def _only(text: str) -> Message:
    return Message(text=text, blocks=(section(text),))


# --- Home ---


def home_section(own: Sequence[Transcript]) -> list[Block]:
    """A leader's own words on the Home tab."""
    rows = [_home_row(transcript) for transcript in own] or [section(say("stories.home_none"))]
    return [header(plain("stories.home_heading")), *rows]


def _home_row(transcript: Transcript) -> Block:
    name = "stories.home_draft" if transcript.state is State.DRAFT else "stories.home_shared"
    return section(say(name, date=day(transcript.made_at)))


def waits_section(count: int) -> list[Block]:
    """All that a facilitator is told about drafts: how many have waited long."""
    return [header(plain("stories.home_waits_heading")), section(say("stories.home_waits", count=count))]


def day(moment: datetime) -> str:
    """A date as people say it: 4 March 2027."""
    return f"{moment.day} {moment:%B %Y}"
