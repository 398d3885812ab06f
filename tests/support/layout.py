"""A CSV file as its cells stand in it, to plant faults in and to know where: it has no part in the checks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Layout:
    """Raw cells, record by record, the header first; `end` ends records, and cells keep their own line breaks."""

    records: list[list[str]]
    end: str = "\n"
    mark: str = ""

    @classmethod
    def of(cls, text: str) -> Layout:
        """Cut well-formed text into raw cells."""
        records: list[list[str]] = [[""]]
        quoted = False
        for character in text:
            quoted ^= character == '"'
            if character == "," and not quoted:
                records[-1].append("")
            elif character == "\n" and not quoted:
                records.append([""])
            else:
                records[-1][-1] += character
        return cls(records[:-1])

    def column(self, field: str) -> int:
        return self.records[0].index(f'"{field}"')

    def put(self, row: int, field: str, raw: str) -> None:
        self.records[row + 1][self.column(field)] = raw

    def text(self) -> str:
        return self.mark + "".join(",".join(record) + self.end for record in self.records)

    def place(self, row: int, field: str | None) -> tuple[int, int | None]:
        """Return line and column of a cell, as an editor shows them; of a row its line."""
        before = "".join(",".join(record) + self.end for record in self.records[: row + 1])
        if field is not None:
            before += "".join(cell + "," for cell in self.records[row + 1][: self.column(field)])
        line = before.count("\n") + 1
        return line, None if field is None else len(before) - before.rfind("\n")
