"""Who somebody is, in the article's own words: the role before a name and the apposition after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from onrecord.extract.capitals import Form, word_before
from onrecord.extract.entities import Entity, Place
from onrecord.extract.lexicon import Lexicon
from onrecord.extract.phrases import Phrases

_BACK: Final = 110
_AHEAD: Final = 260
_LONGEST: Final = 200
_WORD: Final = re.compile(r"[\w'’.&-]+")
_PLAIN: Final = r"[^,.;:!?\"“”()\n—–―]"
_JOINTS: Final = r"(?<=\w)[,.](?=\w)|(?<=\b[A-Z])\.|(?<=\b[A-Z]\w)\.(?= [A-Z])|\([^()\n]{1,60}\)"
_MOST: Final = 160
_CLAUSE: Final = re.compile(f"(?:{_PLAIN}|{_JOINTS}){{1,{_MOST}}}")
_SHORT_CLAUSE: Final = re.compile(f"(?:{_PLAIN}++|{_JOINTS})++")
"""What finds the same clause in a third of the time, unless it is longer than `_MOST`."""
_PARTY: Final = re.compile(
    r" ?\(([A-Z][\w.]*(?:[-–,] ?[A-Z][\w. ]{0,20})?)\)|, ([A-Z]-[A-Z][\w.]{1,14}(?: [A-Z]\w{1,14}){0,2})(?=[, ])"
)
_CLAUSE_START: Final = re.compile(r"(?:^|[.!?:;\n][\"”’')\]]* |\n|, )(?=[^.!?;:,\n]*$)")


Knows = Callable[[Form], bool]
"""Tells whether a name is that of a person of the article."""


def nobody(form: Form) -> bool:  # noqa: ARG001
    """Know nobody."""
    return False


class Describer:
    """The words around a name that say who someone is, in one language.

    Examples
    --------
    >>> from onrecord.extract.lexicon import load
    >>> describe = Describer.of(load("en"))
    >>> text = "It failed, said Ann Lee, 42, a former clerk of the court, who is now a writer."
    >>> describe.after(text, 23, len(text))
    'former clerk of the court, who is now a writer'
    """

    def __init__(self, lexicon: Lexicon) -> None:
        def words(key: str) -> frozenset[str]:
            return lexicon.words("speakers", key)

        self._phrases = Phrases.of(lexicon)
        self._names = self._phrases.names
        self._offices = self._names.titles - self._names.honorifics
        self._people, self._shared = words("role_words"), words("shared_roles")
        self._roles = self._people | words("organisation_nouns")
        self._modifiers, self._not_descriptions = words("role_modifiers"), words("not_descriptions")
        self._dropped_words = self._not_descriptions | self._phrases.possessive
        kept = "|".join(sorted(map(re.escape, words("relative_kept")), key=len, reverse=True)) or "(?!)"
        dropped = "|".join(sorted(map(re.escape, words("relative_dropped")), key=len, reverse=True)) or "(?!)"
        articles = "|".join(sorted(words("articles"))) or "(?!)"
        belongs = "|".join(sorted(words("affiliating"))) or "(?!)"
        self._affiliating = re.compile(rf" (?:{belongs}) (?:(?:{articles}) )?(?=[A-Z])")
        age = lexicon.section("speakers").get("age", "(?!)")
        self._age = re.compile(rf",? ?(?:{age}),?(?= |$)")
        self._kept = re.compile(rf"(?:{kept})\b")
        self._dropped = re.compile(rf"(?:{dropped}) ")
        self._opening = re.compile(rf"(?:(?:{dropped}) )?(?:(?:{articles}) )?")
        self._ends = re.compile(rf" (?:{'|'.join(sorted(words('clause_enders'))) or '(?!)'})\b")
        self._introducing, self._finite = words("introducing"), words("finite_words")
        self._relative = re.compile(rf" (?:{'|'.join(sorted(words('clause_openers'))) or '(?!)'}) ")

    @staticmethod
    @lru_cache(maxsize=16)
    def of(lexicon: Lexicon) -> Describer:
        """Return the describer of a language, made once."""
        return Describer(lexicon)

    def at(self, text: str, place: Place, knows: Knows = nobody) -> str | None:
        """Return how the article describes somebody at a mention: before and after the name."""
        before = self.before(text, place.start, place.form) or self._apposed(text, place)
        return self._joined(before, self.after(text, place.end, len(text), knows))

    def _joined(self, before: str | None, after: str | None) -> str | None:
        """Return both halves of a description as one: "mayor, now a baker", "Sen. of Elm"."""
        belongs = before and after and self._affiliating.match(f" {after}")
        return f"{before} {after}" if belongs else joined(before, after)

    def proves(self, text: str, place: Place) -> bool:
        """Tell whether a name is a person's by what stands beside it: "coach | Zuvi Roe", "Zuvi Roe |, 41,"."""
        end = place.start - 1
        if text[end : place.start] == " " and self._is_one(word_before(text, place.start)):
            return True
        if self._age.match(text, place.end, place.end + _AHEAD) or self._apposed(text, place):
            return True
        return self._is_one(self._head((self.after(text, place.end, len(text)) or "").split(" ")).rstrip(","))

    def _head(self, words: list[str]) -> str:
        """Return the noun of a phrase: the word before its first preposition."""
        last = next((at for at, word in enumerate(words) if word in self._phrases.prepositions), len(words))
        return words[last - 1]

    def _is_one(self, word: str) -> bool:
        """Tell whether a noun is the role of one person, and of no company or town."""
        return word in self._people and word not in self._shared and not self._phrases.is_plural(word)

    def _apposed(self, text: str, place: Place) -> str | None:
        """Return the role that a sentence begins with and a name explains: "Roe's deputy, | Ann Lee, left"."""
        end = place.start - 2
        if text[end : place.start] != ", " or text[place.end : place.end + 1] != ",":
            return None
        opening = _CLAUSE_START.search(text, max(0, end - _BACK), end)
        if opening is None:
            return None
        role = text[opening.end() : end]
        article = self._opening.match(role.lower())
        role = role[article.end() :] if article else role
        words = role.lower().split(" ")
        whole = bool(article and article[0]) or text[opening.start() : opening.end()] != ", "
        opens = whole and words[0] not in self._phrases.prepositions and self._head(words) in self._people
        return self.wording(role, None) if opens and self._is_role(role, has_article=True) else None

    def wording(self, before: str, after: str | None) -> str | None:
        """Return the description of a source phrase from what stands before the name in it, and after."""
        words = before.split(" ")
        while words and (words[0] in self._names.honorifics or words[0].lower() in self._dropped_words):
            words = words[1:]
        while words and words[-1].strip("()") in self._names.honorifics:
            words = words[:-1]
        return self._joined(" ".join(words).rstrip(",") if self._says_role(words) else None, after)

    def fullest(self, entity: Entity) -> str | None:
        """Return the fullest wording collected for somebody, after the title where that is no part of it."""
        said = longest(entity) or ""
        fresh = (one for one in entity.wordings if one in self._offices and one.lower() not in said.lower())
        title = next((one for one in fresh if not one.endswith(".")), None)
        return f"{title}, {said}" if title else said or None

    def _says_role(self, words: list[str]) -> bool:
        """Tell "former mayor" and "Sen." from "exasperated"."""
        return any(
            word.lower() in self._roles or word in self._names.titles or word in self._names.demonyms for word in words
        )

    def before(self, text: str, start: int, form: Form) -> str | None:
        """Return the role before a name, the title included: "former White House press secretary"."""
        at = start - len(form.title) - 1 if form.title else start
        if word_before(text, at).lower() not in self._people:
            return self.wording(form.title, None) if form.title else None
        words = list(_WORD.finditer(text, max(0, at - _BACK), at))
        first, last_word = at, ""
        for found in reversed(words):
            if text[found.end() : first].strip(" \xa0") or not self._belongs(found[0], is_last=not last_word):
                break
            first, last_word = found.start(), found[0]
        return self.wording(text[first : start - 1], None) if start else None

    def _belongs(self, word: str, *, is_last: bool) -> bool:
        if word.lower() in (self._people if is_last else self._roles):
            return True
        if is_last or word.endswith((".", "'", "’")):
            return False
        if word in self._modifiers:
            return True
        return word[0].isupper() and word not in self._names.stops

    def after(self, text: str, start: int, end: int, knows: Knows = nobody) -> str | None:
        """Return the apposition after a name, without its article: "former clerk of the court".

        `knows` tells who is a person of the article: what is said of one is no membership.
        """
        first, end = text[start : start + 1], min(end, start + _AHEAD)
        if first not in {",", " ", "("}:
            return None
        if first == " ":
            if (stop := self._affiliation(text, start, end, knows)) > start:
                return joined(text[start + 1 : stop], self.after(text, stop, end))
            if not self._opens(text, start):
                return None
        party = _PARTY.match(text, start, end)
        tag, start = (party[1] or party[2], party.end()) if party else (None, start)
        age = self._age.match(text, start, end)
        start = age.end() - (text[age.end() - 1] == ",") if age else start
        clause = self._clause(text, start, end, is_first=True)
        if clause is None:
            return tag
        last = clause[1]
        while (more := self._clause(text, last, end, is_first=False)) is not None and more[1] - clause[0] < _LONGEST:
            last = more[1]
        return joined(tag, text[clause[0] : last].strip())

    def _affiliation(self, text: str, start: int, end: int, knows: Knows) -> int:
        """Return where what somebody belongs to ends: "Ada Moss | of Elm Steel"."""
        leads = self._affiliating.match(text, start, end)
        found = self._names.find(text, leads.end(), end) if leads else []
        if not leads or not found or found[0].start != leads.end() or knows(self._names.read(found[0].text)):
            return start
        return found[0].end

    def _opens(self, text: str, start: int) -> bool:
        """Tell whether a bracket, a relative clause or an age follows a name without a comma."""
        if text[start + 1 : start + 2] == "(" or self._kept.match(text, start + 1):
            return True
        return self._age.match(text, start, start + _AHEAD) is not None

    def _clause(self, text: str, start: int, end: int, *, is_first: bool) -> tuple[int, int] | None:
        if text[start : start + 2] != ", ":
            return self._bare_relative(text, start, end) if is_first else None
        found = _clause(text, start + 2, end)
        if found is None:
            return None
        stop = self._stop(text, found)
        copula = self._dropped.match(text, start + 2)
        if copula and not self._is_role(text[copula.end() : stop], has_article=True):
            return None
        if self._kept.match(text, start + 2):
            opening = self._opening.match(text, start + 2) if is_first else None
            return (opening.end() if opening else start + 2), stop
        if not is_first:
            return None
        opening = self._opening.match(text, start + 2)
        begin = opening.end() if opening else start + 2
        return (begin, stop) if self._is_role(text[start + 2 : stop], has_article=begin > start + 2) else None

    def _bare_relative(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        if text[start : start + 1] == " " and self._kept.match(text, start + 1):
            found = _clause(text, start + 1, end)
            opening = self._opening.match(text, start + 1)
            if found and opening:
                return opening.end(), self._stop(text, found)
        return None

    def _stop(self, text: str, found: re.Match[str]) -> int:
        ended = self._ends.search(text, found.start(), found.end())
        return ended.start() if ended else found.end()

    def _is_role(self, clause: str, *, has_article: bool) -> bool:
        head = self._relative.split(clause, maxsplit=1)[0]
        if not self._finite.isdisjoint(head.split(" ")):
            return False
        written = _WORD.findall(clause)[:14]
        words = [word.lower() for word in written]
        if not words:
            return False
        if written[0][0].isupper() and not self._names.titles.isdisjoint(written[:5]):
            return True
        if has_article or words[0] in self._introducing:
            return self._has_role(words)
        return words[0] in self._roles or (words[0] in self._modifiers and self._has_role(words[:5]))

    def _has_role(self, words: list[str]) -> bool:
        plural = self._phrases.plural
        return any(word in self._roles or (plural.search(word) and word[:-1] in self._roles) for word in words)


def _clause(text: str, start: int, end: int) -> re.Match[str] | None:
    found = _SHORT_CLAUSE.match(text, start, end)
    return _CLAUSE.match(text, start, end) if found and found.end() - start > _MOST else found


def joined(before: str | None, after: str | None) -> str | None:
    """Return both halves of a description as one, or the one there is."""
    return ", ".join(_tidy(part) for part in (before, after) if part) or None


def _tidy(wording: str) -> str:
    r"""Return a wording with plain spaces and without an opening mark that nothing closes.

    >>> _tidy('"\xa0pastor'), _tidy('"Pier"\xa0author')
    ('pastor', '"Pier" author')
    """
    plain = wording.replace("\xa0", " ").strip()
    opens = plain[:1] in {'"', "“"} and not ('"' in plain[1:] or "”" in plain[1:])
    return plain[1:].strip() if opens else plain


def longest(entity: Entity) -> str | None:
    """Return the fullest wording collected for somebody; the first of equals.

    >>> lee = Entity("Ann Lee", "person")
    >>> lee.wordings = ["mayor", "mayor of Elm", "baker of Elm"]
    >>> longest(lee)
    'mayor of Elm'
    """
    fitting = [wording for wording in entity.wordings if len(wording) <= _LONGEST]
    return max(fitting, key=len, default=None)
