"""Text that is safe wherever a finding is shown: on terminals, in logs, in Markdown, in XML.

Whatever a finding quotes was written by a stranger. What acts instead of being read (control characters,
bidi overrides, zero-width marks, lone surrogates) is shown by its name, and what a format would take for its
own syntax is escaped.
"""

from __future__ import annotations

import re
import unicodedata

SHORT = 200
"""Characters of a value that are shown; the rest is cut."""

_PICTURES = 0x2400
_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")
_AUTOLINKS = re.compile(r"(?<=[A-Za-z])://|(?<=[Ww]{3})\.|@|#(?=[0-9])|(?<=[Gg][Hh])-(?=[0-9])")


def visible(text: str, *, keep: str = "") -> str:
    r"""Return text in which nothing acts: each such character is shown as a picture or a code.

    Characters in `keep` stay.

    Examples
    --------
    >>> visible("a\x1b[2J\tb\u202ec\ud800")
    'a␛[2J␉b⟨U+202E⟩c⟨U+D800⟩'
    """
    if text.isprintable():
        return text
    return "".join(c if c in keep or _plain(c) else _named(c) for c in text)


def _plain(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _named(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_PICTURES + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


def shorten(text: str, most: int = SHORT) -> str:
    """Return at most `most` characters, the cut marked.

    >>> shorten("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def markdown(text: str) -> str:
    r"""Return text that Markdown shows as it is: one line, no syntax, no links, no mentions.

    Examples
    --------
    >>> markdown("a|b *c* @you")
    'a&#124;b &#42;c&#42; &#64;<!-- -->you'
    """
    pieces, at = [], 0
    text = visible(text)
    for found in _AUTOLINKS.finditer(text):
        pieces.append(_entities(text[at : found.end()]))
        at = found.end()
    return "<!-- -->".join([*pieces, _entities(text[at:])])


def code(text: str) -> str:
    """Return text as code in Markdown, in one line of a table too.

    >>> code("a|b")
    '<code>a&#124;b</code>'
    """
    return f"<code>{_entities(visible(text))}</code>"


def _entities(text: str) -> str:
    return _MARKDOWN.sub(lambda found: found.group() if found.group() in ",-./()'!%" else _entity(found.group()), text)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one.

    >>> count(1, "error"), count(4000, "row")
    ('1 error', '4,000 rows')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
