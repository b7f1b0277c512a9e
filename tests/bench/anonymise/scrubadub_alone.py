"""scrubadub in its own environment: a JSON list of texts on standard input, their masked ranges on standard output."""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # its own dependencies warn of each other

import scrubadub  # noqa: E402

scrubber = scrubadub.Scrubber(locale="en_GB")
json.dump(
    [[(filth.beg, filth.end) for filth in scrubber.iter_filth(text)] for text in json.load(sys.stdin)], sys.stdout
)
