"""What the bytes of a CSV file say of its records: the independent proof of a scan.

A scan that counts other records, or other bytes in their cells, than the file has is not believed.
"""

from dataclasses import dataclass

CHUNK = 1 << 20
# The database holds some lines of this length for each thread; files with longer ones are read by
# `csv_exact`.
LONGEST_LINE = 2 << 20
SURPLUS = 4  # cells too many that a row may have in a scan
NO_CELL = b"\x01"  # means "no cell here" in a scan
MARK = b"\xef\xbb\xbf"  # the byte order mark of UTF-8, which is not part of the first cell


@dataclass(frozen=True)
class CsvBytes:
    """The bytes of a file in which a quote opens and closes cells, as RFC 4180 has it.

    `plain` is false where that is not sure, or where a line is blank, ends unlike others, or is too
    long: then nothing else here is meant. `ends` counts the line ends outside of quotes, `returns`
    those of them that are CR LF, `inner` those in quotes, `quotes` all quotation marks and, where
    there are none, `delimiters` all of these; `open` says whether the last line has no end.
    `header_size`, `header_quotes` and `header_return` are of the first record.
    """

    plain: bool
    size: int = 0
    delimiters: int = 0
    ends: int = 0
    returns: int = 0
    inner: int = 0
    quotes: int = 0
    open: bool = False
    header_size: int = 0
    header_quotes: int = 0
    header_return: bool = False

    def agrees(self, header: bool, rows: int, read: int) -> bool:
        """Whether a reader that gave `rows` records, the header not counted, missed nothing.

        `read` is the bytes of its cells, and one more for each cell: the delimiter or line end
        after it. What is then left over are the CR of line ends and the quotation marks that are no
        part of a cell: of two around a cell both, of two within it one.
        """
        if not self.plain or rows != self.ends + self.open - header:
            return False
        size = self.size - (self.header_size if header else 0)
        quotes = self.quotes - (self.header_quotes if header else 0)
        returns = self.returns - (header and self.header_return)
        unended = self.open and (self.ends > 0 or not header)  # the last record, if no header
        over = size + unended - read - returns
        return quotes / 2 <= over <= quotes
