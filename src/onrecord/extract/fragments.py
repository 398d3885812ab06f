"""Quotations without a reporting word: beside any verb, after a colon, or alone."""

from __future__ import annotations

import re
from typing import Final

from onrecord.extract import clauses, content, inversion, sources, stops, subjects
from onrecord.extract.drafts import Draft, Reading
from onrecord.extract.tokens import Sentence, Tokens, ended

_RESUMED: Final = re.compile("(?:[rb&D,:]|id?[NDn#]++)++")

FRAGMENT: Final = 30
"""Characters from which a quotation after any verb is taken for something said."""


def colon(reading: Reading) -> None:
    """Read SUBJECT ...: "CONTENT" where no reporting word stands."""
    s = reading.s
    tags = s.tags
    for index in range(2, len(tags)):
        if tags[index] != "Q" or tags[index - 1] != ":" or index in reading.owned or resumes(s, index):
            continue
        source = _labelled(s, index - 1) or _announcing(reading, index - 1, closes=not tags[index + 1 :].strip("."))
        if source is not None:
            reading.add(Draft(source, (index - 1, index), [(index, index + 1)], "colon"))


def resumes(s: Sentence, index: int) -> bool:
    """Tell whether only adverbs and times lead to a quotation, which nobody says anew: "Then, on Radio Quay: ..."."""
    return s.tags[index - 1 : index] in {",", ":"} and _RESUMED.fullmatch(s.tags, 0, index) is not None


def _announcing(reading: Reading, mark: int, *, closes: bool) -> Tokens | None:
    """Return who a colon gives the word to: a name, whose verdict it is, and, where it `closes`, any subject."""
    s = reading.s
    told = next((draft.source for draft in reading.drafts if draft.source and draft.source[1] == mark), None)
    if told is not None:
        return told
    subject = subjects.main(s, 0, mark)
    if subject is not None and (owner := _owner(reading, subject)) is not None:
        return owner
    for found in (subject, sources.before(s, mark, 0)):
        if found is not None and s.tags[found[0]] not in "it" and any(t in "Np" for t in s.tags[slice(*found)]):
            return found
    if not closes or subject is None:
        return None
    return subject if s.tags[subject[0]] in "dn#" or s.words[subject[0]] in s.lists["others"] else None


def _owner(reading: Reading, subject: Tokens) -> Tokens | None:
    """Return whose words a noun phrase names: "her verdict", "the union's reply to Moss"; a letter speaks itself."""
    s, (first, last) = reading.s, subject
    mark = first if s.words[first] in s.lists["possessive"] else s.tags.find("H", first, last)
    end = next((at for at in range(mark + 1, last) if s.tags[at] in "it,"), last)
    head = s.words[end - 1]
    if mark < 0 or not (head in reading.words.nouns or head in s.lists["stance"] or head in s.lists["chants"]):
        return None
    return subject if head in s.lists["documents"] else (first, mark + 1)


def _labelled(s: Sentence, mark: int) -> Tokens | None:
    """Return the names between a dash and a colon: "Bridge falls - Ada Moss: ..."."""
    first = s.tags.rfind("-", 0, mark) + 1
    names = s.tags[first:mark]
    return (first, mark) if first and "N" in names and not names.strip("N&#") else None


def fragment(reading: Reading) -> None:
    """Read SUBJECT verb "CONTENT" with a verb that no list holds."""
    s = reading.s
    tags = s.tags
    for index in range(1, len(tags)):
        if tags[index] != "Q" or index in reading.owned or s.regions[index].size < FRAGMENT:
            continue
        verb = index - 1
        while verb > 0 and verb > index - 8 and not (tags[verb] in "vzeV" and clauses.finite(s, verb)):
            verb -= 1
        if tags[verb] not in "vzeV" or not clauses.finite(s, verb) or any(t in ",;:" for t in tags[verb:index]):
            continue
        source = sources.before(s, sources.group(s, verb), reading.floor(verb))
        if source is not None and source[1] <= verb:
            reading.add(Draft(source, (verb, verb + 1), [(index, index + 1)], "fragment after an unlisted verb"))


def closed(reading: Reading) -> None:
    """Read 'SUBJECT verb, "CONTENT"' with a verb that no list holds, where the quotation is a sentence."""
    s = reading.s
    tags = s.tags
    for index in range(3, len(tags)):
        if tags[index - 1 : index + 1] != ",Q" or index in reading.owned or s.regions[index].lower:
            continue
        verb = index - 2
        while verb > 1 and tags[verb] in "r&":
            verb -= 1
        whole = ended(s, index) or s.regions[index].size >= FRAGMENT
        if tags[verb] not in "ve" or not clauses.finite(s, verb) or not whole:
            continue
        source = sources.before(s, sources.group(s, verb), reading.floor(verb))
        if source is not None and source[1] <= verb:
            reading.add(Draft(source, (verb, index - 1), [(index, index + 1)], "quotation after an unlisted verb"))


def predicate(reading: Reading) -> None:
    """Read 'SUBJECT's answer was "CONTENT"' and "SUBJECT's view is that CONTENT" with marks in it."""
    s = reading.s
    for index in range(2, len(s.tags)):
        if s.tags[index] not in "QT" or index in reading.owned or reading.inside(index):
            continue
        verb = index - 1 - (s.tags[index - 1] == ",")
        if s.words[verb] not in reading.words.be or s.tags[verb] != "a":
            continue
        group = sources.group(s, verb)
        subject = sources.before(s, group, reading.floor(group))
        owner = _owner(reading, subject) if subject is not None else None
        last = index + 1 if s.tags[index] == "Q" else stops.end(s, index, reading.words)
        if owner is not None and "Q" in s.tags[index:last]:
            reading.add(Draft(owner, (group, verb + 1), [(index, last)], "noun-quote"))


def adjacent(reading: Reading) -> None:
    """Give a quotation beside a subject and a verb that no list holds to them."""
    s = reading.s
    tags = s.tags
    for index in range(len(tags)):
        if tags[index] != "Q" or index in reading.owned:
            continue
        step = index + 1 + (tags[index + 1 : index + 2] == ",")
        last = (
            subjects.rightwards(s, step, len(tags))
            if step < len(tags) and tags[step] in "NdnH"
            else step + (tags[step : step + 1] == "p")
        )
        if last > step + 1 and tags[last - 1] == "e":
            last -= 1
        apart = step > index + 1 or ended(s, index)
        if apart and step < last < len(tags) and tags[last] in "vze" and (index == 0 or tags[index - 1] in ",:Q"):
            reading.add(
                Draft(
                    (step, last),
                    (last, last + 1),
                    [(index, index + 1), *content.later(reading, last + 1)],
                    "quotation-subject-unlisted verb",
                )
            )


def inverted(reading: Reading) -> None:
    """Give a quotation before a verb that no list holds to the subject after it: "CONTENT," verb SUBJECT."""
    s = reading.s
    for index in range(len(s.tags) - 2):
        verb = index + 1
        if s.tags[index] != "Q" or index in reading.owned or s.tags[verb] not in "ev" or not ended(s, index):
            continue
        source = inversion.after(s, verb + 1, s.lists["inner"])
        if source is not None:
            pieces = [(index, verb), *content.later(reading, source[1] + 1)]
            reading.add(Draft(source, (verb, verb + 1), pieces, "quotation-unlisted verb-subject"))


def leftover(reading: Reading) -> list[int]:
    """Return the quotations of a sentence that nobody has been given."""
    return [index for index in reading.s.regions if index not in reading.owned]
