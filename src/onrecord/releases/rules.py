"""Every kind of finding about releases."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
version-too-low | W | A version tells its readers less than changed | Who takes PATCH or MINOR versions unseen
    would lose rows or columns. | a row went, and 1.0.1 was asked for | leave --version out, or name a higher one
signature-unchecked | N | A signature was not checked | Only a key that you have from the publisher says who made a
    release. | a signed release, verified without a key | give the public key: --key
uncommitted-seeds | W | The documents are not as committed | Nobody can build the release again from the commit that
    it names. | a document was added since the last commit | commit the collection, build it, then release
shallow-clone | W | The history of the documents is not here | The commit that a release names may be another than in a
    full clone, and its bytes with it. | a checkout of depth 1 | git fetch --unshallow
""")
