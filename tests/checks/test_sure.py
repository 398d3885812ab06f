"""What is said to be surely right is right: no rule finds anything there."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import schemas, tables
from onrecord.checks import keys, offsets, parts, queries, sure, texts
from onrecord.checks.glances import Glance, Glances
from onrecord.checks.hygiene import FORMULA, MOJIBAKE, SUSPECT
from onrecord.checks.laws import Scope
from onrecord.checks.marks import Range, unaccounted
from onrecord.checks.strings import Strings
from onrecord.checks.sure.clean import is_clean
from onrecord.checks.sure.laws import CHECKS
from onrecord.tables.strategies import dataset

from .conftest import entry
from .test_laws import FAULTS, TODAY, Fault
from .test_mutations import KEYS, ways

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb

    from onrecord.checks.laws import Law

ROWS = dataset([entry(number) for number in range(4)])
LAWS = [law for law in queries.LAWS if law not in queries.WHOLE and law.scope is not Scope.ORDER]
LAWS += [texts.BODY_HASH, *offsets.BY_PART]
ELSEWHERE = ("speaker_id", "similar_to")
"""Keys that name rows of other articles."""


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with queries.connection(tmp_path_factory.mktemp("spill"), TODAY) as found:
        yield found


def batches(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, pa.RecordBatch]:
    return {name: tables.to_batch(name, rows[name]) for name in parts.TABLES}


def unsure(con: duckdb.DuckDBPyConnection, part: dict[str, pa.RecordBatch]) -> list[Law]:
    glances = Glances(part)
    return [law for law in sure.unsure(LAWS, glances, TODAY) if not keys.derived(con, law, glances)]


def in_step(part: Mapping[str, pa.RecordBatch]) -> bool:
    try:
        return all(parts.in_step(name, pa.table(rows), None) for name, rows in part.items())
    except parts.OutOfStepError:
        return False


def test_all_laws_surely_hold_where_nothing_is_wrong(con: duckdb.DuckDBPyConnection) -> None:
    assert unsure(con, batches(ROWS)) == []


def test_every_law_has_a_way_to_tell() -> None:
    told = {*CHECKS, *((law.code, law.table, law.tables) for law in keys.LAWS)}
    assert {(law.code, law.table, law.tables) for law in LAWS if law.code != "future-date"} == told


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_law_that_is_broken_is_not_sure(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    rows = deepcopy(ROWS)
    fault.breaks(rows)
    of_articles = (fault.code, fault.table) in {(law.code, law.table) for law in LAWS} and fault.field not in ELSEWHERE
    if of_articles and in_step(part := batches(rows)):
        assert (fault.code, fault.table) in {(law.code, law.table) for law in unsure(con, part)}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_no_law_is_sure_and_broken_beside_a_fault(con: duckdb.DuckDBPyConnection, fault: Fault) -> None:
    rows = deepcopy(ROWS)
    fault.breaks(rows)
    prove(con, batches(rows))


def prove(con: duckdb.DuckDBPyConnection, part: dict[str, pa.RecordBatch]) -> None:
    """Prove that laws which surely hold have no breach."""
    if not in_step(part):
        return
    doubted = unsure(con, part)
    queries.register(con, part, dict.fromkeys(part, 0))
    assert queries.broken(con, [law for law in LAWS if law not in doubted]) == []


def other(value: Any) -> list[Any]:
    """Return values that are near a value and not the same."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, -1, 2**31, 2**62, -(2**62)]
    if isinstance(value, str):
        return [value + "x", value[:-1], value.upper(), "é" + value[1:], value[1:] + "“"]
    if isinstance(value, datetime | date):
        return [value + timedelta(days=days) for days in (-9, 1, 9000)]
    return []


@st.composite
def changed(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Draw rows of which some cells are empty, another row's, or near what they were; and perhaps rows left out."""
    rows = deepcopy(ROWS)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(parts.TABLES))
        row = draw(st.integers(0, len(rows[name]) - 1))
        column = draw(st.sampled_from(schemas.load(name).columns))
        value = rows[name][row][column]
        others = [each[column] for each in rows[name] if each[column] != value]
        rows[name][row][column] = draw(st.sampled_from([None, *other(value), *others[:4]]))
    for name in draw(st.lists(st.sampled_from(parts.TABLES), max_size=1)):
        del rows[name][draw(st.integers(0, len(rows[name]) - 1))]
    return rows


@settings(deadline=None, max_examples=8)
@given(changed())
def test_no_law_is_sure_and_broken(con: duckdb.DuckDBPyConnection, rows: dict[str, list[dict[str, Any]]]) -> None:
    prove(con, batches(rows))


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(changed())
def test_no_law_is_sure_and_broken_in_many(
    con: duckdb.DuckDBPyConnection, rows: dict[str, list[dict[str, Any]]]
) -> None:
    prove(con, batches(rows))


@pytest.mark.slow
@pytest.mark.parametrize("missing", parts.TABLES)
def test_laws_are_told_where_a_table_is_empty(con: duckdb.DuckDBPyConnection, missing: str) -> None:
    prove(con, batches(ROWS | {missing: []}))


def test_constraints_are_kept_or_not() -> None:
    for name in schemas.names():
        assert sure.kept(Glance(name, tables.to_batch(name, ROWS[name])))
        for field in (field for field in schemas.load(name).fields if field.name not in KEYS and field.item is None):
            for code, value in ways(field).items():
                if code in {"required", "pattern", "category", "minimum", "maximum", "finite", "min-length"}:
                    rows = deepcopy(ROWS[name])
                    rows[-1][field.name] = value
                    assert not sure.kept(Glance(name, tables.to_batch(name, rows))), (name, field.name, code)


@pytest.mark.parametrize(
    "key",
    ["0" * 15, "0" * 17, "0" * 15 + "g", "0" * 15 + "A", "0" * 14 + "é", "0" * 16 + "-s" + "0" * 11, "", "-" * 16],
)
@pytest.mark.parametrize(("name", "column"), [("articles", "article_id"), ("attributions", "speaker_id")])
def test_keys_have_their_form(name: str, column: str, key: str) -> None:
    rows = deepcopy(ROWS[name])
    rows[0][column] = key
    assert not sure.kept(Glance(name, tables.to_batch(name, rows)))


@pytest.mark.parametrize("items", [[None], [""], ["English"], ["en", None]])
def test_items_of_lists_are_looked_at(items: list[str | None]) -> None:
    rows = deepcopy(ROWS["articles"])
    rows[1]["translations"] = items
    assert not sure.kept(Glance("articles", tables.to_batch("articles", rows)))


def cells(found: list[str | None]) -> Strings:
    return Strings(pa.array(found, pa.string()))


def test_no_suspect_character_is_missed() -> None:
    suspect = [chr(point) for point in range(0x3100) if re.search(SUSPECT, chr(point))]
    suspect += ["\uac00", "\ue000", "\ufb01", "\ufeff", "\ufffd", "\U0001f309", "\U0010ffff"]
    for letter in suspect:
        assert not is_clean(cells(["plain", f"a{letter}b", None])), hex(ord(letter))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_no_text_decoded_wrongly_is_missed(encoding: str) -> None:
    for point in (*range(0xA0, 0x250), *range(0x391, 0x450), 0x2013, 0x2019, 0x201C, 0x20AC, 0x1F309):
        wrong = chr(point).encode().decode(encoding, "replace") * 3
        assert is_clean(cells(["a" + wrong])) <= (re.search(MOJIBAKE, "a" + wrong) is None), hex(point)


@pytest.mark.parametrize(
    "text",
    ["naïve café", "“Yes,” said O’Dell – for € 5…", "IRMÃ", "Âge d’or", "l’été, là-bas", "tab\tline\r\n", "", "Ður ð"],
)
def test_usual_texts_are_clean(text: str) -> None:
    assert is_clean(cells([text, None, "”"]))


MARKED = "ab é5'’‘`\"“”«»„\u00a0\u202f,.—\n"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from(MARKED), max_size=16), min_size=1, max_size=3), st.data())
def test_marks_of_articles_without_doubt_are_accounted_for(bodies: list[str], data: st.DataObject) -> None:
    rows: dict[str, list[dict[str, Any]]] = {"articles": [], "quotes": [], "set_aside": []}
    for number, body in enumerate(bodies):
        key = f"{number:016x}"
        rows["articles"].append(ROWS["articles"][0] | {"article_id": key, "body": body or None, "headline": None})
        for name in ("quotes", "set_aside"):
            for start in sorted(data.draw(st.sets(st.integers(-1, 16), max_size=3))):
                at = {"article_id": key, "field": "body", "start": start, "end": start + data.draw(st.integers(0, 9))}
                rows[name].append(ROWS[name][0] | at)
    glances = Glances({name: tables.to_batch(name, some) for name, some in rows.items()})
    doubtful = sure.doubtful(glances)
    assert doubtful is not None
    for number, article in enumerate(rows["articles"]):
        own = [
            [Range(r["start"], r["end"]) for r in rows[name] if r["article_id"] == article["article_id"]]
            for name in ("quotes", "set_aside")
        ]
        assert number in doubtful or not unaccounted(article["body"] or "", *own)


@pytest.mark.parametrize(
    ("body", "quote", "expected"),
    [
        ("“Yes,” she said.", Range(1, 5), []),
        ("« Oui », dit-elle.", Range(2, 5), []),
        ("«\u00a0Oui\u00a0», dit-elle.", Range(2, 5), []),
        ("“‘Yes’,” no.", Range(2, 5), []),
        ("It's l’été, rock'n'roll: “yes”.", Range(26, 29), []),
        ("“Yes,” she said. “No", Range(1, 5), [0]),
        ("The dogs' bone “is”.", Range(16, 18), [0]),
        ("He said ''yes''.", Range(10, 13), [0]),
    ],
)
def test_marks_at_the_edge_of_quotes_leave_no_doubt(body: str, quote: Range, expected: list[int]) -> None:
    at = {"article_id": "0" * 16, "field": "body", "start": quote.start, "end": quote.end}
    rows = {
        "articles": [ROWS["articles"][0] | {"article_id": "0" * 16, "body": body, "headline": None}],
        "quotes": [ROWS["quotes"][0] | at],
        "set_aside": [],
    }
    found = sure.doubtful(Glances({name: tables.to_batch(name, some) for name, some in rows.items()}))
    assert found is not None
    assert found.tolist() == expected


LETTERS = "aZ =.\t\x00\x7fé“”€ÃÂâïð»Ÿ©œ\u0080\u00a0\u200c\u200b\u0301ПÐÑ中🌉"


@settings(deadline=None, max_examples=300)
@given(st.lists(st.none() | st.text(st.sampled_from(LETTERS), max_size=6), min_size=1, max_size=5))
def test_what_is_clean_holds_nothing_to_find(found: list[str | None]) -> None:
    rows = deepcopy(ROWS["set_aside"])[:1] * len(found)
    glance = Glance(
        "set_aside", tables.to_batch("set_aside", [row | {"text": each} for row, each in zip(rows, found, strict=True)])
    )
    if "text" not in sure.unclean(glance):
        assert not any(re.search(f"{SUSPECT}|{FORMULA}", each) for each in found if each)
