"""Trouble that a person is told about: small typed errors whose docstring is the sentence.

class NotAudio(Trouble):
    '''That file isn't audio, so I left it alone.'''

raise NotAudio()                       # str(error) is the sentence
raise TooLong(minutes=60)              # "{minutes}" in the docstring is filled in
"""

import inspect


class Trouble(Exception):
    """Something went wrong, and nothing was lost."""

    #: exit code of the command line: 2 for input that cannot be used, 1 for a failure of ours
    exit_code = 2

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The first paragraph of the class's docstring, on one line, with the facts filled in."""
        first = inspect.cleandoc(type(self).__doc__ or "").split("\n\n")[0]
        return " ".join(first.split()).format(**self.facts)


class Failure(Trouble):
    """Something broke on our side. Nothing was lost."""

    exit_code = 1
