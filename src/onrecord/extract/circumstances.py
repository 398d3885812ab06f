"""To whom, where and by which channel something was said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast, get_args

from onrecord.extract.dates import REMEMBERED, Calendar
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.names import MAX_FORMS, Names
from onrecord.records import Channel

_WORD: Final = re.compile(r"[\w&](?:[\w'’.&-]|,(?=\d{3}))*(?<![.'’])|[A-Z]\.")
_GAP: Final = re.compile(r"[ \xa0]*")
_TITLE: Final = re.compile(r" ?[\"“]([^\"“”\n]{2,60}?),?[\"”]")
_MOST_WORDS: Final = 14
_TO_NOUN: Final = 7


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a clause says of the occasion; all of it in the clause's own words."""

    addressee: str | None = None
    venue: str | None = None
    channel: Channel = "unknown"


class Circumstances:
    """The words of one language for addressees, venues and channels.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> rules = Circumstances.of(load("en"))
    >>> rules.addressee("told", " the Elm Gazette on Monday.")
    'the Elm Gazette'
    >>> rules.venue(" in an interview with the Elm Gazette that the bridge is safe")
    ('an interview with the Elm Gazette', 'interview')
    """

    def __init__(self, lexicon: Lexicon) -> None:
        def words(key: str) -> frozenset[str]:
            return lexicon.words("circumstances", key)

        self._calendar, self._names = Calendar.of(lexicon), Names.of(lexicon)
        self._addressing, self._to_cues, self._audiences = (
            words("addressing_cues"),
            words("to_cues"),
            words("audiences"),
        )
        self._articles, self._pronouns = words("articles"), words("object_pronouns")
        self._stops, self._joins = words("addressee_stops"), words("addressee_joins")
        self._verbal = tuple(sorted(words("verbal_endings")))
        self._toward = "".join(f"{word} " for word in sorted(words("toward"))[:1])
        self._joiners = lexicon.words("speakers", "joiners")
        self._ends, self._compounds = words("clause_ends"), words("compound_tails")
        self._complements, self._before_court = words("venue_complements"), words("before_court")
        self._platforms, self._broadcasters = words("platforms"), words("broadcasters")
        self._writing, self._within = words("writing"), words("within")
        self._gatherings, self._courts = words("gatherings"), words("court_audiences")
        self._press, self._outlets = words("press_words"), words("outlet_words")
        self._nouns = _channels(lexicon, "circumstances.channels")
        self._cues = _channels(lexicon, "circumstances.cue_channels")
        self._by_cue: dict[str, Channel] = {}
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._clause)
        self._receivers = self._articles | self._audiences
        self._placing = frozenset(self._nouns) | self._platforms | self._broadcasters
        prepositions = "|".join(sorted(words("venue_prepositions"))) or "(?!)"
        self._preposition = re.compile(rf"(?<!\w)(?:{prepositions}|{prepositions.title()}) (?=\w)")

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Circumstances:
        """Return the words of a language, made once."""
        return Circumstances(lexicon)

    def may_place(self, words: Iterable[str]) -> bool:
        """Tell quickly whether a text of these words may name a place of speaking."""
        return not self._placing.isdisjoint(words)

    def may_address(self, cue: str, after: str) -> bool:
        """Tell quickly whether a cue, given what follows it, may have an object that is spoken to."""
        verb = cue.rpartition(" ")[2].lower()
        return verb in self._addressing or (verb in self._to_cues and self._to(after) > 0)

    def addressee(self, cue: str, after: str) -> str | None:
        """Return whom the cue's object names, given what follows the cue, or None."""
        words = _WORD.findall(cue)
        verb = words[-1].lower() if words else ""
        if verb in self._addressing:
            return self._noun_phrase(after, 0)
        if verb in self._to_cues:
            start = self._to(after)
            first = _WORD.match(after, start) if start else None
            if first and (first[0].lower() in self._receivers or first[0][0].isupper()):
                return self._noun_phrase(after, start)
        return None

    def channel(self, cue: str, addressee: str | None) -> Channel:
        """Return the channel that a cue or the one spoken to implies."""
        implied = self._implied(cue)
        if implied != "unknown" or not addressee:
            return implied
        words = _TITLE.sub("", addressee).split(" ")
        if words[-1] in self._courts:
            return "court"
        if not self._press.isdisjoint(words):
            return "statement"
        stripped = [self._names.without_possessive(word) for word in words]
        if stripped and (stripped[-1] in self._outlets or not self._broadcasters.isdisjoint(stripped)):
            return "interview"
        return "unknown"

    def _implied(self, cue: str) -> Channel:
        if cue not in self._by_cue:
            if len(self._by_cue) >= MAX_FORMS:
                self._by_cue.clear()
            found = (self._cues[word] for word in cue.lower().split(" ") if word in self._cues)
            self._by_cue[cue] = next(found, "unknown")
        return self._by_cue[cue]

    def noun_channel(self, noun: str) -> Channel:
        """Return the channel that a noun names: "tweet" is a social post."""
        return self._nouns.get(noun.lower(), "unknown")

    def venue(self, text: str) -> tuple[str, Channel] | None:
        """Return the first place of speaking that a clause names, without its preposition, and its channel."""
        for found in self._preposition.finditer(text):
            read = self._occasion(text, found.end()) or self._outlet(text, found.end())
            if read is not None:
                return read
        return None

    def gathering(self, text: str) -> tuple[str, Channel] | None:
        """Return the occasion that somebody spoke to, given what follows the cue: " a news conference in Elm"."""
        start = _skip(text, 0)
        read = self._occasion(text, start)
        phrase = self._noun_phrase(text, start) if read else None
        return read if phrase and phrase.rpartition(" ")[2] in self._gatherings else None

    def printed(self, lead: str) -> tuple[str, Channel] | None:
        """Return where words were printed that an opening names: "Writing in | the Elm Journal"."""
        verb, preposition, rest = [*lead.split(" ", 2), "", ""][:3]
        phrase = self._noun_phrase(rest, 0) if verb.lower() in self._writing and preposition in self._within else None
        named = phrase is not None and any(word[0].isupper() for word in phrase.split(" ")[:2])
        return (phrase, "publication") if phrase and named else None

    def clause(self, text: str) -> str:
        """Return a text up to where the clause of the cue ends."""
        return self._remembered(text)

    def _clause(self, text: str) -> str:
        for found in _WORD.finditer(text):
            ends = found[0] in self._ends and found.start() > 0 and text[found.start() - 1] in " ,"
            if ends and not self._leads_to_body(text, found):
                return text[: found.start()]
        return text

    def _leads_to_body(self, text: str, found: re.Match[str]) -> bool:
        """Tell "testimony before | the council" from "a speech before | she left"."""
        before = text[: found.start()].rstrip(" ").rpartition(" ")[2]
        following = _WORD.match(text, found.end() + 1) if before in self._nouns else None
        if following is None or found[0] not in self._before_court:
            return False
        return following[0] in self._articles or following[0][0].isupper()

    def _to(self, text: str) -> int:
        """Return where the one spoken to begins after "to", or 0."""
        start = _skip(text, 0)
        return start + len(self._toward) if self._toward and text.startswith(self._toward, start) else 0

    def _noun_phrase(self, text: str, start: int) -> str | None:
        begin = end = _skip(text, start)
        previous = ""
        for count, found in enumerate(_WORD.finditer(text, begin)):
            word = found[0]
            gap = text[end : found.start()].strip()
            if (gap and not (gap == "." and previous in self._names.abbreviations)) or count >= _MOST_WORDS:
                break
            is_title = word[0].isupper() and previous.endswith(self._names.possessives)
            if not is_title and self._calendar.starts(text, found.start()):
                break
            if (
                not is_title
                and word.lower() in self._stops
                and previous not in self._joins
                and not (previous and self._continues(text, found, previous))
            ):
                break
            end, previous = found.end(), word
        if previous.endswith(self._names.possessives) and (title := _TITLE.match(text, end)):
            end = title.end()
        phrase = text[begin:end].strip()
        while (cut := phrase.rpartition(" "))[2] in self._joins and cut[0]:
            phrase = cut[0]
        return phrase if phrase and phrase.lower() not in self._pronouns and not phrase.isdecimal() else None

    def _continues(self, text: str, found: re.Match[str], previous: str) -> bool:
        if found[0] in self._joins:
            return True
        after = text[found.end() + 1 : found.end() + 2]
        if self._calendar.starts(text, found.end() + 1):
            return False
        return previous in self._names.organisation_words and after.isupper() and found[0] not in self._ends

    def _occasion(self, text: str, start: int) -> tuple[str, Channel] | None:
        end = start
        for count, found in enumerate(_WORD.finditer(text, start)):
            if text[end : found.start()].strip() or count > _TO_NOUN:
                return None
            word = found[0].lower()
            if (count and word in self._complements) or (not count and word.endswith(self._verbal)):
                return None
            end = found.end()
            if found[0] in self._nouns and not self._is_compound(text, end):
                stop = self._complement(text, end)
                return text[start:stop], "court" if self._in_court(text[end:stop]) else self._nouns[word]
        return None

    def _in_court(self, complement: str) -> bool:
        """Tell "a hearing | in federal court" from "an interview | about the court"."""
        words = _WORD.findall(complement)
        is_place = bool(words) and words[0] in self._before_court
        return is_place and any(self._nouns.get(word.lower()) == "court" for word in words)

    def _is_compound(self, text: str, end: int) -> bool:
        """Tell "a news conference call" and "the event organiser" from an occasion that ends here."""
        following = _WORD.match(text, _skip(text, end))
        if following is None or following.start() == end:
            return False
        return following[0] in self._nouns or following[0] in self._compounds

    def _complement(self, text: str, end: int) -> int:
        for _ in range(2):
            start = _skip(text, end)
            following = _WORD.match(text, start)
            if following is None or following[0] not in self._complements or start == end:
                return end
            if self._calendar.starts(text, following.end() + 1) or self._calendar.starts(text, start):
                return end
            title = _TITLE.match(text, following.end())
            if title:
                return title.end(1) + (text[title.end(1)] not in ",.")
            phrase = self._noun_phrase(text, following.end())
            if phrase is None or phrase.endswith(self._verbal):
                return end
            end = _skip(text, following.end()) + len(phrase)
        return end

    def _outlet(self, text: str, start: int) -> tuple[str, Channel] | None:
        first = _WORD.match(text, start)
        if first is None:
            return None
        word = self._names.without_possessive(first[0])
        if word in self._platforms:
            return text[start : start + len(word)], "social post"
        if word not in self._broadcasters:
            return None
        name = self._names.find(text, start, start + 80)
        end = name[0].end if name and name[0].start == start else first.end()
        more = (
            re.compile(r" (?:\w+|&) (?=[A-Z])").match(text, end)
            if end < len(text) and word == text[start:end]
            else None
        )
        second = (
            self._names.find(text, more.end(), more.end() + 40) if more and more[0].strip() in self._joiners else []
        )
        end = second[0].end if second else end
        return text[start : self._programme(text, max(end, first.end()))], "interview"

    def _programme(self, text: str, end: int) -> int:
        """Return where a programme's name ends after "CNN's"."""
        possessive = self._names.possessive.match(text, end)
        end = possessive.end() if possessive else end
        title = _TITLE.match(text, end)
        if title:
            return title.end() if text[title.end(1)] != "," else title.end(1)
        name = self._names.find(text, end, end + 80)
        return name[0].end if name and name[0].start == _skip(text, end) else end


def _channels(lexicon: Lexicon, section: str) -> dict[str, Channel]:
    table = lexicon.section("circumstances").get(section.partition(".")[2], {})
    known = get_args(Channel)
    return {word: cast("Channel", channel) for channel in known for word in table.get(channel, "").split()}


def _skip(text: str, start: int) -> int:
    found = _GAP.match(text, start)
    return found.end() if found else start
