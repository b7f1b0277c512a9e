"""How the demo's figures are measured: words heard wrongly, and identifiers that can still be read."""


def word_error_rate(reference: str, heard: str) -> float:
    """Words wrong, missing or too many as a share of the reference; case, punctuation and line breaks don't count."""
    import jiwer

    tidy = jiwer.Compose(
        [
            jiwer.ToLowerCase(),
            jiwer.SubstituteRegexes({r"[-–—/]": " "}),
            jiwer.RemovePunctuation(),  # type: ignore[no-untyped-call]
            jiwer.RemoveMultipleSpaces(),
            jiwer.Strip(),
            jiwer.ReduceToListOfListOfWords(),
        ]
    )
    rate: float = jiwer.wer(reference, heard, reference_transform=tidy, hypothesis_transform=tidy)
    return rate


#: how alike (0 to 100) a run of words must be to count as the identifier, respelt by the speech engine
ALIKE = 85
#: letters below which nothing but the very word counts: much is like "Tom"
SHORT = 5


def survives(identifier: str, text: str) -> bool:
    """Whether an identifier can still be read in a text, also respelt: any run of as many words that is that alike."""
    from rapidfuzz import fuzz

    wanted, words = _plain_words(identifier), _plain_words(text)
    joined = "".join(wanted)
    if len(joined) < SHORT:
        return joined in words
    runs = (words[at : at + size] for size in {len(wanted), len(wanted) + 1} for at in range(len(words)))
    return any(fuzz.ratio(joined, "".join(run)) >= ALIKE for run in runs)


def _plain_words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
