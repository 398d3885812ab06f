"""Where one speaker of a source phrase ends and the next begins."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract.lexicon import Lexicon
from onrecord.extract.names import Names
from onrecord.extract.transcripts import labels

WORD: Final = re.compile(r"[\w'’.&-]+")
_AHEAD: Final = 120
_BEFORE_NAME: Final = re.compile(r"\([^()\n]{1,40}\) (?=[^\W\d_a-z])")
"""What stands in brackets between a title and a name: "Senator (Elm Party, left) Ann Lee"."""

_TITLE: Final = 4
"""Words of a role before a name, at most."""


class PhraseWords:
    """The words that source phrases of one language are made of, and where they join two speakers."""

    def __init__(self, lexicon: Lexicon) -> None:
        def words(key: str) -> frozenset[str]:
            return lexicon.words("speakers", key)

        self.names = Names.of(lexicon)
        self.pronouns = {word: key for key in PRONOUN_KINDS for word in words(f"pronouns_{key}")}
        self.determiners, self.definite = words("determiners"), words("definite")
        self.of_people = words("relatives_of_people")
        self._trailing, self._personal = words("trailing"), words("personal_nouns") | words("one_of")
        self.indefinite, self.person_endings = words("indefinite"), tuple(sorted(words("person_endings")))
        self.possessive, self.prepositions = words("possessive"), words("prepositions")
        self.modifiers = words("role_modifiers")
        self.joiners, self.one_of, self.issued = words("joiners"), words("one_of"), words("issued")
        self.issuing = words("issuing")
        self.labels, self.reflexive, self.naming = labels(lexicon), words("reflexive"), lexicon.words("lists", "named")
        self.roles, self.group_heads = words("role_words"), words("group_heads")
        self.organisation_nouns, self.document_nouns = words("organisation_nouns"), words("document_nouns")
        self.plural_words = words("plural_words")
        self.plural = re.compile(lexicon.section("speakers").get("plural", "(?!)"))
        joined = "|".join(map(re.escape, sorted(self.joiners)))
        self._join = re.compile(rf",? (?:{joined}) |, " if joined else r"(?!)")
        openers = "|".join(sorted(words("clause_openers"))) or "(?!)"
        self._stop = re.compile(rf",(?!\d)|[;:—–―\n]|\((?![A-Z][A-Z&.]{{1,7}}\)|[a-z]{{2,4}}\.\))|\b(?:{openers})\b")

    def is_plural(self, head: str) -> bool:
        """Tell whether a noun is in the plural."""
        return self.names.is_plural(head)

    def with_role(self, source: str, text: str, start: int, end: int) -> str:
        """Return a noun with the role that stands before the name it is explained by: "tutor, retired chemist"."""
        words = WORD.findall(source[start:end])
        while words and (words[0] in self.names.articles or words[-1] in self.naming):
            words = words[1:] if words[0] in self.names.articles else words[:-1]
        return f"{text}, {' '.join(words)}" if words else text

    def without_trailing(self, source: str, start: int, stop: int) -> int:
        """Return where a noun phrase ends before "there" or "alike": "another doctor | there"."""
        last = source.rfind(" ", start, stop)
        return last if last > start and source[last + 1 : stop] in self._trailing else stop

    def is_personal(self, noun: str) -> bool:
        """Tell whether a noun in small letters may be a person's: a role, or what ends as roles do; not "boat"."""
        if noun in self.roles or noun in self._personal or noun.endswith(self.person_endings):
            return True
        return not noun.isalpha() and (noun[:1].isdigit() or not self.roles.isdisjoint(noun.split("-")))

    def follows_preposition(self, text: str, start: int) -> bool:
        """Tell whether the word before a position is a preposition: "of Elm"."""
        words = WORD.findall(text, max(0, start - 20), start)
        return bool(words) and words[-1] in self.prepositions

    def parts(self, source: str) -> list[tuple[int, int]]:
        """Return where one speaker ends and the next begins."""
        head_end = self.head_end(source, 0)
        cuts = [found for found in self._join.finditer(source) if self._may_cut(source, found, head_end)]
        if not any(self._joins(found[0]) for found in cuts):
            return [(0, len(source))]
        starts = [0, *(found.end() for found in cuts)]
        ends = [*(found.start() for found in cuts), len(source)]
        return list(zip(starts, ends, strict=True))

    def _opens_name(self, text: str) -> bool:
        """Tell whether somebody's full name begins a text: "Ann Lee, 63, and | Tom Roe, 58"."""
        found = self.names.find(text[:_AHEAD])
        form = self.names.read(found[0].text) if found and found[0].start == 0 else None
        return form is not None and form.kind == "person" and form.is_full

    def _joins(self, text: str) -> bool:
        return any(word in self.joiners for word in text.split())

    def _may_cut(self, source: str, found: re.Match[str], head_end: int) -> bool:
        left, right = source[: found.start()], source[found.end() :]
        if "&" in found[0]:
            return False
        if found[0] == ", ":
            return self._is_list(source) and bool(left) and right[:1].isupper()
        if found.start() > head_end and not self._is_list(source):
            return found[0].startswith(",") and self._opens_name(left) and self._opens_name(right)
        return self._is_complete(left) and self._is_new(left, right) and not self._shares_noun(left, right)

    def _shares_noun(self, left: str, right: str) -> bool:
        """Tell "the Elm and Quay | councils", one noun with two names, from "the Elm Gazette and Ann Lee"."""
        words, names = WORD.findall(left), self.names.find(right)
        if len(words) < 2 or words[0].lower() not in self.definite or not names or names[0].start:
            return False
        after = WORD.match(right, names[0].end + 1)
        named = all(word[0].isupper() for word in words[1:]) and self.names.read(" ".join(words[1:])).kind == "unknown"
        return named and after is not None and self.is_plural(after[0].lower())

    def _is_list(self, source: str) -> bool:
        """Tell "Ann Lee, Tom Roe and Sue Poe": nothing but names, commas and a joiner."""
        rest = source
        for name in reversed(self.names.find(source)):
            if self.names.read(name.text).kind in {"place", "role", "other"}:
                return False
            rest = rest[: name.start] + rest[name.end :]
        return all(word in self.joiners for word in rest.replace(",", " ").split()) and self._joins(rest)

    def _is_complete(self, left: str) -> bool:
        words = WORD.findall(left)
        if not words:
            return False
        last = words[-1]
        if len(words) == 1 and last.lower() in self.modifiers:
            return False
        return last[0].isupper() or words[0].lower() in self.determiners or words[0].lower() in self.pronouns

    def _is_new(self, left: str, right: str) -> bool:
        words = WORD.findall(right[:_AHEAD])
        if not words:
            return False
        first = words[0]
        if first.lower() in self.determiners or first.lower() in self.pronouns:
            return True
        if first in self.names.relatives and words[1:] and words[1][0].isupper():
            return not self._attaches_low(left)
        if first[0].isupper():
            return not self.continues_name(left, right) and not self._attaches_low(left)
        head = next((word for word in words if word.lower() in self.roles or self.is_plural(word)), "")
        if head and self._titles_name(right):
            last = WORD.findall(left)[-1]
            return last[0].isupper() and last.lower() not in self.roles and not self._attaches_low(left)
        return bool(head) and self.is_plural(head) and WORD.findall(left)[-1][0].isupper()

    def _titles_name(self, text: str) -> bool:
        """Tell whether a text is a role in small letters and a full name: "fellow board member Ann Lee"."""
        found = self.names.find(text[:_AHEAD])
        form = self.names.read(found[0].text) if found else None
        words = WORD.findall(text[: found[0].start]) if found else []
        is_title = all(word.lower() in self.roles or word.lower() in self.modifiers for word in words[-1:])
        return form is not None and form.kind == "person" and form.is_full and is_title and len(words) <= _TITLE

    def _attaches_low(self, left: str) -> bool:
        """Tell "an aide of Roe and | Lee", one speaker, from "Tom Roe of Elm and | Ann Lee"."""
        names = self.names.find(left)
        return any(
            found[0] in self.prepositions and not any(name.start <= found.start() < name.end for name in names)
            for found in WORD.finditer(left)
        )

    def continues_name(self, left: str, right: str) -> bool:
        """Tell "Department of Health and | Human Services" and "founder and | CEO Ann Lee"."""
        before, after = self.names.find(left), self.names.find(right)
        if not before or not after or after[0].start:
            return True
        one, other = self.names.read(before[-1].text), self.names.read(after[0].text)
        is_body = one.kind == "organisation" and not self.names.joining.isdisjoint(one.core.split(" "))
        return (is_body and not other.is_certain) or one.kind == "role"

    def head_end(self, source: str, start: int) -> int:
        """Return where the head of a phrase ends and what describes it begins."""
        found = self._stop.search(source, start + 1)
        while found and found[0] == "(" and (bracket := _BEFORE_NAME.match(source, found.start())):
            found = self._stop.search(source, bracket.end())
        return found.start() if found else len(source)


PRONOUN_KINDS: Final = ("male", "female", "plural", "neuter", "first", "relative", "open")
"""The keys of the lexicon that hold pronouns."""
