"""CSV in the bytes that people's tools write: every cell, line and file in a way of its own.

In: rows of cells and a `random.Random`. Out: text, and the bytes of files. A cell may come back as
another one (`"a"b` is `ab`): what a reader makes of it is for the readers to agree on.
"""

import gzip
import io
import zipfile
from dataclasses import dataclass
from random import Random

MARK = "\ufeff"
CHANGES = ("short", "long", "longer", "blank", "delimiters", "space", "comment")  # of a line


@dataclass(frozen=True)
class Style:
    """How a file is written; `mess` is the percentage of cells and lines written unusually."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    end: str = "\n"
    mess: int = 0


def written(draw: Random, rows: list[list[str]], style: Style) -> str:
    """The lines of all rows."""
    lines = [line(draw, row, style, first=not at) for at, row in enumerate(rows)]
    text = "".join(
        each + (draw.choice(("\n", "\r\n", "\r")) if chance(draw, style.mess // 6) else style.end)
        for each in lines
    )
    if chance(draw, style.mess // 2):
        end = draw.choice(("cut", "blank", "blanks", "space", "quote", "control-z"))
        text = {
            "cut": text.removesuffix(style.end),
            "blank": text + style.end,
            "blanks": style.end + text + style.end * 2,
            "space": text + " ",
            "quote": text + style.quote,
            "control-z": text + "\x1a",
        }[end]
    return text


def line(draw: Random, row: list[str], style: Style, first: bool) -> str:
    """One row without its end, or something that stands where a row should; the first may be a
    header, which is no comment.
    """
    cells = list(row)
    if chance(draw, style.mess // 2):
        change = draw.choice(CHANGES[: -1 if first else None])
        if change in ("blank", "space", "delimiters"):
            return {"blank": "", "space": "  ", "delimiters": style.delimiter * (len(row) - 1)}[
                change
            ]
        cells = {
            "short": cells[:-1] or cells,
            "long": [*cells, draw.choice(("", "more", "[x", "[1,2]", "{}", '"'))],
            "longer": [*cells, "p", "", "q"],
            "comment": [f"#{cells[0]}", *cells[1:]],
        }[change]
    return style.delimiter.join(cell(draw, each, style) for each in cells)


def cell(draw: Random, text: str, style: Style) -> str:
    """One cell, quoted where it must be, or in one of the ways in which tools do it wrong."""
    quote, escape = style.quote, style.escape
    doubled = text.replace(quote, (escape or quote) + quote)
    special = any(sign in text for sign in (style.delimiter, quote, "\r", "\n"))
    right = f"{quote}{doubled}{quote}" if special else text
    if not chance(draw, style.mess):
        return right
    return draw.choice(
        (
            f"{quote}{doubled}{quote}",
            f"{quote}{doubled}{quote}",
            f"{quote}{doubled}{quote}x",  # text after a closing quote
            f"x{quote}{doubled}{quote}",
            f" {quote}{doubled}{quote}",
            f"{quote}{doubled}{quote} ",
            f"{quote}{quote}{text}{quote}{quote}",
            f"{quote}{doubled}\n{quote}",
            f"{quote}\r{doubled}{quote}",
            f"{quote}{doubled}\r\n{doubled}{quote}",
            f"{quote}{style.delimiter}{doubled}{quote}",
            f"{text}{quote}",
            f" {text}",
            f"{text} ",
            f"{quote}{quote}",
            f"{quote * 3}{doubled}{quote * 3}",
            f"\\{quote}{text}\\{quote}",
            f"{text}\\n",
            f"={quote}{doubled}{quote}",
            f"{text}\t",
            f"{text}\u00a0",
            f"{text}\u2028",
            "",
        )
    )


def encoded(draw: Random, text: str, mess: int) -> tuple[bytes, str]:
    """The bytes of `text`, and the encoding that the descriptor names."""
    name = draw.choice(("utf-8",) * 8 + ("latin-1", "cp1252", "utf-16", "utf-8-sig", "iso8859-15"))
    try:
        content = text.encode(name)
    except UnicodeEncodeError:
        name, content = "utf-8", text.encode()
    if name == "utf-8" and chance(draw, mess // 2):
        content = (MARK * draw.choice((1, 1, 1, 2))).encode() + content
    if chance(draw, mess // 8):
        at = draw.randrange(len(content) + 1)
        content = content[:at] + draw.choice((b"\xff", b"\xc3", b"\x80", b"\0")) + content[at:]
    return content, name


def packed(draw: Random, name: str, content: bytes) -> tuple[str, bytes, str]:
    """The file's name, its bytes and its kind after gzip or zip; gzip may be in several members."""
    if draw.random() < 0.5:
        cut = draw.randrange(len(content) + 1)
        members = (content[:cut], content[cut:]) if draw.random() < 0.3 else (content,)
        return f"{name}.gz", b"".join(gzip.compress(m, mtime=0) for m in members), "gz"
    archive = io.BytesIO()
    with zipfile.ZipFile(
        archive, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as z:
        z.writestr(zipfile.ZipInfo(name), content)
    return f"{name}.zip", archive.getvalue(), "zip"


def chance(draw: Random, percent: float) -> bool:
    return draw.random() * 100 < percent
