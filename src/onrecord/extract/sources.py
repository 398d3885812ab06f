"""Who is the subject of this verb: one answer for every rule."""

from __future__ import annotations

from onrecord.extract.tokens import Sentence

Tokens = tuple[int, int]
"""A half-open range of a sentence's tokens."""

NOMINAL = frozenset("NnH#P)(oeMDd")
NOUNISH = frozenset("NnHPo#)DQ")
LINKS = frozenset("i&rg")
VERBS = frozenset("vVaz")
PROPORTION = 3
"""How much longer than its noun a source with a relative clause may be."""
FAR = 60
"""Tokens that a subject may stand from its verb."""


def group(s: Sentence, verb: int) -> int:
    """Return the first token of a verb with its auxiliaries and adverbs: "has repeatedly said"."""
    tags, first = s.tags, verb
    while first > 0 and tags[first - 1] in "ar":
        first -= 1
    if first > 1 and tags[first - 1] == "t":
        governor = first - 2
        low = max(0, governor - 4)
        while governor > low and tags[governor] in "rnDiojed" and tags[governor] != "e":
            governor -= 1
        if tags[governor] in "vzyVZYeaGgM":
            return group(s, governor) if governor else 0
    while first < verb and tags[first] == "r" and first > 0 and tags[first - 1] in ",;:":
        first += 1
    return first


def before(s: Sentence, verb: int, floor: int) -> Tokens | None:
    """Return the subject to the left of the verb group that begins at `verb`, not left of `floor`."""
    tags = s.tags
    last = _skip_time(s, verb - 1, floor)
    if last < floor:
        return None
    tag = tags[last]
    if tag in "pWk" or (tag == "P" and (last == floor or tags[last - 1] not in NOMINAL)):
        return last, last + 1
    if tag == "Q" and s.words[last] != "\ue001":
        return _after_relative(s, floor, last)
    if tag == ",":
        return _apposed(s, floor, last) or main(s, floor, last)
    if tag in NOMINAL or tag in "yzYZgG-":
        return _leftwards(s, last, floor)
    if tag == "T":
        return last, last + 1
    if tag == "-":
        opening = tags.rfind("-", floor, last)
        noun = _leftwards(s, opening - 1, floor) if opening > floor and tags[opening - 1] in NOMINAL else None
        return (noun[0], last) if noun else None
    if tag in "vVzM" and (relative := _relative(s, last, floor)) is not None:
        return relative, last + 1
    return None


def _after_relative(s: Sentence, floor: int, quote: int) -> Tokens | None:
    """Return a subject whose relative clause ends in a quotation: "Smith, who calls it a "sham," said"."""
    tags = s.tags
    relative = tags.rfind("W", floor, quote)
    last = relative - 2 if tags[relative - 1 : relative] == "," else relative - 1
    return _leftwards(s, last, floor) if relative > floor and last >= floor and tags[last] in NOMINAL else None


def _apposed(s: Sentence, floor: int, comma: int) -> Tokens | None:
    """Return a subject with its apposition that follows a whole clause: "CLAUSE, Smith, the mayor, said"."""
    tags = s.tags
    opening = tags.rfind(",", floor, comma)
    if opening <= floor or tags[opening + 1] not in "dNnW#P":
        return None
    noun = _leftwards(s, opening - 1, floor) if tags[opening - 1] in NOMINAL else None
    if noun is None or noun[0] <= floor or tags[noun[0] - 1] not in ",Q":
        return None
    clause = tags[max(floor, noun[0] - 40) : noun[0]]
    if tags[noun[0] - 1] == "Q" or (any(t in "vVaz" for t in clause) and tags[floor] not in "sigGe"):
        return noun[0], comma
    return None


def _skip_time(s: Sentence, last: int, floor: int) -> int:
    tags = s.tags
    while last >= floor and tags[last] in "rD":
        if tags[last] == "D" and (last == floor or tags[last - 1] in "di"):
            back = last - 1
            while back >= floor and tags[back] in "d":
                back -= 1
            if back >= floor and tags[back] == "i":
                last = back - 1
                continue
            if floor <= back < last - 1 and tags[back] in "nN":
                return back
            return last
        last -= 1
    return last


def _leftwards(s: Sentence, last: int, floor: int) -> Tokens | None:
    tags = s.tags
    first = last
    low = max(floor, last - FAR)
    while first > low:
        tag = tags[first - 1]
        if tags[first] == "d" and tag in "nN" and first < last:
            break
        if tag in NOMINAL or tag in "rg":
            first -= 1
        elif tag == "t" and tags[first] in "NnodH#DP":
            first -= 1
        elif tag == "i" and s.words[first - 1] in s.lists["subordinating"]:
            break
        elif tag in "i&" and tags[first] not in "i&":
            first -= 1
        elif tag in "yzYZGM" and _is_noun(s, first - 1):
            first -= 1
        elif tag == "," and first > low + 3 and tags[first - 2] in "eM" and tags[first] in "n#e" and tags[first - 3] == "d":
            first -= 2
        elif tag == "-" and first > low + 1 and tags[first - 2] in "Nn" and tags[first] in "Nn" and s.starts[first] - s.ends[first - 2] < 3:
            first -= 1
        else:
            break
    if first - 1 > floor and tags[first - 1] in "yY" and tags[first - 2] == "t" and first - 3 >= low and tags[first - 3] in "gneN":
        longer = _leftwards(s, first - 3, floor)
        if longer is not None:
            return longer[0], last + 1
    if first > floor and tags[first - 1] in "vVazZMyY":
        relative = _relative(s, first - 1, floor)
        if relative is not None:
            return relative, last + 1
    return _named(s, _trim(s, first, last + 1), floor)


def _named(s: Sentence, found: Tokens | None, floor: int) -> Tokens | None:
    """Take in the role before a name: "A former general of the marines, Robert Magowan, ..."."""
    tags = s.tags
    if found is None or tags[found[1] + 1 : found[1] + 2] == ",":
        return found
    if found[0] - 2 <= floor or tags[found[0] - 1] != "," or set(tags[found[0] : found[1]]) != {"N"}:
        return found
    first = found[0] - 1
    while first > floor and tags[first - 1] in "NnH#edy" or (first > floor and tags[first - 1] in "i" and tags[first] in "dNnH"):
        first -= 1
    opens = first == floor or tags[first - 1] in "&b,Q"
    return (first, found[1]) if opens and first < found[0] - 1 and tags[first] in "dnH" and "n" in tags[first : found[0]] else found


def _is_noun(s: Sentence, index: int) -> bool:
    """Tell whether a form that may be noun or verb is a noun where it stands."""
    before_ = s.tags[index - 1] if index else ","
    if before_ in ",Q&s" and s.tags[index] in "yY" and s.tags[index + 1 : index + 2] == "n":
        return True
    return before_ in "dHineg#NMPo" and (before_ not in "nN" or s.tags[index] in "yY")


def _relative(s: Sentence, verb: int, floor: int) -> int | None:
    """Return where the noun phrase begins whose relative clause holds `verb`."""
    tags = s.tags
    for index in range(verb, max(floor, verb - 25) - 1, -1):
        if tags[index] in ";:":
            return None
        if tags[index] == "W" or (tags[index] == "T" and index > floor and tags[index - 1] in "nN"):
            if index == floor:
                return None
            last = index - 1
            if tags[last] == ",":
                last -= 1
            if last < floor or tags[last] not in NOMINAL:
                return None
            found = _leftwards(s, last, floor)
            return found[0] if found else None
    return None


def _trim(s: Sentence, first: int, last: int) -> Tokens | None:
    """Strip what introduces a subject: conjunctions, adverbs, times and a prepositional phrase without comma."""
    tags = s.tags
    while first < last - 1 and tags[first] in "&rbD)-":
        first += 1
    if tags[first] in "ige":
        first = _after_phrase(s, first, last)
    while first < last - 1 and tags[first] in "&rD":
        first += 1
    return (first, last) if first < last and any(tags[i] in "NnPH#odeMyzYZgD" for i in range(first, last)) else None


def _after_phrase(s: Sentence, first: int, last: int) -> int:
    tags = s.tags
    for index in range(last - 1, first, -1):
        if tags[index] in "pP" or (tags[index] == "d" and tags[index - 1] in "nN#DH)"):
            return index
        if tags[index] == "N" and tags[index - 1] in "nD#":
            return index
    if tags[first] in "ge":
        return first
    if tags[last - 1] == "N" and all(t == "N" for t in tags[first + 1 : last]) and last - first > 2:
        return last - 1
    return first + 1


def rightwards(s: Sentence, first: int, limit: int) -> int:
    """Return where the noun phrase that begins at `first` ends."""
    tags = s.tags
    index = first
    while index < limit:
        tag = tags[index]
        if tag == "e" and index > first and tags[index - 1] in "Nr" and tags[index + 1 : index + 2] not in {"n", "N"}:
            break
        if tag in "NnHP#de)(oM" or (tag in "yzYZ" and index > first and _is_noun(s, index)):
            index += 1
        elif tag in "i&gr" and index > first and index + 1 < limit and tags[index + 1] in "NndH#eogPyQD":
            index += 1
        elif tag == "-" and index + 1 < limit and s.starts[index + 1] - s.ends[index - 1] < 3:
            index += 1
        elif tag == "D" and index > first:
            index += 1
        else:
            break
    return index


def main(s: Sentence, floor: int, comma: int) -> Tokens | None:
    """Return the subject of the clause that a comma interrupts just before its verb, with its apposition."""
    tags = s.tags
    floor = max(floor, tags.rfind("Q", floor, comma) + 1, min(s.lead, comma))
    first = _clause_start(s, floor, comma)
    if first is None:
        return None
    if tags[first] in "pWk":
        return first, first + 1
    last = rightwards(s, first, comma)
    if last == first:
        return None
    if last < comma and tags[last] != "," or "v" in tags[last:comma]:
        while last > first + 1 and tags[last - 1] in "Drig":
            last -= 1
    short = last - first == 1 or (last - first == 2 and s.words[first].endswith("."))
    while last < comma and tags[last] == "," or (last < comma and tags[last] == "W"):
        step = last + (tags[last] == ",")
        if step >= comma or tags[step] not in "dNnW#PeH(":
            break
        close = tags.find(",", step, comma)
        close = comma if close < 0 else close
        if tags[step] == "W" and (short or not _in_proportion(s, first, last, close)):
            break
        if tags[step] != "W" and any(t in "vVaz" for t in tags[step:close]) and "W" not in tags[step:close]:
            break
        last = close
    return first, last


def _in_proportion(s: Sentence, first: int, last: int, close: int) -> bool:
    """Tell whether a relative clause is short enough beside the noun it explains to be part of a source."""
    return s.ends[close - 1] - s.starts[first] <= PROPORTION * max(s.ends[last - 1] - s.starts[first], 10)


def _clause_start(s: Sentence, floor: int, limit: int) -> int | None:
    tags = s.tags
    first = floor
    while first < limit:
        tag = tags[first]
        if tag in "b&r,-)T":
            first += 1
        elif tag in "sigGeMDtVw" or (tag == "d" and tags[first + 1 : first + 2] == "D"):
            comma = tags.find(",", first, limit)
            if comma < 0:
                return None
            first = comma + 1
        else:
            return first
    return None


def after(s: Sentence, verb_end: int, inner: frozenset[str]) -> Tokens | None:
    """Return the subject to the right of an inverted verb, with title, role and apposition.

    `inner` holds the prepositions that may stand inside it ("of", "for").
    """
    tags = s.tags
    count = len(tags)
    first = verb_end
    if first < count and (tags[first] in "pW" or (tags[first] == "P" and tags[first + 1 : first + 2] not in {"N", "n", "i"})):
        return first, first + 1
    if first >= count or tags[first] not in "NndH#eP":
        return None
    last = _inverted(s, first, count, inner)
    if last == first:
        return None
    while last < count and tags[last] == "," and last + 1 < count:
        step = last + 1
        close = _segment(s, step)
        if tags[step] == "W" and s.words[step] not in s.lists["things"] and _in_proportion(s, first, last, close):
            last = close
        elif (tags[step] in "dNn#ePr" or (tags[step] in "zyY" and tags[step + 1 : step + 2] == "&")) and not (tags[step] in "d#" and tags[step + 1 : step + 2] == "D"):
            verb = next((i for i in range(step, close) if tags[i] in "vaVk" and tags[i - 1] not in "tidH"), close)
            if verb < close and not set("WTs&") & set(tags[step:verb]):
                break
            last = close
        else:
            break
    return first, last


def _inverted(s: Sentence, first: int, limit: int, inner: frozenset[str] | None) -> int:
    tags = s.tags
    index = first
    while index < limit:
        tag = tags[index]
        if tag in "NnH#de)(oMP" or (tag in "yzYZG" and index > first):
            index += 1
        elif tag == "D" and index > first and tags[index - 1] == "d" and tags[index + 1 : index + 2] in {"n", "N"}:
            index += 1
        elif tag == "i" and index > first and (inner is None or s.words[index] in inner) and index + 1 < limit and tags[index + 1] in "NndH#eogPyi":
            if tags[index + 1] == "D":
                break
            index += 1
        elif tag == "&" and index > first and index + 1 < limit and tags[index + 1] in "NndH#":
            index += 1
        elif tag in "gr" and inner is None and index > first:
            index += 1
        elif tag == "-" and index > first and index + 1 < limit and s.starts[index + 1] - s.ends[index - 1] < 3:
            index += 1
        elif tag == "W" and index > first:
            return _segment(s, index)
        else:
            break
    return index


def _segment(s: Sentence, first: int) -> int:
    """Return where the stretch that begins at `first` ends: at a comma, a dash, a quotation or the sentence's end."""
    tags = s.tags
    for index in range(first, len(tags)):
        if tags[index] == "Q" and tags[index - 1] not in ",:;" and s.regions[index].lower and s.words[index] == "\ue001":
            continue
        if tags[index] in ",;:.Q" or (tags[index] == "-" and s.starts[index] > s.ends[index - 1]):
            return index
    return len(tags)


def informant(s: Sentence, first: int) -> Tokens:
    """Return the source after "according to": the noun phrase with all that restricts it, and its apposition."""
    tags = s.tags
    last = _segment(s, first)
    while last + 1 < len(tags) and tags[last] == ",":
        step = last + 1
        close = _segment(s, step)
        apposed = tags[step] == "W" or (tags[step] in "dn" and not any(t in "vaVk" for t in tags[step:close]))
        if not apposed:
            break
        last = close
    return first, max(last, first + 1)
