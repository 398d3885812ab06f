"""What a line of running text is, by its shape: a paragraph, a subheading, a caption."""

from __future__ import annotations

import re

from onrecord.converters import dates

MAX_SUBHEADING = 120
"""Code points of a subheading."""
MAX_CAPTION = 500
LONG = 200
"""Code points from which a line is a paragraph, however it ends."""
TERMINAL = re.compile(r"[.!?…:;。！？।][\s\"'»«”“’‘)\]]{0,6}$")
AGENCY = re.compile(
    r"\b(?:AFP|AP|REUTERS|Reuters|EPA|MAXPPP|SIPA|GETTY IMAGES|Getty Images|dpa|DPA|ANSA|EFE|TT|NTB|PA Images|PA Wire|"
    r"Alamy|Shutterstock|LE MONDE|Belga|BELGA|ANP|APA|Keystone|KEYSTONE|IMAGO|imago|Hans Lucas|HANS LUCAS|MAGNUM)\b"
)


def is_paragraph(text: str) -> bool:
    """Tell whether a line reads as running text: it ends as a sentence does, or is long, or is an item of a list.

    >>> is_paragraph("It rained."), is_paragraph("Twelve secret wells")
    (True, False)
    """
    return len(text) >= LONG or TERMINAL.search(text[-40:]) is not None or text.startswith(("•", "- ", "– ", "— "))


def is_subheading(text: str) -> bool:
    """Tell whether a line has the shape of a subheading: short, and no sentence.

    >>> is_subheading("Twelve secret wells"), is_subheading("It rained.")
    (True, False)
    """
    return len(text) <= MAX_SUBHEADING and not is_paragraph(text) and any(c.isalpha() for c in text)


def has_credit(text: str) -> bool:
    """Tell whether a line ends with the credit of a picture.

    >>> has_credit("The minister in Lyon, on May 7. ANN SAMPLE / AFP"), has_credit("The AFP reported it.")
    (True, False)
    """
    if len(text) > MAX_CAPTION:
        return False
    tail = text[-90:]
    if tail.rstrip().endswith((".", "!", "?", ":")) and not tail.rstrip(".").endswith("AFP"):
        return tail.startswith("©")
    last = re.split(r"[.!?»”]\s+", tail)[-1]
    is_loud = len(last) >= 6 and last.upper() == last and any(c.isupper() for c in last) and last != text
    return bool((AGENCY.search(last) and (len(last) < 60 or "/" in last) and last != text) or "©" in last or is_loud)


def is_dated_scene(text: str) -> bool:
    """Tell whether a line is one sentence that ends with the day and nothing else, as captions do.

    >>> is_dated_scene("Ann Sample at the conference, at the palace in Paris, February 26, 2024.")
    True
    >>> is_dated_scene("It rained. It stopped on February 26, 2024.")
    False
    """
    bare = text.rstrip(" .")
    if len(text) > MAX_CAPTION or re.search(
        r"[.!?]\s+[^\W\d_a-z]", re.sub(r"\b(?:[A-Z]|M|MM|Mme|Mr|Mrs|Dr|St)\.", "", bare)
    ):
        return False
    stamps = dates.find_stamps(bare[-60:])
    return bool(stamps) and stamps[-1].end == len(bare[-60:])
