"""Speakers put right: who a quote is attributed to, and who a speaker is in the whole article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.corrections.refusals import Refusal
from onrecord.corrections.rules import ANCHOR, IMPOSSIBLE, OUTDATED
from onrecord.corrections.texts import same
from onrecord.corrections.values import by_hand, label
from onrecord.records import Speaker

if TYPE_CHECKING:
    from onrecord.corrections.rows import Correction
    from onrecord.records import Attribution, Quote


def names(attribution: Attribution) -> str:
    """Return the speakers of an attribution as a person writes them."""
    return " and ".join(label(speaker) for speaker in attribution.speakers)


def attributed(quotes: list[Quote], quote: Quote, correction: Correction) -> Attribution:
    """Return the attribution of a quote with a speaker added, removed, or put in another's place.

    A speaker whom the article already knows by that name is taken as known; a new one is a named person.

    Raises
    ------
    Refusal
        The old speaker is not the one that is attributed now.
    """
    was = quote.attribution
    old = None if correction.action == "add" else _old(was, correction)
    others = tuple(speaker for speaker in was.speakers if speaker is not old)
    if correction.action == "remove":
        return by_hand(replace(was, speakers=others))
    new = _known(quotes, correction.new or "") or Speaker(correction.new, "person")
    if any(same(label(speaker), label(new)) for speaker in others):
        raise Refusal(IMPOSSIBLE, f"{label(new)!r} is a speaker of the quote already")
    kept = tuple(new if speaker is old else speaker for speaker in was.speakers)
    return by_hand(replace(was, speakers=kept if old is not None else (*was.speakers, new)))


def expected(attribution: Attribution, correction: Correction) -> None:
    """Refuse unless one of the speakers is the one that a correction finds right.

    Raises
    ------
    Refusal
        It is another.
    """
    _old(attribution, correction)


def _old(attribution: Attribution, correction: Correction) -> Speaker | None:
    found = [speaker for speaker in attribution.speakers if same(label(speaker), correction.old)]
    if found or (correction.old is None and not attribution.speakers):
        return found[0] if found else None
    now = names(attribution)
    shown = f"the speaker is {now!r}" if now else "the quote has no speaker"
    wanted = repr(correction.old) if correction.old else "none"
    raise Refusal(OUTDATED, f"{shown}, and the correction expects {wanted}", value=now, expected=correction.old)


def _known(quotes: list[Quote], name: str) -> Speaker | None:
    for quote in quotes:
        for speaker in quote.attribution.speakers:
            if same(label(speaker).casefold(), name.casefold()):
                return speaker
    return None


def meant(quote: Quote, correction: Correction) -> Speaker:
    """Return the speaker of a quote that a correction of the table speakers means.

    Raises
    ------
    Refusal
        The quote has none, or several and the correction does not say which.
    """
    speakers = quote.attribution.speakers
    if correction.speaker is not None:
        speakers = tuple(speaker for speaker in speakers if same(label(speaker), correction.speaker))
    if len(speakers) == 1:
        return speakers[0]
    known = names(quote.attribution)
    if not known:
        hint = "give it one first: add with the table attributions and the column speaker"
        raise Refusal(ANCHOR, "the quote has no speaker", hint=hint)
    hint = f"fill the cell speaker with one of: {known}"
    raise Refusal(ANCHOR, f"which speaker of the quote is meant? It has {known}", hint=hint)


def everywhere(quotes: list[Quote], old: Speaker, new: Speaker) -> list[Quote]:
    """Return the quotes of an article with one speaker put right in all of them."""
    return [_with(quote, old, new) for quote in quotes]


def _with(quote: Quote, old: Speaker, new: Speaker) -> Quote:
    was = quote.attribution
    if not any(_is(speaker, old) for speaker in was.speakers):
        return quote
    speakers = tuple(dict.fromkeys(new if _is(speaker, old) else speaker for speaker in was.speakers))
    return replace(quote, attribution=replace(was, speakers=speakers))


def _is(one: Speaker, other: Speaker) -> bool:
    """Tell whether two are one speaker of the article: the same name and kind, or for the unnamed the same in all."""
    if one.name is None or other.name is None:
        return one == other
    return one.kind == other.kind and same(one.name.casefold(), other.name.casefold())
