"""Laws that hold of any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract import engine, find_marks, unaccounted
from onrecord.extract.lexicon import load

EN = load("en")
PIECES = [
    "Moss",
    " said",
    " that",
    " the bridge",
    " was safe",
    ".",
    ",",
    " ",
    "\n\n",
    "\n",
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "''",
    "«",
    "»",
    "„",
    "(",
    ")",
    " -",
    " —",
    ":",
    ";",
    "?",
    "!",
    " according to",
    " who",
    " saying",
    " called",
    " and",
    " but",
    " he",
    " Ada Moss",
    " told reporters",
    " asked whether",
    " on Monday",
    " 6'2\"",
    " U.S.",
    " Mr.",
    "Q:",
    "A:",
    "\u00a0",
    "\r\n",
    "İ",
    "\ue000",
    "\ue001",
    " reportedly",
    " “The Eel” ",
    " was asked",
    " as",
    "...",
    "é",
    "\x00",
]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=80))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_sources_and_cues_are_pieces_of_the_text(text: str) -> None:
    for said in engine.statements(text, "body", EN)[0]:
        pieces = [*said.spans, *filter(None, (said.source, said.cue))]
        assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
        assert all(span.text.strip() for span in said.spans)
        assert 0 <= said.confidence <= 1


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_are_in_order_and_apart_from_their_cue(text: str) -> None:
    for said in engine.statements(text, "body", EN)[0]:
        assert all(a.end <= b.start for a, b in zip(said.spans, said.spans[1:], strict=False))
        if said.cue is not None:
            assert all(span.end <= said.cue.start or said.cue.end <= span.start for span in said.spans)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_quotation_mark_is_accounted_for(text: str) -> None:
    said, aside = engine.statements(text, "body", EN)
    assert unaccounted(text, said, aside) == []


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_is_set_aside_is_in_order_and_holds_a_mark(text: str) -> None:
    marks = find_marks(text)
    last = 0
    for region in engine.statements(text, "body", EN)[1]:
        assert last <= region.start < region.end
        assert text[region.start : region.end] == region.text
        assert any(start < region.end and region.start < end for start, end in marks)
        last = region.end


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_reading_twice_reads_the_same(text: str) -> None:
    def written() -> list[tuple[str, int, int, float]]:
        return [(s.method, s.start, s.end, s.confidence) for s in engine.statements(text, "body", EN)[0]]

    assert written() == written()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_a_kind_says_what_its_spans_are(text: str) -> None:
    for said in engine.statements(text, "body", EN)[0]:
        verbatim = sum(span.is_verbatim for span in said.spans)
        assert said.kind == ("indirect" if not verbatim else "direct" if verbatim == len(said.spans) else "mixed")
