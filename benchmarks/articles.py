"""Invented articles by the thousand, the same for the same seed: plain-text captures with quotations.

    python benchmarks/articles.py COUNT FOLDER

Writes a collection of COUNT documents of about 700 words into FOLDER.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

FIRST = (
    "Mara Odo Lena Tomas Ines Bruno Vera Anton Clara Hugo Nadia Felix Greta Ivan Paula Rene Sonia Milo Edda Kurt "
).split()
LAST = ("Quill Harrow Venn Tarrant Osei Lindqvist Marsh Pell Okoro Brandt Sorel Duarte Novak Ibsen Caro Flint ").split()
ROLES = (
    "the mayor",
    "a harbour engineer",
    "the head of the water board",
    "a spokesperson for the ministry",
    "an economist at the institute",
    "the club's captain",
)
NOUNS = ("bridge budget harbour school tunnel vote report river market station plan contract museum ferry ").split()
CLAIMS = (
    "the {a} will open before the {b} is finished",
    "nobody had asked about the {a} until the {b} failed",
    "we have no plans for the {a}, and the {b} stays as it is",
    "the {a} cost more than the {b} ever brought in",
    "there must be people who can explain the {a} and the {b}",
)
MONTHS = ("January February March April May June July August September October November December ").split()
NARRATION = (
    "The {a} opened in {year} and was rebuilt twice, the second time after a fire that began in the {b}.",
    "Some {count} people live within a mile of the {a}, most of them in houses that the council owns.",
    "In {month} the council voted {small} to {less} for a new {a}, and the first money arrived two weeks later.",
    "{other}, who ran the {a} until last year, had left the town before the {b} was sold to a company from the coast.",
    "By noon the street was empty, and a single policeman stood between the {a} and the {b}.",
    "The work on the {a} is due to end in {month} {year}, at a cost of ${count} million.",
)
"""Sentences without speech."""


def article(number: int, words: int = 700, narration: int = 0) -> str:
    """Return one capture; every number gives another, and always the same.

    With 6 sentences of `narration` after each paragraph there is as much speech as in US political news (PolNeAR).
    """
    pick = random.Random(number)
    people = [(f"{pick.choice(FIRST)} {pick.choice(LAST)}", pick.choice(ROLES)) for _ in range(4)]
    body: list[str] = []
    while sum(len(paragraph.split()) for paragraph in body) < words:
        body.append(paragraph(pick, people))
        if narration:
            body.append(" ".join(told(pick, people[0][0]) for _ in range(narration)))
    day, month = pick.randint(1, 28), pick.choice(MONTHS)
    return "\n\n".join(
        [
            f"The {pick.choice(NOUNS)} and the {pick.choice(NOUNS)}, story number {number}",
            f"What {people[0][0]} said about the {pick.choice(NOUNS)}, and why it matters.",
            f"By {pick.choice(FIRST)} {pick.choice(LAST)}",
            f"Published on {month} {day}, 2024, at {pick.randint(1, 12)}:{pick.randint(10, 59)} am (Paris)",
            f"{pick.randint(2, 9)} min read",
            *body,
        ]
    )


def paragraph(pick: random.Random, people: list[tuple[str, str]]) -> str:
    """Return a paragraph of narration and speech."""
    (name, role), (other, _) = pick.sample(people, 2)
    surname = name.split()[1]
    claim = pick.choice(CLAIMS).format(a=pick.choice(NOUNS), b=pick.choice(NOUNS))
    again = pick.choice(CLAIMS).format(a=pick.choice(NOUNS), b=pick.choice(NOUNS))
    forms = (
        f'"{claim.capitalize()}," said {name}, {role}. "{again.capitalize()}."',
        f'{name} said on Monday that {claim}. {other} disagreed, and called the {pick.choice(NOUNS)} "a mistake".',
        f"According to {name}, {claim}. The council meets again in the spring.",
        f'"{claim.capitalize()}," {surname} told reporters. He added that {again}.',
        f"The {pick.choice(NOUNS)} stood empty for years. Work on it began when the {pick.choice(NOUNS)} was sold.",
    )
    return " ".join(pick.sample(forms, 3))


def told(pick: random.Random, other: str) -> str:
    """Return a sentence of narration."""
    return pick.choice(NARRATION).format(
        a=pick.choice(NOUNS),
        b=pick.choice(NOUNS),
        other=other,
        month=pick.choice(MONTHS),
        year=pick.randint(1950, 2023),
        count=pick.randint(12, 900),
        small=pick.randint(5, 9),
        less=pick.randint(1, 4),
    )


DESCRIPTOR = """\
name = "{name}"
title = "Invented articles"
license = "CC0-1.0"

[documents]
converter = "capture"
publisher = "The Invented Post"
language = "en"
time_zone = "Europe/Paris"

[documents.options]
profile = "lemonde"

[rights]
license = "CC0-1.0"
body = "included"
"""


def collection(count: int, folder: Path) -> None:
    """Write a collection of `count` articles."""
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(DESCRIPTOR.format(name=folder.name), encoding="utf-8")
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(article(number), encoding="utf-8")


if __name__ == "__main__":
    collection(int(sys.argv[1]), Path(sys.argv[2]))
