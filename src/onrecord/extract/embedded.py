"""What is said inside another clause, a fronted one or a subject, and where the outer clause goes on."""

from __future__ import annotations

from typing import Final

from onrecord.extract import clauses
from onrecord.extract.tokens import Sentence

_GOVERNED: Final = frozenset("dNopHP")


def budget(s: Sentence, first: int, last: int) -> int:
    """Return where content ends that lies inside a subject: before the verb that is one too many."""
    tags = s.tags
    open_ = int(tags[first] not in "avVzZt")
    depth = 0
    for index in range(first + 1, last):
        depth += (tags[index] == "(") - (tags[index] == ")")
        if depth > 0:
            continue
        if _opens(s, index, open_):
            open_ += 1
        elif tags[index] in "avVzZey" and _predicates(s, index, open_):
            if not open_:
                return _without_adverbs(tags, first, index)
            open_ -= tags[index] not in "VZY"
    return last


def _opens(s: Sentence, index: int, open_: int) -> bool:
    """Tell whether a clause that will have a verb of its own opens at a token; `open_` counts those that lack one."""
    tag = s.tags[index]
    if tag in "&b":
        after = s.tags[index + 1 : index + 3].lstrip("r")[:1]
        return not open_ and after not in {"y", "Y", "g", "G"}
    if tag == "p" and s.tags[index - 1] in "nN":
        return True
    if tag == "s" and s.words[index] in s.lists["as"]:
        close = s.tags.find(",", index)
        return clauses.has_verb(s, index + 1, close if close > 0 else len(s.tags))
    return tag in "TWws;" or s.words[index] in s.lists["subordinating"]


def _predicates(s: Sentence, index: int, open_: int) -> bool:
    """Tell whether a verb is the first of its group and finite: any where a clause waits for one, else a sure one."""
    tags = s.tags
    before = tags[index - 1] if tags[index - 1] != "r" else tags[index - 2]
    tag, after = tags[index], tags[index + 1 : index + 2]
    if not open_ and before in "vyY," and (tag in "vV" or (tag == "e" and after in _GOVERNED)):
        return True
    if before == "a" or not clauses.finite(s, index):
        return False
    if after in {"v", "V", "a"} and tag != "a" and before not in "pPW":
        return False
    if open_ or tag == "a":
        return after != "i" or s.words[index + 1] not in s.lists["by"]
    if tag in "zZ":
        return before != "#" and after in {"d", "N", "o", "p", "P", "H", "r"}
    return tag in "vVe" and after in {"d", "N", "o", "p"}


def _without_adverbs(tags: str, first: int, index: int) -> int:
    while index > first + 1 and tags[index - 1] in ",r-":
        index -= 1
    return index


def fronted(s: Sentence, first: int, openers: str = "sgGeMi") -> bool:
    """Tell whether a token stands in a phrase or a clause before the main clause: "Despite | claims that ..., Moss".

    `openers` are the letters that such a phrase may begin with.
    """
    lead = s.lead
    while lead < first and s.tags[lead] in "&br,":
        lead += 1
    opens = s.tags[lead] in openers or s.words[lead] in s.lists["subordinating"]
    return lead <= first and opens and clauses.next_clause(s, lead) > first


def before_main(s: Sentence, said: tuple[int, int]) -> tuple[int, int]:
    """Return content without the main clause that follows the phrase or the clause in which it is said."""
    first, last = said
    start = first
    if s.tags[first] == "T" and not s.lists["conditional"].isdisjoint(s.words[first + 1 : first + 2]):
        start = clauses.next_clause(s, first + 1) + 1
    return first, max(min(last, clauses.next_clause(s, start)), first + 1)


def subordinate(s: Sentence, first: int) -> bool:
    """Tell whether the clause whose subject begins at `first` depends on another: "After Smith said ..."."""
    while first > 0 and s.tags[first - 1] in "NndH#i&" and s.words[first - 1] not in s.lists["subordinating"]:
        first -= 1
    return first > 0 and (s.tags[first - 1] in "sw" or s.words[first - 1] in s.lists["subordinating"])
