"""What a transcript remembers: who is who, and which descriptor stands for whom.

It holds the very words that were hidden, so it is kept encrypted and apart, like the replacement log.
"""

import copy
import json
from dataclasses import asdict, dataclass, field


@dataclass(slots=True)
class Entity:
    """Somebody or something hidden: its label, the kind its descriptor names, and every form it was met in.

    `short` stands where the words before say already what it is: "my daughter [name]"; "" if that was never needed.
    """

    key: str
    label: str
    kind: str
    descriptor: str
    forms: list[str] = field(default_factory=list)
    short: str = ""


@dataclass(slots=True)
class Memory:
    """The entities of ONE transcript, in the order they were met; never share it between transcripts."""

    entities: list[Entity] = field(default_factory=list)

    def to_json(self) -> str:
        """As JSON text; `from_json` gives an equal memory back."""
        return json.dumps([asdict(entity) for entity in self.entities], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Memory":
        """From `to_json`'s text. ValueError or TypeError if it is anything else."""
        return cls([Entity(**row) for row in json.loads(text)])

    def copy(self) -> "Memory":
        """A separate memory with the same content."""
        return copy.deepcopy(self)
