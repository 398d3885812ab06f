"""Every kind of finding about a build as a whole."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
near-duplicate | W | Two articles are nearly the same | Counts take one statement for two. They are linked in
    `articles.similar_to`, and both stay. | an agency's report in two newspapers; an article and its update
    | nothing to do if both belong here; or else remove one of the documents
""")
