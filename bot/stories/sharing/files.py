"""Stories as files: Markdown for people, JSON for machines, the index, and the note in an export. Facts in."""

import json
import re
from collections.abc import Sequence

from bot.stories.models import Shown
from bot.words import escape, plain


def story_markdown(story: Shown) -> str:
    """The story as a file: front matter without a name or an id that leads back, then the words."""
    paragraphs = [_for_markdown(paragraph) for paragraph in story.text.split("\n\n")]
    facts = {"story": story.name, "month": story.month, "words": story.words, "tag_line": story.tag_line}
    return plain("sharing.story_markdown", **facts, paragraphs=paragraphs) + "\n"


def index_markdown(stories: Sequence[Shown]) -> str:
    """The index for people, in the order given."""
    rows = [
        plain("sharing.index_row", story=story.name, month=story.month, words=story.words, tag_line=story.tag_line)
        for story in stories
    ]
    return plain("sharing.index_markdown", rows=rows) + "\n"


def index_json(stories: Sequence[Shown]) -> str:
    """The index for machines, in the order given: `{"stories": [{story, file, month, words, tag_line}, …]}`."""
    rows = [
        {
            "story": story.name,
            "file": f"{story.name}.md",
            "month": story.month,
            "words": story.words,
            "tag_line": story.tag_line,
        }
        for story in stories
    ]
    return json.dumps({"stories": rows}, ensure_ascii=False, indent=2) + "\n"


def story_line(story: Shown) -> str:
    """The story as one line of JSON: story, month, words, tag_line, text."""
    facts = {"story": story.name, "month": story.month, "words": story.words, "tag_line": story.tag_line}
    return json.dumps(facts | {"text": story.text}, ensure_ascii=False)


def _for_markdown(words: str) -> str:
    """A person's words so that Markdown shows them as they are: no HTML, code, emphasis, heading, list or link."""
    inline = re.sub(r"([\\`*_~]|\](?=[(:\[]))", r"\\\1", escape(words))
    return re.sub(
        r"^(\s*)(#|[-+=]|\d+(?=[.)]))",
        lambda start: f"{start[1]}&#{ord(start[2][0])};{start[2][1:]}",
        inline,
        flags=re.M,
    )
