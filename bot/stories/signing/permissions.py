"""The permissions that stand behind sharing, as they are put to a leader before their words are shared."""

from dataclasses import dataclass

from bot.people.models import Scope

#: what stands behind sharing, in the order in which it is asked
BEHIND_SHARING = (Scope.SHARE, Scope.QUOTE, Scope.ACTOR_VOICE, Scope.TAG_LINE)


@dataclass(frozen=True)
class Asked:
    """What is put to a leader before their words are shared.

    `given` are the permissions that stand; `again` says that they must be asked one by one; `tag_line` is what others
    would see beside the story if its leader permits it, "" for nothing.
    """

    given: tuple[Scope, ...]
    again: bool
    channel: str
    tag_line: str
    version: str

    @property
    def beside(self) -> str:
        """What others would see beside the story now, "" for nothing."""
        return self.tag_line if Scope.TAG_LINE in self.given else ""

    @property
    def mark(self) -> str:
        """What a confirmation was about: it counts only as long as nothing of this has changed."""
        return ";".join([self.version, *self.given, self.beside])
