"""Every kind of finding about collections and their documents as files."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
collection-descriptor | E | A mistake in collection.toml | A key that is misspelt would be passed over in silence.
    | `titel = "X"` | mend the line; docs/collections.md lists the keys
sidecar | E | A mistake in the file beside a document | What it says would be lost. | `autors = ["A"]`
    | mend the line; docs/collections.md lists the keys
sidecar-orphan | W | A file describes a document that is not there | What it says reaches no article.
    | page.toml, beside page.txt
    | name it after the whole of the document (page.txt.toml), or remove it
sidecar-wins | N | The file beside a document says otherwise than the document | A person's word wins, and visibly.
    | another headline | nothing to do if that file is right
takedown-unmatched | E | Nothing is taken down by a name | What was to be taken down may still be published.
    | a misspelt path | mend the path or address; where the document is gone, write its article_id, which
    the last dataset has in articles or in its tombstones
no-documents | E | A collection has no documents | Nothing can be built. | a folder with collection.toml alone
    | put documents into its folder; [documents] include says which files count
duplicate-document | W | Two documents have the same bytes | One article is one row; the later file is left out.
    | a copy under another name | remove one of the two files
seed-outside | E | A document is a link out of its collection | A build reads its collection and nothing else.
    | a link to /etc/passwd | copy the document into the folder
seed-vanished | E | A document vanished during a build | The dataset would lack it. | a file moved while building
    | put it back and build again
seed-changed | E | A document changed during a build | The row would not be of the bytes that were listed.
    | an editor saving the file | build again when it is at rest
seed-unreadable | E | A document cannot be read | The dataset would lack it. | a file without read permission
    | mend its permissions
language-unknown | W | Nothing tells an article's language | Its quotations are kept, but nobody knows whose they are.
    | a short page that names none | say `language` under [documents] in collection.toml, or in the file beside it
converter-failed | E | A converter failed on a document | It must answer for every document. | an exception in a plug-in
    | report it to its authors, with the document
expected-rows | E | A table has another number of rows than expected | A change that loses rows shows at once.
    | articles = 2, and 1 row | find out why; if the build is right, change [expect]
expected-duplicates | E | Another number of articles is nearly the same as another | Copies that nobody expected
    distort counts. | near_duplicates = 0, and one article is a copy
    | find out why; if the build is right, change [expect]
expected-languages | E | An article has a language that is not expected | It was misread, or does not belong here.
    | a French article in an English collection | find out why; if the build is right, change [expect]
""")
