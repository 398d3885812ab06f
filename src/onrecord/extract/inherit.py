"""From sentences to the story: floating quotations take over a source, paragraphs continue a quotation."""

from __future__ import annotations

from onrecord.extract import fragments, spans
from onrecord.extract.confidence import confidence
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.marks import Region
from onrecord.extract.model import Statement
from onrecord.extract.tokens import Sentence
from onrecord.extract.words import Words
from onrecord.records import FieldName, Mention, Source, SourceForm


class Story:
    """What has been said so far in one field."""

    def __init__(self, text: str, field: FieldName, words: Words, regions: list[Region]) -> None:
        self.text = text
        self.field = field
        self.words = words
        self.regions = regions
        self.said: list[Statement] = []
        self.last: Statement | None = None
        self.last_paragraph = -1
        self.last_direct: Statement | None = None
        self.cursor = 0
        self.waiting: list[tuple[Region, Sentence]] = []

    def skip(self, span: tuple[int, int, int]) -> None:
        """Pass over a sentence in which nothing is said."""

    def tell(self, reading: Reading) -> None:
        """Take in one sentence."""
        s = reading.s
        voice: Statement | None = None
        for draft in reading.drafts:
            statement = self.add(s, draft)
            if statement is None or statement.source is None or (draft.source and s.tags[draft.source[0]] in "WT"):
                continue
            if voice is None or (
                voice.kind == "indirect" and statement.kind != "indirect" and statement.start > voice.end
            ):
                voice = statement
        if voice is not None:
            self.last, self.last_paragraph = voice, s.paragraph
        for index in fragments.leftover(reading):
            self.float(s, index)

    def add(self, s: Sentence, draft: Draft) -> Statement | None:
        """Turn a draft into a statement."""
        ranges = [(s.starts[a], s.ends[b - 1]) for a, b in draft.content if b > a]
        pieces = spans.spans(self.text, ranges, list(s.regions.values()))
        if not pieces:
            return None
        source = self.source(s, draft.source)
        cue = Mention(
            s.starts[draft.cue[0]],
            s.ends[draft.cue[1] - 1],
            self.text[s.starts[draft.cue[0]] : s.ends[draft.cue[1] - 1]],
        )
        sure = self.confidence(s, draft, source)
        statement = Statement(self.field, spans.kind(pieces), pieces, source, cue, draft.method, sure, (s.start, s.end))
        self.said.append(statement)
        return statement

    def source(self, s: Sentence, tokens: tuple[int, int] | None) -> Source | None:
        """Return the source of a range of tokens, without a possessive ending or punctuation at its edges."""
        if tokens is None:
            return None
        start, end = s.starts[tokens[0]], s.ends[tokens[1] - 1]
        if s.tags[tokens[0]] == "k" and tokens[1] - tokens[0] == 1:
            end = start + len(s.words[tokens[0]].replace("’", "'").split("'")[0])
        elif s.tags[tokens[1] - 1] == "H" and tokens[1] - tokens[0] and self.text[end - 2 : end - 1] in "'’":
            end -= 2
        words = self.text[start:end]
        stripped = words.rstrip(" ,;:-–—")
        return Source(start, start + len(stripped), stripped, self.form(s, tokens))

    def confidence(self, s: Sentence, draft: Draft, source: Source | None) -> float:
        """Weigh a statement by its rule, how its source is worded, and whether source and cue touch."""
        if source is None or draft.source is None:
            return confidence(draft.method, "none", 0, "none")
        beside = draft.source[1] == draft.cue[0] or draft.source[0] == draft.cue[1]
        letters = s.tags[draft.source[0] : draft.source[1]]
        return confidence(
            draft.method,
            source.form,
            draft.source[1] - draft.source[0],
            "beside" if beside else "apart",
            relative=letters in {"W", "T", "P"},
        )

    @staticmethod
    def form(s: Sentence, tokens: tuple[int, int]) -> SourceForm:
        """Return how a source is worded."""
        letters = s.tags[tokens[0] : tokens[1]]
        return "pronoun" if len(letters) == 1 and letters in "pPoWkT" else "named" if "N" in letters else "nominal"

    def float(self, s: Sentence, index: int) -> None:
        """Give a quotation that stands alone to whoever spoke last, or leave it open."""
        region = s.regions.get(index)
        if region is None:
            return
        alone = all(t in "Q.-" for t in s.tags)
        words = self.text.count(" ", region.inner, region.outer) + 1
        stop = s.ends[-1] if index == 0 and words > 3 and not alone and not region.lower else region.end
        alone = alone or stop > region.end
        if not alone and words < (14 if region.lower else 6):
            return
        pieces = spans.spans(self.text, [(region.start, stop)], list(s.regions.values()))
        if not pieces:
            return
        if region.continued and self.last is not None and self.said and self.said[-1] is self.last:
            self.last.spans.extend(pieces)
            self.last_paragraph = s.paragraph
            return
        near = self.last is not None and self.last.source is not None and s.paragraph - self.last_paragraph <= 1
        if alone and near and self.last is not None:
            method = "floating" if s.paragraph == self.last_paragraph else "floating: paragraph before"
            sure = min(self.last.confidence, confidence(method, "named", 1, "none"))
            statement = Statement(
                self.field,
                spans.kind(pieces),
                pieces,
                self.last.source,
                None,
                method,
                sure,
                (s.start, s.end),
                inherits=self.last.inherits or self.last,
            )
            self.said.append(statement)
            self.last, self.last_paragraph = statement, s.paragraph
            return
        self.said.append(Statement(self.field, spans.kind(pieces), pieces, None, None, "no cue", 0.3, (s.start, s.end)))

    def finish(self) -> list[Statement]:
        """Return everything said, in reading order."""
        self.said.sort(key=lambda st: (st.start, -st.end))
        return self.said
