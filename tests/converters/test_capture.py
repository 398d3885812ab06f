from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from effort import calls
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.converters.capture import PROFILES, convert, placements
from onrecord.errors import ConverterError
from onrecord.records import Article, Defaults, Document
from onrecord.reports import Issue, Severity
from onrecord.testing import defaults_of, document_of

ROOT = Path(__file__).parents[2]
CASES = sorted(path for path in (ROOT / "tests" / "golden" / "capture").iterdir() if path.is_dir())
SEED = ROOT / "seeds" / "lemonde-en" / "000_fce61b5b057b4c8c.txt"
LEMONDE = Defaults(publisher="Le Monde", language="en", time_zone="Europe/Paris", options={"profile": "lemonde"})
PIECES = [
    "By Ann Sample",
    "Par  et",
    "Published on May 7, 2024, at 10:00 am",
    "Publié aujourd'hui à 10h34",
    "4 min read",
    "Subscribers only",
    "Lire aussi",
    "Article réservé à nos abonnés",
    "Lecture restreinte",
    "It rained in Lyon.",
    "A short line",
    "You have 55.26% of this article left to read. The rest is for subscribers only.",
    "",
    "",
    "x" * 300,
    "• item",
    "© AFP",
    "Il vous reste 999% de cet article à lire. La suite est réservée aux abonnés.",
    "Lire en français",
    "- - -",
    "...",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=30).map("\n".join)
profiles = st.sampled_from(sorted(PROFILES))


def converted(data: bytes, defaults: Defaults = LEMONDE) -> tuple[Article | None, list[Issue]]:
    found = list(convert(Document.of("a.txt", data), defaults))
    articles = [item for item in found if isinstance(item, Article)]
    assert len(articles) <= 1
    return (articles or [None])[0], [item for item in found if isinstance(item, Issue)]


def lines_of(issue: Issue) -> range:
    """Return the lines an Issue is about: its own, or as far as it says."""
    first, to = issue.line or 0, re.search(r"to line (\d+)", issue.message)
    return range(first, int(to[1]) + 1 if to else first + 1)


def accounted(document: Document, defaults: Defaults) -> None:
    """Assert that every line that is not blank is in a field, known boilerplate, or in an Issue with its number."""
    found = list(convert(document, defaults))
    article = next((item for item in found if isinstance(item, Article)), None)
    if article is None:
        return
    reported = {number for item in found if isinstance(item, Issue) for number in lines_of(item)}
    text = document.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    roles = {placement.line: placement.role for placement in placements(document, defaults)}
    for number, line in enumerate(text.split("\n"), 1):
        bare = "".join(c for c in line if (c >= " " and c != "\x7f") or c == "\t").strip()
        if not bare:
            continue
        role = roles[number]
        if role == "reported":
            assert number in reported
        elif role in {"headline", "description", "section", "body", "captions", "subheadings", "byline"}:
            kept = {getattr(article, name) for name in ("headline", "description", "section", "byline")}
            kept.update(f"{article.captions}\n\n{article.body}".split("\n\n"))
            kept.update(article.authors or ())
            assert bare in kept or (
                role in {"byline", "body"} and set(bare.split()) & set(" ".join(map(str, kept)).split())
            )
        else:
            assert role in {
                "dates",
                "authors",
                "reading_minutes",
                "translations",
                "access",
                "unread_share",
            } or role.startswith("boilerplate: ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_line_of_a_capture_has_a_place(case: Path) -> None:
    document = document_of(case)
    try:
        document.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pytest.skip("not UTF-8: its text is told in expected.json")
    accounted(document, defaults_of(case))


@example("By Ann Sample\nPar  et\nBo\nBo", "lemonde")
@given(texts, profiles)
def test_every_line_of_any_text_has_a_place(text: str, profile: str) -> None:
    accounted(
        Document.of("a.txt", text.encode("utf-8", "replace")), Defaults(time_zone="UTC", options={"profile": profile})
    )


@given(st.binary(max_size=400), profiles)
def test_any_bytes_give_an_article_or_an_issue(data: bytes, profile: str) -> None:
    article, issues = converted(data, Defaults(options={"profile": profile}))
    assert article is not None or any(issue.severity is Severity.ERROR for issue in issues)
    lines = max(data.count(b"\n") + data.count(b"\r") + 1, 1)
    assert all(issue.line is None or 1 <= issue.line <= lines for issue in issues)
    assert all(issue.hint for issue in issues)


@given(texts, profiles)
def test_fields_hold_the_laws_of_their_table(text: str, profile: str) -> None:
    article, _ = converted(
        text.encode("utf-8", "replace"), Defaults(time_zone="Europe/Paris", options={"profile": profile})
    )
    if article is None:
        return
    for name in ("headline", "description", "byline", "captions", "body", "section", "language", "time_zone"):
        assert getattr(article, name) != ""
    assert article.authors is None or (article.authors and all(article.authors))
    assert article.unread_share is None or 0 <= article.unread_share <= 1
    assert set(article.subheadings or ()) <= set((article.body or "").split("\n\n"))
    assert all(value is None or value.tzinfo is UTC for value in (article.date_published, article.date_modified))


def test_the_seed_comes_out_as_a_careful_reader_has_it() -> None:
    article, issues = converted(SEED.read_bytes())
    assert article is not None
    assert article.headline == "Ukraine's Western allies already have a military presence in the country"
    assert article.description is not None
    assert article.description.startswith("When French President Emmanuel Macron spoke")
    assert (article.authors, article.byline) == (None, "By\xa0 and")
    assert article.date_published == datetime(2024, 3, 1, 9, 51, tzinfo=UTC)
    assert article.date_modified == datetime(2024, 3, 1, 18, 47, tzinfo=UTC)
    assert (article.time_zone, article.time_zone_evidence) == ("Europe/Paris", "stated")
    assert (article.reading_minutes, article.translations) == (4, ("fr",))
    assert (article.access, article.is_complete, article.unread_share) == ("subscribers", False, 0.5526)
    assert article.subheadings == ("Twelve secret CIA bases",)
    assert article.captions is not None
    assert article.captions.endswith("February 26, 2024.")
    assert article.body is not None
    assert len(article.body.split("\n\n")) == 6
    assert sha256(article.body.encode()).hexdigest()[:16] == "2d669adb24005486"
    assert [issue.code for issue in issues] == ["byline-lost"]
    accounted(Document.of("a.txt", SEED.read_bytes()), LEMONDE)


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize(
    "unit",
    ["a. ", "By and, ", "(", "« ", "1:", "\n\nShort line", "\nBy A B", "\nPublished on ", "\n© A / AFP", "\n• x"],
)
def test_work_grows_with_the_text_and_no_faster(unit: str, profile: str) -> None:
    defaults = Defaults(time_zone="Europe/Paris", options={"profile": profile})
    converted(b"Title\n\nText.", defaults)  # reads the lexicons
    small, large = (
        calls(lambda times=times: converted(b"Title\n\n" + unit.encode() * times, defaults)) for times in (1_000, 4_000)
    )
    assert large < max(2_000, 5 * small)


def test_an_unknown_profile_stops_the_work() -> None:
    with pytest.raises(ConverterError, match="no profile 'x'"):
        converted(b"text", Defaults(options={"profile": "x"}))


def test_origins_are_told_where_asked_for() -> None:
    options = {"profile": "lemonde", "explain": True}
    _, issues = converted(SEED.read_bytes(), Defaults(language="en", options=options))
    origins = {issue.field: issue for issue in issues if issue.code == "origin"}
    assert origins["headline"].line == 1
    assert "confidence" in origins["date_published"].message


def test_a_document_of_too_many_lines_is_refused() -> None:
    article, issues = converted(b"Short line\n" * 25_000)
    assert article is None
    assert [(issue.code, issue.line) for issue in issues] == [("too-many-lines", 20_001)]
