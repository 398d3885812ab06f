"""Who is the subject of this verb, read from the verb to the left: one answer for every rule."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, edges, leftwards, subjects
from onrecord.extract.leftwards import FAR
from onrecord.extract.subjects import NOMINAL
from onrecord.extract.tokens import COMMA, OPEN, Sentence, Tokens

_INSERTED: Final = re.compile(r"a(?:id?n|P|i?[rd]{0,2}D)$")

_PLACED: Final = re.compile("(?<=[vV])[ti][dH]?[nNy]{1,2}$")
"""Where or to whom somebody turns to say it: "took | to Twitter to say", "wrote | to the board to demand"."""

_APPOSED: Final = frozenset("dNnMegG")
_ENDS: Final = NOMINAL | frozenset("yYzZ")
_TENSES: Final = ("vVea", "zZa", "yYa")


def group(s: Sentence, verb: int) -> int:
    """Return the first token of a verb with its auxiliaries and adverbs: "has repeatedly said"."""
    tags, first = s.tags, verb
    while first > 0 and (tags[first - 1] in "arR" or tags[first - 2 : first] == "ai"):
        first -= 1
    if tags[first - 1 : first] == "s" and s.words[first - 1] in s.lists["adverbial"]:
        first -= 1
    if tags[first - 1 : first] in {"n", "P", "D"} and (inserted := _INSERTED.search(tags, max(first - 4, 0), first)):
        first = inserted.start()
    if first > 1 and tags[first - 1] == "t":
        governor = first - 2
        placed = _PLACED.search(tags, max(governor - 4, 0), governor + 1)
        if placed and (placed[0][0] == "t" or s.words[placed.start() - 1] in s.lists["asserting"]):
            governor = placed.start() - 1
        low = max(0, governor - 4)
        while governor > low and (
            (tags[governor] in "rnDiojd") or (tags[governor] in "yzZ" and tags[governor - 1] in "dH")
        ):
            governor -= 1
        if tags[governor] in "vzyVZYeaGgM":
            return group(s, governor) if governor else 0
    while first < verb and tags[first] == "r" and first > 0 and _precedes(s, first):
        first += 1
    return first


def _precedes(s: Sentence, adverb: int) -> bool:
    """Tell whether an adverb is no part of the verb group after it: "voters here | say", "he left, often | saying"."""
    before = s.tags[adverb - 1]
    return before in ",;:" or (before in "nN" and s.words[adverb] in s.lists["here"])


def before(s: Sentence, verb: int, floor: int) -> Tokens | None:
    """Return the subject to the left of the verb group that begins at `verb`, not left of `floor`."""
    if verb > floor + 1 and s.tags[verb - 1] in "rP" and s.words[verb - 1] in s.lists["here"]:
        found = _ending(s, verb - 1, floor)
        return (found[0], verb) if found is not None and found[1] == verb - 1 else found
    return _ending(s, verb, floor)


def _ending(s: Sentence, verb: int, floor: int) -> Tokens | None:
    """Return the subject that ends before a verb group, by the token it ends with."""
    tags = s.tags
    last = _skip_time(s, verb - 1, floor)
    while last > floor and tags[last] == "n" and not s.words[last][0].isalnum():
        last -= 1
    if last < floor:
        return None
    tag = tags[last]
    if last < verb - 1 and tag in "eVMv" and last > floor and tags[last - 1] in "nNyY" and "D" in tags[last + 1 : verb]:
        noun = leftwards.phrase(s, last - 1, floor)
        return noun and _whole(s, (noun[0], verb), verb, floor)
    if tag in "pWk" or (tag == "P" and (last == floor or tags[last - 1] not in NOMINAL) and not _governed(s, last)):
        return edges.counted(s, (last - (tag == "P" and tags[last - 1 : last] == "p"), last + 1), floor)
    if tag == "Q" and s.words[last] != OPEN:
        return _after_relative(s, floor, last) or _after_name(s, last)
    if tag == ",":
        found = _apposed(s, floor, last) or subjects.main(s, floor, last)
        titled = found is not None and found[1] == last and last < verb - 1 and tags[verb - 1] == "n"
        return (found[0], verb) if found and titled else found
    if tag == "-":
        return _dashed(s, floor, last)
    if tag in NOMINAL or tag in "yzYZgG":
        return _noun(s, last, verb, floor)
    if tag == "T":
        return last, last + 1
    return _after_verb(s, last, verb, floor) if tag in "vVzM" else None


def _noun(s: Sentence, last: int, verb: int, floor: int) -> Tokens | None:
    """Return the noun phrase that ends at a token, and with a mark of a title: "A slide, titled “Elm”, says"."""
    if s.tags[last] == "n" and not s.words[last][0].isalnum():
        titled = subjects.main(s, floor, last)
        return titled and (titled[0], last + 1)
    found = edges.without_venue(s, leftwards.phrase(s, last, floor))
    return found if found is None or "v" not in s.tags[found[0] : last] else _whole(s, found, verb, floor)


def _whole(s: Sentence, found: Tokens, verb: int, floor: int) -> Tokens:
    """Return the noun with its relative clause where that clause was found: "people whom | Moss met"."""
    first = found[0]
    if first - 2 < floor or s.tags[first - 1] != "W" or s.tags[first - 2] not in "nN":
        return found
    noun = leftwards.phrase(s, first - 2, floor)
    return (noun[0], verb) if noun else found


def _after_verb(s: Sentence, last: int, verb: int, floor: int) -> Tokens | None:
    """Return a subject that ends with a verb: a participle, "those polled", or the verb of a relative clause."""
    if s.tags[last] in "vV" and last - 1 >= floor and s.tags[last - 1] in "nNP":
        noun = leftwards.phrase(s, last - 1, floor)
        if noun is None or noun[0] == floor or s.tags[noun[0] - 1] != "W":
            return (noun[0], last + 1) if noun else None
    relative = leftwards.relative(s, last, floor)
    if relative is None:
        return None
    dated = "D" in s.tags[last + 1 : verb] and not s.tags[last + 1 : verb].strip("idD#")
    return relative, verb if dated else last + 1


def _governed(s: Sentence, pronoun: int) -> bool:
    """Tell whether a pronoun belongs to a preposition: "a person familiar with | it", but not "after it"."""
    before = s.words[pronoun - 1] if pronoun else ""
    return s.tags[pronoun - 1 : pronoun] == "i" and before not in s.lists["subordinating"]


def _dashed(s: Sentence, floor: int, last: int) -> Tokens | None:
    """Return the subject before a pair of dashes, with what stands between them unless that is a long clause."""
    tags = s.tags
    opening = tags.rfind("-", floor, last)
    noun = leftwards.phrase(s, opening - 1, floor) if opening > floor and tags[opening - 1] in _ENDS else None
    if noun is None:
        return leftwards.phrase(s, last, floor)
    long = tags[opening + 1] in "Wi" and not subjects.in_proportion(s, *noun, last)
    return noun[0], noun[1] if long else last


def coordinate(s: Sentence, verb: int) -> Tokens | None:
    """Return the subject that a verb group after "and" shares with a verb before it of the same tense."""
    tense = next((tense for tense in _TENSES if s.tags[verb] in tense), "vVzZae")
    nested: Tokens | None = None
    for other in range(verb - 2, max(verb - FAR, 0), -1):
        if s.tags[other] in ";:":
            break
        if s.tags[other] not in tense or not clauses.finite(s, other):
            continue
        found = before(s, group(s, other), 0)
        if found is None or s.tags[found[0]] == "T":
            continue
        if s.tags[found[0]] == "W" or (found[0] == 0 or s.tags[found[0] - 1] not in "TWwsvVzZyYieg"):
            return found
        nested = nested or found
    return subjects.main(s, 0, verb - 1) or nested


def antecedent(s: Sentence, relative: int) -> Tokens | None:
    """Return the noun that a relative pronoun explains: "Smith, | who said so, added"."""
    last = relative - 1 - (s.tags[relative - 1] == ",")
    return leftwards.phrase(s, last, 0) if 0 <= last < relative and s.tags[last] in _ENDS else None


def _after_relative(s: Sentence, floor: int, quote: int) -> Tokens | None:
    """Return a subject whose relative clause ends in a quotation: "Smith, who calls it a "sham," said"."""
    tags = s.tags
    relative = tags.rfind("W", floor, quote)
    last = relative - 2 if tags[relative - 1 : relative] == "," else relative - 1
    return leftwards.phrase(s, last, floor) if relative > floor and last >= floor and tags[last] in NOMINAL else None


def _after_name(s: Sentence, quote: int) -> Tokens | None:
    """Return a subject whose apposition ends in a name between marks: "Smith, known as “the Dean,” said"."""
    comma = s.tags.rfind(",", 0, quote)
    if s.words[quote] != COMMA or comma <= 0 or s.tags[quote - 1] == "," or s.tags[comma + 1] not in _APPOSED:
        return None
    found = subjects.main(s, 0, comma)
    if found is None or found[1] != comma or _has_finite(s, comma, quote):
        return None
    return found if s.tags[comma + 1] in "gG" else (found[0], quote + 1)


def _has_finite(s: Sentence, first: int, last: int) -> bool:
    return any(clauses.finite(s, index) and s.tags[index] != "e" for index in range(first + 1, last))


def _apposed(s: Sentence, floor: int, comma: int) -> Tokens | None:
    """Return a subject with its apposition that follows a whole clause: "CLAUSE, Smith, the mayor, said"."""
    tags = s.tags
    opening = tags.rfind(",", floor, comma)
    apposes = tags[opening + 1] in "dNnW#PgG" or tags[opening + 1 : opening + 3] in {"vi", "ei"}
    if opening <= floor or not apposes:
        return None
    noun = leftwards.phrase(s, opening - 1, floor) if tags[opening - 1] in NOMINAL else None
    if tags[opening + 1] in "gG":
        return noun if noun is not None and tags[noun[0] - 1] in "s&b" else None
    if noun is not None and noun[0] > 0 and tags[noun[0] - 1] in "wW":
        return noun[0], comma
    if noun is None or noun[0] <= floor:
        return None
    if _joined(s, floor, noun[0]):
        return noun[0], comma
    if tags[noun[0] - 1] not in ",Q":
        return None
    clause = tags[max(floor, noun[0] - 40) : noun[0]]
    if tags[noun[0] - 1] == "Q" or (any(t in "vVaz" for t in clause) and tags[floor] not in "sigGe"):
        return noun[0], comma
    return None


def _joined(s: Sentence, floor: int, first: int) -> bool:
    """Tell whether a noun begins a clause that "and" joins to a whole one: "it fell, and | Smith, the mayor, said"."""
    joins = s.tags[first - 1] in "&b" and s.tags[first - 2 : first - 1] in {",", "Q"}
    return joins and first - 2 > floor and clauses.is_clause(s, floor, first - 2)


def _skip_time(s: Sentence, last: int, floor: int) -> int:
    tags = s.tags
    while last >= floor and tags[last] in "rD":
        if tags[last] == "D" and (last == floor or tags[last - 1] in "di"):
            back = last - 1
            while back >= floor and tags[back] == "d":
                back -= 1
            if back >= floor and tags[back] == "i":
                last = back - 1
                continue
            if floor <= back < last - 1 and tags[back] in "nN":
                return back
            return last
        last -= 1
    return last
