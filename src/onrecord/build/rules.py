"""Every kind of finding about a build as a whole."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
no-documents | E | A collection has no documents | Nothing can be built. | a folder with collection.toml alone
    | put documents into its folder; [documents] include says which files count
duplicate-document | W | Two documents have the same bytes | One article is one row; the later file is left out.
    | a copy under another name | remove one of the two files
near-duplicate | W | Two articles are nearly the same | Counts take one statement for two. They are linked in
    `articles.similar_to`, and both stay. | an agency's report in two newspapers; an article and its update
    | nothing to do if both belong here; or else remove one of the documents
expected-rows | E | A table has another number of rows than expected | A change that loses rows shows at once.
    | articles = 2, and 1 row | find out why; if the build is right, change [expect]
expected-duplicates | E | Another number of articles is nearly the same as another | Copies that nobody expected
    distort counts. | near_duplicates = 0, and one article is a copy
    | find out why; if the build is right, change [expect]
expected-languages | E | An article has a language that is not expected | It was misread, or does not belong here.
    | a French article in an English collection | find out why; if the build is right, change [expect]
""")
