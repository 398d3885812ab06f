"""The occasion of a statement: addressee, venue, channel and days, from the words around its cue."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from onrecord.extract.circumstances import Circumstances
from onrecord.extract.dates import Calendar
from onrecord.extract.intervals import Days, publication_day
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.regions import Region
from onrecord.records import Channel

_WORDS: Final = re.compile(r"[\w&-]+")
_LONGEST_LEAD: Final = 120
_SHORTEST: Final = 5
"""Characters of the shortest region that says something: "today"."""

_MARKS: Final = " \"”’'»“,;:"


class Occasion:
    """To whom, where, by which channel and when; what the article does not say is None."""

    __slots__ = ("addressee", "channel", "days", "venue")

    def __init__(
        self,
        addressee: str | None = None,
        venue: str | None = None,
        channel: Channel = "unknown",
        days: Days | None = None,
    ) -> None:
        self.addressee, self.venue = addressee, venue
        self.channel: Channel = channel
        self.days = days


NO_OCCASION: Final = Occasion()
"""What is known where no words say anything of an occasion."""


class Occasions:
    """Reads occasions against one article's day of publication."""

    def __init__(self, lexicon: Lexicon, published: datetime | None, time_zone: str | None) -> None:
        self._calendar, self._words = Calendar.of(lexicon), Circumstances.of(lexicon)
        self._openers, self._speaking, self._joins = _words(lexicon)
        self._today = publication_day(published, time_zone)
        self._by_cue: dict[str, Occasion] = {}

    def read(self, region: Region, cue: str) -> Occasion:
        """Return the occasion that the region around a cue tells of."""
        after, middle = region.after, region.middle
        lead = self._opening(region.lead) if region.lead else ""
        tail = self._opening(region.tail) if region.tail else ""
        if len(after) + len(middle) + len(lead) + len(tail) < _SHORTEST:
            return self._silent(cue)
        text = f"{after}\n{middle}\n{lead}\n{tail}"
        words = _WORDS.findall(text)
        dates, places = self._calendar.may_date(text, words), self._words.may_place(words)
        addressee = self._addressee(after, cue) or self._addressed(lead)
        printed = self._words.printed(lead) if lead else None
        if printed:
            return Occasion(addressee, *printed, self._days([lead]) if dates else None)
        if not dates and not places:
            return Occasion(addressee, channel=self._words.channel(cue, addressee)) if addressee else self._silent(cue)
        pieces = self._pieces(Region(lead, middle, after, tail), dates=dates)
        venue = next((found for piece in pieces if (found := self._venue(piece))), None) if places else None
        if addressee and venue is None and (venue := self._words.gathering(after)) is not None:
            addressee = None
        channel = venue[1] if venue else "unknown"
        if channel == "unknown":
            channel = self._words.channel(cue, addressee)
        return Occasion(addressee, venue[0] if venue else None, channel, self._days(pieces) if dates else None)

    def _silent(self, cue: str) -> Occasion:
        occasion = self._by_cue.get(cue)
        if occasion is None:
            occasion = self._by_cue[cue] = Occasion(channel=self._words.channel(cue, None))
        return occasion

    def _opening(self, text: str) -> str:
        """Return a text without the marks before it where its first word may open an occasion, or nothing."""
        bare = text.lstrip(_MARKS)
        word, _, rest = bare.partition(" ")
        if word.lower() in self._joins:
            bare, word = rest, rest.partition(" ")[0]
        word = word.rstrip(",")
        if not word:
            return ""
        may_open = word.lower() in self._openers or word in self._calendar.triggers or word[:1].isdigit()
        return bare if may_open else ""

    def through(self, occasion: Occasion, document: str) -> Occasion:
        """Return the occasion with the channel that a document speaks through: "the tweet said"."""
        return Occasion(occasion.addressee, occasion.venue, self._words.noun_channel(document), occasion.days)

    def _addressee(self, after: str, cue: str) -> str | None:
        if not self._words.may_address(cue, after):
            return None
        return self._words.addressee(cue, self._words.clause(after))

    def _addressed(self, lead: str) -> str | None:
        """Return whom an opening names: "Speaking to | reporters | after the match, Lee said"."""
        verb, _, rest = lead.partition(" ")
        return self._addressee(f" {rest}", verb) if verb.lower() in self._speaking else None

    def _pieces(self, region: Region, *, dates: bool) -> list[str]:
        """Return the clauses that belong to the cue, the likeliest first."""
        after, middle = self._words.clause(region.after), self._words.clause(region.middle)
        lead = region.lead if self._opens(region.lead, dates=dates) else ""
        pieces = [after, middle, lead, self._tail(region.tail, dates=dates)]
        return [piece for piece in pieces if piece]

    def _venue(self, text: str) -> tuple[str, Channel] | None:
        return self._words.venue(text)

    def _days(self, pieces: list[str]) -> Days | None:
        for piece in pieces:
            found = self._calendar.find(piece, self._today)
            if found:
                return found.days
        return None

    def _opens(self, lead: str, *, dates: bool) -> bool:
        """Tell "On Monday," and "In a speech on Monday," from a clause with a verb of its own."""
        stripped = lead.rstrip()
        if not stripped or len(lead) > _LONGEST_LEAD or not self._opens_piece(lead, dates=dates):
            return False
        if not stripped.endswith(",") and not (dates and self._is_date(stripped)):
            return False
        return all(piece[:1].isupper() or self._opens_piece(piece, dates=dates) for piece in stripped.split(", "))

    def _is_date(self, text: str) -> bool:
        """Tell whether nothing but a date opens a sentence: "Monday Lee said", "On Monday Lee said"."""
        first, _, rest = text.partition(" ")
        return self._calendar.is_date(text) or (first.lower() in self._openers and self._calendar.is_date(rest))

    def _opens_piece(self, piece: str, *, dates: bool) -> bool:
        word = piece.split(" ", 1)[0].rstrip(",").lower()
        return word in self._openers or (dates and self._calendar.starts(piece))

    def _tail(self, tail: str, *, dates: bool) -> str:
        """Return what follows the content, where it goes on with the occasion: '" in a speech on Monday.'."""
        return self._words.clause(tail.split(",", 1)[0]) if self._opens_piece(tail, dates=dates) else ""


@lru_cache(maxsize=16)
def _words(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return what may open an occasion, what says that somebody speaks, and what joins two sentences."""
    joins = lexicon.words("words", "conjunction") | lexicon.words("words", "contrast")
    return lexicon.words("dates", "openers"), lexicon.words("circumstances", "speaking"), joins
