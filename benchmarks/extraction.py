"""How fast is extraction? The whole of it against a spaCy pipeline, on the same texts, in one process, on one core.

    .venv/bin/pip install spacy
    .venv/bin/python benchmarks/extraction.py [--articles 200]

or, for compiled extraction, with the Python of an environment into which a compiled wheel was installed (`make wheel`).

The pipeline has the shape of en_core_web_sm (a shared tok2vec for tagger and parser, one of its own for
names) with random weights, since its cost is that of every tool built on it; the lemmatizer is left out,
in its favour. Texts are invented articles of about 700 words. Also: twice the text, how much more time?
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

from articles import article

os.environ["OMP_NUM_THREADS"] = "1"

TOK2VEC: dict[str, Any] = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
        "rows": [5000, 1000, 2500, 2500, 50, 50],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
TRANSITION = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
}
RELATIONS = (
    "ROOT acl advcl advmod amod appos aux cc ccomp compound conj det dobj mark nmod nsubj pobj poss prep punct xcomp"
)
NAMES = "CARDINAL DATE EVENT FAC GPE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY TIME"


def pipeline() -> Any:
    """Return a pipeline of the shape of en_core_web_sm with random weights, or None where spaCy is absent."""
    try:
        import spacy
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    for number in range(50):
        tagger.add_label(f"T{number}")
    parser = nlp.add_pipe("parser", config={"model": {**TRANSITION, "state_type": "parser", "tok2vec": LISTENER}})
    for label in RELATIONS.split():
        parser.add_label(label)
    ner = nlp.add_pipe("ner", config={"model": {**TRANSITION, "state_type": "ner", "tok2vec": TOK2VEC}})
    for label in NAMES.split():
        ner.add_label(label)
    nlp.initialize()
    return nlp


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return the processor time that the work takes on all texts."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def best(work: Callable[[str], object], texts: list[str], runs: int = 3) -> float:
    """Return the least of several times."""
    return min(seconds(work, texts) for _ in range(runs))


def body(number: int, narration: int = 0) -> str:
    """Return the running text of an invented article."""
    return article(number, narration=narration).split("\n\n", 5)[5]


def hard(kind: str, size: int) -> str:
    """Return a text of `size` characters that is hard on a reader of quotations."""
    unit = {
        "marks": '" ',
        "apostrophes": "' ",
        "capitals": "Aa Bb ",
        "commas": "he said, ",
        "line": 'Mara Quill said that it is "safe" and so on, ',
        "cues": "said ",
        "brackets": "(",
        "news": body(1) + "\n\n",
    }[kind]
    return (unit * (size // len(unit) + 1))[:size]


def compare(kind: str, texts: list[str], extract: Callable[[str], Any], nlp: Any) -> None:
    """Print the rates of both on the same texts, per 700 words."""
    share = sum(len(text.split()) for text in texts) / 700
    quotes = sum(len(extract(text).quotes) for text in texts) / share
    ours = best(extract, texts)
    print(f"{kind}, {quotes:.0f} quotes in 700 words: {share / ours:.0f} times 700 words/s on one core")
    if nlp is not None:
        theirs = best(nlp, texts[:20], runs=2) / 20 * len(texts)
        print(f"  spaCy pipeline {share / theirs:.1f}; extract is {theirs / ours:.0f}x as fast")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the hard texts")
    args = parser.parse_args()
    from onrecord.extract import extract, rules

    print("extraction is", "not compiled" if str(rules.__file__).endswith(".py") else "compiled")
    nlp = pipeline()
    if nlp is None:
        print("spaCy is not installed: no comparison", file=sys.stderr)
    for kind, narration in (("mostly speech", 0), ("as much speech as in news", 6)):
        compare(kind, [body(number, narration) for number in range(args.articles)], extract, nlp)
    for kind in ("news", "marks", "apostrophes", "capitals", "commas", "line", "cues", "brackets"):
        once, twice = (best(extract, [hard(kind, size)]) for size in (args.size // 2, args.size))
        print(f"{kind:12} {args.size:,} characters: {twice:.2f} s, {twice / once:.2f}x the time of half of it")
    text = hard("news", args.size)
    tracemalloc.start()
    extract(text)
    print(f"peak memory: {tracemalloc.get_traced_memory()[1] / len(text.encode()):.1f}x the document")
    print(f"resident in all: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB", file=sys.stderr)


if __name__ == "__main__":
    main()
