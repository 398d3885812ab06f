"""From sentences to the story: floating quotations take over a source, paragraphs continue a quotation."""

from __future__ import annotations

from typing import Final

from onrecord.extract import fragments, introductions, spans, subjects, tokens
from onrecord.extract.confidence import confidence
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.marks import Region
from onrecord.extract.model import Statement, in_order
from onrecord.extract.tokens import OPEN, Place, Sentence, Tokens
from onrecord.extract.words import Words
from onrecord.records import FieldName, Mention, Source, SourceForm, Span

HEADING: Final = 12
"""Words up to which a quotation alone in its paragraph, without a stop, is a heading."""

SHORT, SHORT_FRAGMENT = 6, 14
"""Words from which a quotation without a cue is kept: where it begins with a capital, and where it does not."""

MARKS: Final = frozenset('"“”')
"""Marks of which a source keeps none alone."""

GAP: Final = 12
"""Characters (marks, breaks, a dash) that may stand between a quotation and its signature."""


class Story:
    """What has been said so far in one field."""

    def __init__(self, text: str, masked: str, field: FieldName, words: Words) -> None:
        self.text, self.masked = text, masked
        self.field = field
        self.words = words
        self.said: list[Statement] = []
        self.voice: Statement | None = None
        self.voice_paragraph = -1
        self.open: Statement | None = None
        self.mark = ""
        self.introduced: tuple[Source, int] | None = None
        self.past: Place | None = None

    def tell(self, reading: Reading) -> None:
        """Take in one sentence."""
        s = reading.s
        voice: Statement | None = None
        for draft in reading.drafts:
            statement = self.add(s, draft)
            if statement is not None and _speaks_on(s, draft, statement, voice):
                voice = statement
        if voice is not None:
            self.hear(voice, s)
        if s.regions:
            for index in fragments.leftover(reading):
                self.float(s, index)
            last = s.regions[max(s.regions)]
            self.mark = self.text[last.start : last.inner]
        if "-" in s.tags:
            self.sign(s, introductions.signed(s))
        elif s.tags[0] == "N" and not reading.drafts and not s.regions:
            self.sign(s, self.below(s))
        self.introduced = None
        if s.tags[-1:] == ":":
            self.introduce(reading)

    def below(self, s: Sentence) -> Tokens | None:
        """Return the name in a line of its own below a quotation, with a role where a blank line parts them."""
        line = self.text[max(s.start - GAP, 0) : s.start]
        return introductions.below(s, apart=line.count("\n") > 1) if "\n" in line else None

    def sign(self, s: Sentence, name: Tokens | None) -> None:
        """Give a quotation that nobody has spoken to the name after the dash that follows it, or in the line below."""
        source = self.source(s, name)
        if source is None or not self.said:
            return
        last = self.said[-1]
        between = self.text[last.end : source.start]
        if last.cue is None and len(between) < GAP and not any(c.isalnum() for c in between):
            method = "signed after a dash" if "-" in s.tags else "signed in the line below"
            last.source, last.method, last.inherits = source, method, None
            last.confidence = confidence(last.method, source.form, 1, "none")
            self.hear(last, s)

    def hear(self, voice: Statement, s: Sentence) -> None:
        """Remember who spoke last, and where."""
        self.voice, self.voice_paragraph = voice, s.paragraph

    def introduce(self, reading: Reading) -> None:
        """Remember who is announced by a sentence that ends with a colon."""
        source = self.source(reading.s, introductions.announced(reading))
        if source is not None:
            self.introduced = source, reading.s.paragraph

    def add(self, s: Sentence, draft: Draft) -> Statement | None:
        """Turn a draft into a statement, unless nothing of it is left beside its cue."""
        start, end = s.start_of(draft.cue[0]), s.ends[draft.cue[1] - 1]
        ranges = spans.apart([(s.start_of(a), s.ends[b - 1]) for a, b in draft.content if b > a], (start, end))
        pieces = spans.spans(self.text, ranges, s.regions.values())
        if not pieces:
            return None
        cue = Mention(start, end, self.text[start:end])
        source = self.source(s, draft.source)
        if source is not None and _overlap(pieces, source):
            source = None
        sure = self.confidence(s, draft, source)
        statement = self.state(s, self.begun(s, draft) + pieces, source, cue, draft.method, sure)
        last = s.regions.get(draft.content[-1][1] - 1) if s.regions else None
        if last is not None and last.continues:
            self.open = statement
        return statement

    def begun(self, s: Sentence, draft: Draft) -> list[Span]:
        """Take back what paragraphs before left open and unattributed, where a draft names who says its last part."""
        left = self.open
        if left is None or left.cue is not None or left.method == "floating":
            return []
        first = s.regions.get(draft.content[0][0])
        if first is None or not first.continued:
            return []
        self.said.pop(next(at for at in range(len(self.said) - 1, -1, -1) if self.said[at] is left))
        self.open = None
        return left.spans

    def state(
        self, s: Sentence, pieces: list[Span], source: Source | None, cue: Mention | None, method: str, sure: float
    ) -> Statement:
        """Keep a statement."""
        statement = Statement(self.field, spans.kind(pieces), pieces, source, cue, method, sure, (s.start, s.end))
        self.said.append(statement)
        return statement

    def source(self, s: Sentence, tokens: Tokens | None) -> Source | None:
        """Return the source of a range of tokens, without a possessive ending or punctuation at its edges."""
        if tokens is None or tokens[0] >= tokens[1]:
            return None
        first, last = tokens
        start, end = s.start_of(first), s.ends[last - 1]
        tag = s.tags[last - 1]
        if tag == "k" and last - first == 1:
            end = start + len(s.words[first].replace("’", "'").split("'")[0])
        elif tag == "H" and self.text[end - 2 : end - 1] in {"'", "’"}:
            end -= 2
        start = max(start, self.text.rfind("\n", start, end) + 1)
        name = self.text[start:end].rstrip(" ,;:-–—―")
        if not MARKS.isdisjoint(name):
            start, name = _balanced(self.text, start, name)
        return (
            Source(start, start + len(name), name, _form(s, tokens))
            if name[:1].isalnum() or any(map(str.isalnum, name))
            else None
        )

    def confidence(self, s: Sentence, draft: Draft, source: Source | None) -> float:
        """Weigh a statement by its rule, how its source is worded, and whether source and cue touch."""
        if source is None or draft.source is None:
            return confidence(draft.method, "none", 0, "none")
        first, last = draft.source
        between = s.tags[min(last, draft.cue[1]) : max(first, draft.cue[0])]
        beside = between in {"", ","}
        relative = s.tags[first:last] in {"W", "T", "P"}
        return confidence(draft.method, source.form, last - first, "beside" if beside else "apart", relative)

    def float(self, s: Sentence, index: int) -> None:
        """Give a quotation that stands alone to whoever spoke last, or leave it open."""
        region = s.regions[index]
        words = self.text.count(" ", region.inner, region.outer) + 1
        alone = not s.tags.strip("Q.-") or (s.tags.endswith("Q") and fragments.resumes(s, index))
        goes_on = index == 0 and words > 3 and not alone and not region.lower
        stop = s.ends[-1] if goes_on and _unfinished(s) else region.end
        alone = alone or goes_on
        continuing = region.continued and self.open is not None
        if s.tags == "Q" and words < HEADING and self.heads(region, words):
            return
        if not alone and not continuing and words < (SHORT_FRAGMENT if region.lower else SHORT):
            return
        pieces = spans.spans(self.text, [(region.start, stop)], s.regions.values())
        if not pieces:
            return
        statement = self.continued(s, region, pieces) or self.inherited(s, pieces, alone=alone)
        if statement is None:
            statement = self.state(s, pieces, None, None, "no cue", confidence("no cue", "none", 0, "none"))
        self.open = statement if region.continues else None

    def heads(self, region: Region, words: int) -> bool:
        """Tell whether a short quotation alone in its paragraph is a heading: without a stop, or in other marks."""
        before, after = self.text[max(region.start - 2, 0) : region.start], self.text[region.end : region.end + 2]
        others = words < SHORT and self.mark not in {"", self.text[region.start : region.inner]}
        stops = self.text[region.outer - 1].isalnum() and not region.continues
        return (others or stops) and "\n" in before and "\n" in after

    def continued(self, s: Sentence, region: Region, pieces: list[Span]) -> Statement | None:
        """Go on with the quotation that the paragraph before left open."""
        if not region.continued or self.open is None:
            return None
        self.open.spans.extend(pieces)
        if spans.kind(pieces) != self.open.kind:
            self.open.kind = "mixed"
        if self.voice is self.open:
            self.voice_paragraph = s.paragraph
        return self.open

    def inherited(self, s: Sentence, pieces: list[Span], *, alone: bool) -> Statement | None:
        """Take over the source that a colon announced, or the last one that spoke near by."""
        if alone and self.introduced is not None and s.paragraph - self.introduced[1] <= 1:
            method = "introduced by a colon"
            statement = self.state(s, pieces, self.introduced[0], None, method, confidence(method, "named", 1, "none"))
            self.hear(statement, s)
            return statement
        voice = self.voice
        if alone and (subject := self.subject(s)) is not None:
            method = "floating: subject of the sentence before"
            statement = self.state(s, pieces, subject, None, method, confidence(method, subject.form, 1, "none"))
            self.hear(statement, s)
            return statement
        if not alone or voice is None or voice.source is None or s.paragraph - self.voice_paragraph > 1:
            return None
        method = "floating" if s.paragraph == self.voice_paragraph else "floating: paragraph before"
        sure = min(voice.confidence, confidence(method, "named", 1, "none"))
        statement = self.state(s, pieces, voice.source, None, method, sure)
        statement.inherits = voice.inherits or voice
        self.hear(statement, s)
        return statement

    def subject(self, s: Sentence) -> Source | None:
        """Return who acts in the sentence before, where that says nothing: "Ada Moss shook her head. “No chance.”"."""
        place, voice, self.past = self.past, self.voice, None
        if place is None or place[2] != s.paragraph or (voice is not None and voice.sentence[0] >= place[0]):
            return None
        before = tokens.read(self.masked, place, self.words, {})
        found = subjects.main(before, before.lead, len(before.tags) - 1)
        if found is None or found[1] == len(before.tags) - 1:
            return None
        letters = before.tags[slice(*found)]
        near = voice is not None and voice.source is not None and self.voice_paragraph == s.paragraph
        spoken = letters == "p" and before.words[found[0]] not in before.lists["asking"]
        return self.source(before, found) if letters[0] == "N" or (spoken and not near) else None

    def finish(self) -> list[Statement]:
        """Return everything said, in reading order."""
        return in_order(self.said)


def _speaks_on(s: Sentence, draft: Draft, statement: Statement, voice: Statement | None) -> bool:
    """Tell whether a statement's source, rather than the one before, is who a floating quotation belongs to."""
    if statement.source is None or (draft.source and s.tags[draft.source[0]] in "WT"):
        return False
    if draft.method.endswith("-wh") and statement.source.text.lower() in s.lists["asking"]:
        return False
    if voice is None:
        return True
    return voice.kind == "indirect" and statement.kind != "indirect" and statement.start > voice.end


def _unfinished(s: Sentence) -> bool:
    """Tell whether a sentence that begins with a quotation ends what it says: "It is time" for the town to act."""
    return s.words[0] == OPEN and s.tags[1] in "it&" and "Q" not in s.tags[1:]


def _balanced(text: str, start: int, name: str) -> tuple[int, str]:
    """Return where a source begins and its words, without a mark alone at its start, with the one that closes it."""
    if name[0] in MARKS and MARKS.isdisjoint(name[1:]):
        return start + len(name) - len(name[1:].lstrip()), name[1:].lstrip()
    end = start + len(name)
    close = next((at for at in range(end, min(end + 3, len(text))) if text[at] in MARKS), end)
    odd = sum(map(name.count, MARKS)) % 2
    return start, text[start : close + 1] if odd and close > end else name


def _overlap(pieces: list[Span], source: Source) -> bool:
    return pieces[0].start < source.end and any(p.start < source.end and source.start < p.end for p in pieces)


def _form(s: Sentence, tokens: Tokens) -> SourceForm:
    """Return how a source is worded."""
    letters = s.tags[tokens[0] : tokens[1]]
    if len(letters) == 1 and letters in "pPoWkT":
        return "pronoun"
    return "named" if "N" in letters else "nominal"
