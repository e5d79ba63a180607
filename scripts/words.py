"""Words in the forms that other files take them in."""

import re

# C0 but for tab and line feed, C1, Unicode's line and paragraph separators, and the two that are no
# characters: https://www.w3.org/TR/xml/#charsets and
# https://www.rfc-editor.org/rfc/rfc5545#section-3.1.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` for XML and iCalendar: line feeds for line ends, a replacement character for what
    cannot stand in such a file.
    """
    return UNFIT.sub("\ufffd", text.replace("\r\n", "\n"))


def described(field: dict) -> str:
    """A column in words, with its unit."""
    return field["description"] + (f" Unit: {field['unit']}." if "unit" in field else "")
