"""Every kind of finding about tables, in one place: code, severity, title, why, example, remedy.

Codes are stable across releases. The documentation and `onrecord rules` are made from here.
"""

from __future__ import annotations

from onrecord.reports import Rule, rules

_FILES = """
unreadable | E | The file cannot be read | Nothing in it can be checked. | a Parquet file cut short
    | make the file again with `onrecord build`
encoding | E | Not UTF-8 | Other encodings garble letters and move offsets. | a byte 0xE9 for é | save the file as UTF-8
dialect | E | Cells are not parted by commas | Readers take a whole line for one cell.
    | a CSV file saved by a spreadsheet whose country writes decimal commas
    | save it as CSV with commas: in a spreadsheet, "CSV UTF-8 (comma delimited)"
header-missing | E | The line of names is missing | Which cell is which column is not known.
    | a file that begins with a row of data | put the names of the columns, parted by commas, into the first line
merge-conflict | E | A merge left a conflict | Both sides of it stand there, and marks between them. | `<<<<<<< HEAD`
    | keep one of the two sides and remove the marks; or build the dataset again
byte-order-mark | W | A byte order mark stands at the start | Some readers take it for part of the first column's name.
    | a CSV file saved by a spreadsheet | save as UTF-8 without a byte order mark
table-missing | E | A table has no file | A dataset holds all its tables, empty ones too. | no data/quotes.csv
    | build the dataset again
table-unknown | E | The columns are of no known table | Which rules apply follows from the table.
    | a header of a,b,c | name the file after its table, or mend the header
missing-column | E | A declared column is missing | Readers ask for columns by name. | a header without `quote_id`
    | add the column, with empty cells where nothing is known
unknown-column | E | A column is not declared | Nobody knows what it means. | a header with `remarks`
    | remove the column, or declare it in schemas/
column-order | E | Columns are not in declared order | Readers that go by position take one for another.
    | `end` before `start` | put the columns in declared order
column-type | E | A Parquet column is not of its declared type | Readers get another type than is documented.
    | `start` as text | write the column with the declared type
row-length | E | A row has too few or too many cells | Cells of the rest of the row stand in wrong columns.
    | a comma in a cell that is not quoted | quote the cell that holds a comma, or remove the surplus
not-sorted | E | Rows are not sorted by key | Sorted tables compare, compress and search well, and rebuild the same.
    | articles ordered by date | sort the rows by primary key, by code point
csv-parquet-equal | E | CSV and Parquet differ | Both are the same table, whichever a reader takes.
    | a correction made in the CSV only | tables are written by a build: put what is wrong right in
    corrections.csv beside the documents, and build again
"""

_COLUMNS = """
type | E | A cell is not of its column's type | It cannot be read as what it is said to be. | `start` is "12a"
    | write what the type asks for: see `onrecord describe`
cell-form | E | A cell is written in a form that few readers take | One reads it as its type, the next as text or not at
    all. | ` 5`, `05`, `0x1`, `1.`, `2024-03-01 09:51Z` | write numbers as JSON does, days as 2024-03-01, instants as
    2024-03-01T09:51:00Z
required | E | A required cell is empty | The row means nothing without it. | no `kind` | fill the cell
min-length | E | An empty text instead of an empty cell | Most readers cannot tell "" from null, so only null may stand.
    | `""` in a CSV cell | leave the cell empty, without quotation marks
pattern | E | A cell has not the form its column asks for | Keys, tags and hashes are compared as text.
    | a language "english" | write it in the form that the field reference gives
minimum | E | A number is too small | It lies outside what the column can mean. | `start` is -1 | mend the number
maximum | E | A number is too large | It lies outside what the column can mean. | `confidence` is 1.5 | mend the number
finite | E | A number is not finite | NaN and infinities mean nothing here. | `confidence` is NaN
    | leave the cell empty, or mend the number
category | E | A value is none of the column's categories | Readers select by them. | `kind` is "Direct"
    | use one of the listed values, spelt as listed
control-character | E | Text holds a control character | Readers stop or stumble at NUL and its like.
    | U+0000 within a headline | remove the character from the document
bidi-control | W | Text holds a control of writing direction | Embeddings, overrides and isolates can show a reader
    another order of letters than a program reads. | U+202E within a name | remove the character from the document,
    or let the finding rest in a baseline where the text needs it
zero-width | W | Text holds a character that nobody sees | Words that look alike are then found and joined apart.
    | U+200B between two syllables | remove the character from the document
mojibake | W | Text was decoded wrongly | Letters are garbled, or lost where U+FFFD stands. | "cafÃ©" for "café"
    | save the document again from its source, as UTF-8
not-nfc | W | A letter is written in two ways | "é" can be one code point or two; what looks alike compares as
    different, and searches miss it. | "e" and U+0301 for "é" | bring the document into Unicode normal form C (NFC)
formula-cell | N | A spreadsheet would run the cell | Text begins with =, +, -, @, tab or carriage return. It is kept
    byte for byte, since offsets count it. | a quote "=1+1" | import as text when opening the CSV in a spreadsheet
"""

_KEYS = """
primary-key-unique | E | Two rows have one primary key | A key names one row. | a row pasted twice
    | remove one of the rows
unique-key | E | Two rows share a value that is unique | It names one row. | one seed_path in two articles
    | remove one of the rows, or mend the value
keys-resolve | E | A key refers to no row | What it refers to is lost. | a quote of an article that is not there
    | add the row it refers to, or remove this one
ids-derived | E | A key is not the one its content gives | Keys are made from content so that they outlive rebuilding.
    | the text of a quote mended by hand, its key not | build again; correct documents in corrections.csv, not in tables
quote-complete | E | A quote lacks its spans or its attribution | Every quote has content, and a row on who said it even
    where nobody did. | a quote with no row in attributions | build the dataset again
address-repeated | W | Two articles have one address | Most often one was pasted from the other; two captures of one
    page are fine. | one url in two articles | mend the address; nothing to do if both are versions of one page
speaker-unused | W | A speaker says nothing | The row serves nobody. | a speaker whose quotes were removed
    | remove the row
"""

_LAWS = """
text-matches-offsets | E | Text and offsets disagree | `field_text[start:end] == text`, in code points, for every quote,
    span, source, cue and set-aside mark. | offsets counted in bytes
    | build again; never edit article text after extraction
offsets-unchecked | N | Some offsets could not be checked | The body is withheld, and sources and cues lie outside what
    quotes show of it. They were checked when the dataset was built. | a source three sentences before its quote
    | run `onrecord rehydrate` and validate again
envelope-matches-spans | E | An envelope does not fit its spans | It runs from the first span's start to the last one's
    end. | a span that starts before its quote | build the dataset again
spans-in-order-and-disjoint | E | Spans overlap or are out of order | A quote's content is read in order of position,
    counted from 0. | position 1 starts before position 0 ends | build the dataset again
cue-outside-content | E | A cue lies inside what is said | Reporting words are not part of the reported ones.
    | "said" inside the span | build the dataset again
source-complete | E | A source or cue is given in part | Start, end and text stand or fall together, and a source that
    is there has a form. | a source_text without source_start | fill or empty all three
marks-accounted | E | A quotation mark is accounted for nowhere | Each belongs to a quote or is set aside with a reason.
    | an opening mark that no rule looked at | report the article: a rule of extraction overlooks it
body-rights | E | A withheld body is in the table | Rights say that the dataset must not hold it.
    | body_rights "withheld" beside a body | build again with the collection's rights
quote-rights | E | A quote holds other words than its rights allow | Rights include quotes whole, shorten them to some
    words, or allow offsets and hashes only; a prefix or suffix shows words of neighbouring quotes.
    | quote_rights "stand-off" beside a quote's text | build again with the collection's rights
withdrawn | E | An article that was taken down is in the tables | A tombstone in datapackage.json says that it is gone,
    and it must be. | an article_id among `onrecord:tombstones` and in articles
    | build again with the collection that takes it down
body-hash | E | A body is not the one its hash was made of | The hash proves a body filled in by rehydrating.
    | a typing error mended in the body | build the dataset again
"""

_PLAUSIBLE = """
said-order | E | Said latest before said earliest | The two days bound when it was said. | earliest 2024-03-02, latest
    2024-03-01 | exchange the days
said-after-published | W | Said after the article appeared | An article reports what was said; the year may be misread.
    | said in 2025, published in 2024 | check the date words against the day of publication
future-date | W | A day lies in the future | What is published has been said and printed; the year may be misread.
    The day that counts as today is the one given to `onrecord validate --today`, by default the machine's.
    | published in 2042 | check the date in the document
modified-before-published | W | Changed before it was published | One of the instants, or its zone, is misread.
    | published at 10:51, modified at 09:51 | check instants and zones in the document
"""


RULES: dict[str, Rule] = rules(_FILES) | rules(_COLUMNS) | rules(_KEYS) | rules(_LAWS) | rules(_PLAUSIBLE)
"""Every rule about tables, by code."""
