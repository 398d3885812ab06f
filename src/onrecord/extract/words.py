"""A lexicon compiled for reading: one letter for each word's class, and what each reporting word takes.

The letters, so that a sentence is a string on which patterns run:

    Q quotation   N name   n noun, adjective or unknown   d determiner   H possessive ("Smith's")
    p subject pronoun   P other pronoun (q, u until it is known)   o object pronoun   k pronoun and auxiliary ("he's")
    V Z Y G M reporting word: past, third person, base, gerund, participle
    v z y g e other verb: past, third person, base, -ing, -ed   a auxiliary
    i preposition   t "to"   & "and"   b "but"   s subordinator   T "that"   w question word   W relative pronoun
    A "according"   R "reportedly"   r adverb   D day or time   # number   and punctuation: , ; : - ( ) .
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.errors import LexiconError
from onrecord.extract import inflection
from onrecord.extract.lexicon import Lexicon

CLASSES: Final = {
    "noun": "n",
    "number": "#",
    "adverb": "r",
    "preposition": "i",
    "day": "D",
    "determiner": "d",
    "pronoun": "P",
    "demonstrative": "q",
    "quantifier": "u",
    "object_pronoun": "o",
    "subject_pronoun": "p",
    "subordinator": "s",
    "question": "w",
    "whether": "w",
    "relative": "W",
    "auxiliary": "a",
    "conjunction": "&",
    "contrast": "b",
    "that": "T",
    "to": "t",
}
"""The closed classes, the weightier later: a word in two has the letter of the later one."""

PUNCTUATION: Final = {",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")"}
QUOTED: Final = frozenset({"quote", "whom", "strong"})
"""Frames that without a quotation lead no content by themselves."""


Token = tuple[str, int, int]
"""A token of a chunk: the word in lower case, how long it is, and where it ends in the chunk."""


class Chunk:
    """What stands between two spaces, as it is inside a sentence: a word and the mark after it, most often.

    `letters` and `titles` hold one letter a token, the latter as in a headline; `word`, `length` and `end` are the
    first token, `rest` all others, and `size` is how long all is. `reports` tells whether a reporting word is in it,
    `led` whether one is that reports only with some other word, `saying` whether a noun of saying is, and `joined`
    whether its last full stop belongs to an abbreviation.
    """

    __slots__ = (
        "end",
        "joined",
        "led",
        "length",
        "letters",
        "reports",
        "rest",
        "saying",
        "size",
        "titles",
        "word",
    )

    def __init__(self, letters: str, titles: str, tokens: list[Token], size: int) -> None:
        self.letters, self.titles, self.size = letters, titles, size
        self.word, self.length, self.end = tokens[0] if tokens else ("", 0, 0)
        self.rest = tuple(tokens[1:])
        self.reports = self.led = self.saying = self.joined = False


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A reporting word and what may follow it; `subjects` are those with which alone it reports, if not all.

    `after` are the prepositions of which one must follow inside its noun phrase: "blamed Moss | for".
    """

    lemma: str
    frames: frozenset[str]
    count: int
    particle: str | None = None
    subjects: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The compiled lexicon, and what is known of the chunks met so far.

    `met` holds chunks as they are inside a sentence, `first` the letters of words that begin one; both by how they are
    written. `leads` holds the words that a particle may follow, `shortened` the last two letters of
    abbreviations, `led` those that report only with one of some others in their sentence.
    """

    tags: dict[str, str]
    cues: dict[str, Cue]
    phrases: dict[tuple[str, str], Cue]
    leads: frozenset[str]
    cue_words: frozenset[str]
    led: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    that: frozenset[str]
    be: frozenset[str]
    lists: dict[str, frozenset[str]]
    suffixes: dict[str, str]
    title_abbreviations: frozenset[str]
    other_abbreviations: frozenset[str]
    shortened: frozenset[str]
    openers: frozenset[str]
    plural: re.Pattern[str]
    met: dict[str, Chunk]
    first: dict[str, str]

    def shortens(self, word: str) -> bool:
        """Tell whether a full stop after a word belongs to it: "Mr", "J", "Rep"."""
        lower = word.rpartition("-")[2].lower()
        return (
            lower in self.title_abbreviations
            or lower in self.other_abbreviations
            or (len(word) == 1 and word.isupper())
        )

    def is_plural(self, word: str) -> bool:
        """Tell whether a noun is plural by its ending, or by the list of those that do not show it."""
        return word in self.lists["plural"] or bool(self.plural.search(word))


@lru_cache(maxsize=16)
def compiled(lexicon: Lexicon) -> Words:
    """Compile a lexicon's words, verbs and cues."""
    inflect = inflection.inflector(lexicon)
    tags: dict[str, str] = {}
    for paradigm in inflection.paradigms(lexicon, inflect):
        _tag(tags, paradigm, "yzvge")
    cues, phrases = _cues(lexicon, inflect, tags)
    for name, letter in CLASSES.items():
        tags.update(dict.fromkeys(lexicon.words("words", name), letter))
    lists = {key: lexicon.words("lists", key) for key in lexicon.section("lists")}
    lists["platforms"] = frozenset(map(str.lower, lexicon.words("circumstances", "platforms")))
    none: frozenset[str] = frozenset()
    nouns = _nouns(lexicon, inflect)
    tags.update(dict.fromkeys(lists.get("according", ()), "A"))
    tags.update(dict.fromkeys(lists.get("reportedly", ()), "R"))
    return Words(
        tags=tags,
        cues=cues,
        phrases=phrases,
        leads=frozenset(first for first, _ in phrases),
        cue_words=frozenset(form for form, cue in cues.items() if not cue.subjects and _leads(cue)).union(
            *(lists.get(key, none) for key in ("according", "reportedly"))
        ),
        led=_led(lexicon, cues, phrases, nouns),
        nouns=nouns,
        that=lexicon.words("words", "that"),
        be=lexicon.words("words", "be"),
        lists=lists,
        suffixes={k: str(v) for k, v in lexicon.section("suffixes").items()},
        title_abbreviations=lexicon.words("abbreviations", "title"),
        other_abbreviations=lexicon.words("abbreviations", "other"),
        shortened=frozenset(word[-2:] for kind in ("title", "other") for word in lexicon.words("abbreviations", kind)),
        openers=lexicon.words("openers", "words"),
        plural=re.compile(lexicon.section("inflection").get("plural", "(?!)")),
        met={},
        first={},
    )


def _leads(cue: Cue) -> bool:
    """Tell whether a reporting word leads content without a quotation."""
    return any(frame not in QUOTED and not frame.endswith("?") for frame in cue.frames)


def _led(
    lexicon: Lexicon, cues: dict[str, Cue], phrases: dict[tuple[str, str], Cue], nouns: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Return the words of which one must stand beside a noun of saying, or a verb with a particle or few subjects."""
    classes = {"that": ("that",), "inf": ("to",), "wh": ("whether", "question")}
    lead = {
        frame: frozenset().union(*(lexicon.words("words", name) for name in names)) for frame, names in classes.items()
    }
    led = {form: cue.subjects for form, cue in cues.items() if cue.subjects}
    for (first, particle), cue in phrases.items():
        if _leads(cue):
            led[first] = led.get(first, frozenset()) | {particle}
    for noun, frames in nouns.items():
        led[noun] = led.get(noun, frozenset()).union(
            *(lead.get(frame, {frame, noun}) if frame == "self" else lead.get(frame, {frame}) for frame in frames)
        )
    return led


def _tag(tags: dict[str, str], forms: list[str], letters: str) -> None:
    """Tag base, third person, past, participle and gerund; a form that serves twice keeps the past's letter."""
    letter_of = {3: [2, 1, 3], 4: [0, 1, 2, 3], 5: [0, 1, 2, 4, 3]}.get(len(forms))
    if letter_of is None:
        for form in forms:
            tags.setdefault(form, letters[2])
        return
    for form, index in zip(forms, letter_of, strict=True):
        if form not in tags or letters[index] in "vV":
            tags[form] = letters[index]


def _cues(
    lexicon: Lexicon, inflect: inflection.Inflector, tags: dict[str, str]
) -> tuple[dict[str, Cue], dict[tuple[str, str], Cue]]:
    cues: dict[str, Cue] = {}
    phrases: dict[tuple[str, str], Cue] = {}
    for lemma, entry in lexicon.section("cues").items():
        forms = _cue_forms(lexicon, lemma, entry, inflect)
        first, *particle = lemma.split()
        frames = frozenset(entry["frames"].split())
        only = lexicon.words("lists", entry["subjects"]) if "subjects" in entry else frozenset()
        after = frozenset(frame[3:] for frame in frames if frame.startswith("np+"))
        cue = Cue(lemma, frames, int(entry["count"]), particle[0] if particle else None, only, after)
        if particle:
            phrases.update({(form.split()[0], particle[0]): cue for form in forms})
            if first not in cues:
                for form in forms:
                    tags.pop(form.split()[0], None)
                _tag(tags, [form.split()[0] for form in forms], "YZVGM")
        else:
            cues.update(dict.fromkeys(forms, cue))
            for form in forms:
                tags.pop(form, None)
            _tag(tags, forms, "YZVGM")
    return cues, phrases


def _nouns(lexicon: Lexicon, inflect: inflection.Inflector) -> dict[str, frozenset[str]]:
    """Return what each noun of saying leads, by its singular and its plural, which ends as a third person does.

    What it leads where nobody is named stands twice: "that" and "that!".
    """
    nouns = {}
    for noun in lexicon.section("nouns"):
        frames = lexicon.words("nouns", noun)
        singular, plural, *_ = inflection.forms(noun, inflect)
        nouns[singular] = nouns[plural] = frames.union(frame.rstrip("!") for frame in frames)
    return nouns


def _cue_forms(lexicon: Lexicon, lemma: str, entry: object, inflect: inflection.Inflector) -> list[str]:
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("frames"), str)
        or not isinstance(entry.get("count"), int)
    ):
        raise lexicon.error(f"[cues] {lemma!r} needs frames (a string) and count (a whole number)", lemma)
    forms = entry.get("forms")
    if forms is None:
        return inflection.forms(lemma, inflect)
    return forms.split() if isinstance(forms, str) else list(forms)


__all__ = ["CLASSES", "Cue", "LexiconError", "Words", "compiled"]
