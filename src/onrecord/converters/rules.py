"""Every kind of finding about what documents say, and how they say it."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
empty-document | E | A document has no text | There is no article in it. | a file of 0 bytes, or of spaces
    | save the document again, or take it out of the collection
binary-document | E | A document is no text | Reading it as text would make garbage of it. | a PDF named page.txt
    | convert it to text or HTML first, or take it out
document-too-large | E | A document is larger than any article | Memory is bounded by the largest document.
    | a file of 1 GB
    | split it into articles
damaged-gzip | E | A compressed page cannot be unpacked | Part of the article may be missing.
    | a download that was cut
    | fetch it again
line-too-long | E | A line is longer than any paragraph | It is data, not an article. | 50 MB without a line end
    | split the file into articles and lines
nul-character | E | A text holds a NUL character | Readers stop there. | UTF-16 saved without its mark
    | save the document as UTF-8
invalid-utf-8 | E | A text is not UTF-8, and nothing tells what it is | Letters would be garbled. | a byte 0xFF
    | save the document as UTF-8
invalid-encoding | E | A text is not in the encoding it is said to be in | Letters would be garbled.
    | "encoding" in the options names another | name the right one, or save as UTF-8
encoding-unknown | E | An encoding has a name that nobody knows | It cannot be read. | encoding = "utf-9"
    | name one that Python knows
encoding-guessed | W | A text was read in an encoding that it does not name | The guess may be wrong.
    | a page in windows-1252 | look at its accents; name the encoding if they are wrong
lone-surrogate | E | A text holds half of a surrogate pair | It is no character, and no UTF-8. | the bytes ED A0 80
    | save the document again
replacement-character | W | Characters were lost before onrecord saw the text
    | U+FFFD stands for what could not be read.
    | a page saved in a wrong encoding | save the document again, in its own encoding
byte-order-mark-dropped | N | A document starts with a byte order mark | It is no part of the text. | the bytes EF BB BF
    | nothing to do
control-character-dropped | W | A text held control characters | They were left out; text may be lost where they stood.
    | a backspace in a word
    | look at the text there
line-ends | N | Line ends were made LF | Offsets count one character a line end. | CRLF from another system
    | nothing to do
page-too-complex | E | A page is nested or built beyond any article | Time and memory are bounded.
    | 100,000 elements, one in another
    | take it out, or save the article alone
json-ld-malformed | N | A page's own data cannot be read | What the page shows is read instead. | JSON cut short
    | nothing to do
json-ld-repeated | N | A page's own data tells of several articles | One of them is this one; the others are not read.
    | two NewsArticle nodes
    | look at the page; say what is wrong in a file beside the document
entities-declared | W | A page declares entities of its own | They are not expanded: such pages are attacks.
    | <!ENTITY a "&b;&b;">
    | look at the text where & stands; take the page out, if it is no article
unplaced-text | W | A line fits no field | It is reported, and never silently taken for running text. | "Follow us"
    | look at the line; tell us of boilerplate that recurs
headline-missing | W | A document has no title that is certain | Nothing is guessed.
    | a capture that begins with the text
    | say it in a file beside the document
headline-differs | N | A page shows another headline than it gives for sharing | Both may be right; one is written.
    | a longer heading above the text
    | look at the page; say the headline in a file beside the document, if it is the other
headline-markup | W | A headline is code or markup | It is left out: no headline is a script.
    | <script>alert(1)</script>, as a headline
    | look at the page; say the headline in a file beside the document
body-missing | W | A document has no running text | There is nothing to quote. | a capture of a menu
    | save the page again, as shown
byline-lost | W | A byline names nobody | A capture lost the names; "By and" is no author. | By  and
    | say the authors in a file beside the document
byline-unread | W | Part of a byline is no name | It may be a place, a role or an agency. | By our correspondent
    | say the authors in a file beside the document
too-many-authors | W | A page names more authors than an article has | They are left out. | 10,000 names
    | say the authors in a file beside the document
caption-uncertain | N | The first paragraph may be a caption | It is kept as running text.
    | a sentence without a verb, first
    | look at the page
date-missing | W | A document does not say when it was published | Nothing is guessed. | a capture without a date line
    | say it in a file beside the document
date-lost | W | A date line has no date left | A capture lost it. | Published on
    | say it in a file beside the document
date-invalid | W | A date is in no calendar | It is misprinted. | February 30
    | say the right one in a file beside the document
date-ambiguous | W | A date may mean two days | Day and month cannot be told apart. | 03/04/2024
    | say it in a file beside the document
date-conflict | W | Two dates of a document disagree | One of them is wrong. | two "published" lines
    | look at the page
date-after-capture | W | A date lies after the page was saved | One of the two is wrong.
    | published on May 8, in a page saved on May 7
    | say the right one in a file beside the document
date-without-time | W | A date has no time | An instant needs one, and none is invented. | Published on March 1, 2024
    | say it in a file beside the document
relative-date | W | A date is relative to a day nobody knows | "Today" was the day of the capture.
    | Published today at 10:34
    | say capture_date in a file beside the document
time-ambiguous | W | A time may mean two instants | Clocks were set back in that hour. | 02:30 on a day in October
    | say it with its offset in a file beside the document
time-nonexistent | W | A time did not exist | Clocks were set forward over it. | 02:30 on a day in March
    | say it with its offset in a file beside the document
time-zone-unknown | W | A time has no zone that is known | Without one it is no instant. | (Elsewhere)
    | set time_zone in collection.toml
unread-share-invalid | W | An unread share is no share | It lies outside 0 to 100%. | 155% left to read
    | look at the page
language-mismatch | W | A text is in another language than is said | One of them is wrong.
    | French text, said to be English
    | set the language in a file beside the document
too-many-lines | E | A document has more lines than any article | It is data, not an article.
    | a log of 25,000 lines
    | split the file into articles
record-empty | E | A row holds no article | It has neither a headline nor a body.
    | the text stands in an unmapped column
    | map its columns in collection.toml
record-invalid | E | A row of a corpus cannot be read | It is left out; the others are kept. | a line of JSON cut short
    | mend the row
record-too-large | E | A row is longer than any article | Memory is bounded by the largest row.
    | a line of 50 MB
    | take the row out
column-missing | E | A mapped column is not in the corpus | Its field stays open in every row.
    | body = "txt", of a column text
    | mend the name in collection.toml
value-invalid | W | A value is not of its field's kind | The field stays open. | 7, as the share left to read
    | mend the row, or map another column
corpus-damaged | E | A corpus cannot be read to its end | Rows are missing. | a download that was cut, or a bomb
    | fetch it again
archive-damaged | E | A web archive cannot be read to its end | Pages are missing. | a WARC file that was cut
    | fetch it again
records-set-aside | N | Responses of a web archive hold no article | They are counted, not converted.
    | pictures, error pages
    | nothing to do, unless an article is missing
feed-malformed | E | A feed is not well-formed XML | Entries after the mistake may be missing. | a feed cut short
    | save the feed again
origin | N | Where a field's value comes from | Asked for with `explain`. | headline: JSON-LD headline
    | nothing to do
""")
