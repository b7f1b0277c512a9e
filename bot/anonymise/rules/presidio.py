"""Presidio's recognisers of British numbers: those that check a form or a check digit, used one by one.

Its own pipeline isn't used: its defaults mask "two years", leave these recognisers off and try the network for e-mails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.anonymise.models import Label, Span

#: what each finds, its name in a span's source, and the score from which it counts: a form alone scores low, a valid
#: check digit scores 1
_FINDS = {
    "UK_NHS": (Label.ID, "nhs number", 0.5),
    "UK_NINO": (Label.ID, "national insurance", 0.5),
    "UK_PASSPORT": (Label.ID, "passport", 0.1),
    "UK_DRIVING_LICENCE": (Label.ID, "driving licence", 0.5),
    "UK_VEHICLE_REGISTRATION": (Label.ID, "vehicle", 0.3),
    "UK_POSTCODE": (Label.LOCATION, "postcode", 0.1),
    "IBAN_CODE": (Label.ID, "account number", 0.5),
    "CREDIT_CARD": (Label.ID, "account number", 0.5),
    "PHONE_NUMBER": (Label.CONTACT, "phone", 0.4),
}
#: with leniency 0 a bare year passes for a telephone number: fewer digits than this are none
_PHONE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Presidio:
    """The recognisers, made once."""

    recognisers: Sequence[Any]

    @classmethod
    def load(cls) -> "Presidio":
        """Makes the recognisers. ImportError where Presidio isn't installed."""
        from presidio_analyzer import predefined_recognizers as known

        plain = [
            known.NhsRecognizer(),
            known.UkNinoRecognizer(),
            known.UkPassportRecognizer(),
            known.UkDrivingLicenceRecognizer(),
            known.UkVehicleRegistrationRecognizer(),
            known.UkPostcodeRecognizer(),
            known.IbanRecognizer(),
            known.CreditCardRecognizer(),
        ]
        # leniency 0: Ofcom keeps 07700 900xxx for stories, and stricter checks refuse what isn't handed out
        return cls([*plain, known.PhoneRecognizer(supported_regions=("GB",), leniency=0)])

    def find(self, text: str) -> list[Span]:
        """Spans of one text; nothing is looked for where there is no digit."""
        if not any(letter.isdigit() for letter in text):
            return []
        found = []
        for recogniser in self.recognisers:
            for result in recogniser.analyze(text, recogniser.supported_entities, None):
                label, name, enough = _FINDS[result.entity_type]
                digits = sum(c.isdigit() for c in text[result.start : result.end])
                if result.score >= enough and (name != "phone" or digits >= _PHONE_DIGITS):
                    found.append(Span(result.start, result.end, label, f"presidio:{name}", float(result.score)))
        return found
