"""The occasion of a statement: addressee, venue, channel and days, from the words around its cue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onrecord.extract.circumstances import Circumstances
from onrecord.extract.dates import Calendar, publication_day
from onrecord.extract.intervals import Days
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.regions import Region
from onrecord.records import Channel

_LEAST = 4
_MARKS = " \"”’'»“,;:"


@dataclass(frozen=True, slots=True)
class Occasion:
    """To whom, where, by which channel and when; what the article does not say is None."""

    addressee: str | None = None
    venue: str | None = None
    channel: Channel = "unknown"
    days: Days | None = None


class Occasions:
    """Reads occasions against one article's day of publication."""

    def __init__(self, lexicon: Lexicon, published: datetime | None, time_zone: str | None) -> None:
        self._calendar, self._words = Calendar.of(lexicon), Circumstances.of(lexicon)
        self._openers = lexicon.words("dates", "openers")
        self._today = publication_day(published, time_zone)

    def read(self, region: Region, cue: str) -> Occasion:
        """Return the occasion that the region around a cue tells of."""
        if not cue:
            return Occasion()
        if not any(map(_says_something, region)):
            return Occasion(channel=self._words.channel(cue, None))
        after, tail = self._words.clause(region.after), self._tail(region.tail)
        middle = self._words.clause(region.middle)
        lead = region.lead if self._opens(region.lead.lstrip(_MARKS)) else ""
        addressee = self._words.addressee(cue, after)
        venue = next((found for text in (after, middle, tail, lead) if (found := self._venue(text))), None)
        channel = venue[1] if venue else "unknown"
        if channel == "unknown":
            channel = self._words.channel(cue, addressee)
        return Occasion(addressee, venue[0] if venue else None, channel, self._days(after, middle, lead, tail))

    def _venue(self, text: str) -> tuple[str, Channel] | None:
        return self._words.venue(text) if text else None

    def _days(self, *texts: str) -> Days | None:
        for text in texts:
            found = self._calendar.find(text, self._today) if text else None
            if found:
                return found.days
        return None

    def _opens(self, lead: str) -> bool:
        """Tell "On Monday," and "In a speech on Monday," from a clause with a verb of its own."""
        word = lead.split(" ", 1)[0].rstrip(",").lower()
        if not lead or (word not in self._openers and not self._calendar.starts(lead)):
            return False
        pieces = lead.rstrip().split(", ")
        is_open = lead.rstrip().endswith(",") or self._calendar.is_date(lead.strip())
        return is_open and len(lead) < 120 and all(self._opens_piece(piece) for piece in pieces)

    def _opens_piece(self, piece: str) -> bool:
        return piece.split(" ", 1)[0].rstrip(",").lower() in self._openers or self._calendar.starts(piece)

    def _tail(self, tail: str) -> str:
        """Return what follows the content, where it goes on with the occasion: '" in a speech on Monday.'."""
        bare = tail.lstrip(_MARKS)
        word = bare.split(" ", 1)[0].lower()
        if word not in self._openers and not self._calendar.starts(bare):
            return ""
        return self._words.clause(bare.split(",")[0])


def _says_something(text: str) -> bool:
    return len(text) >= _LEAST and len(text.strip(_MARKS)) >= _LEAST
