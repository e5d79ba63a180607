"""What several formats and vocabularies ask for in the same words."""

import re
from urllib.parse import urlsplit

from pledgeline.standard.values import JsonObject, as_object

# C0 but for tab and line feed, C1, Unicode's line and paragraph separators, and the two that are no
# characters: https://www.w3.org/TR/xml/#charsets and
# https://www.rfc-editor.org/rfc/rfc5545#section-3.1.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def web_address(text: object) -> str | None:
    """`text` if a link may lead there: an http or https address without a user or password.

    Whatever an export links to goes through here, since a browser runs `javascript:` and `data:`
    addresses, and `file:` leads into the reader's own files. Blanks and control characters are
    refused, because browsers drop them before they read the scheme
    (https://url.spec.whatwg.org/#concept-basic-url-parser).

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if not isinstance(text, str) or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return text if known and "@" not in parts.netloc else None


def dataset_licence(content: JsonObject) -> JsonObject:
    """The licence of the data: the first of the descriptor, its `path` only if it may be linked."""
    licence = as_object(content["licenses"][0])
    address = web_address(licence.get("path"))
    return licence if address else {key: licence[key] for key in licence if key != "path"}


def licence_in_words(content: JsonObject, between: str = ", ") -> str:
    """The title of the licence, and its address if it has one."""
    licence = dataset_licence(content)
    return between.join([licence["title"], *([licence["path"]] if "path" in licence else [])])


def authors(content: JsonObject) -> list[str]:
    """The names of those who made the data."""
    people = content.get("contributors", [])
    return [
        person["title"] for person in people if "creator" in person.get("roles", ["creator"])
    ] or ["unknown"]


def day_of(content: JsonObject) -> str | None:
    """The day of the release, None for what is not released."""
    return content["created"][:10] if "created" in content else None


def files(content: JsonObject) -> list[JsonObject]:
    """The resources that are files, each with the one path that it has."""
    return [resource for resource in content["resources"] if isinstance(resource.get("path"), str)]


def digest(resource: JsonObject) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return str(resource["hash"]).removeprefix("sha256:")


def tables_of(content: JsonObject) -> list[JsonObject]:
    """The resources of the built package that are tables, each once: as CSV."""
    return [resource for resource in content["resources"] if resource["format"] == "csv"]


def valid_xml_text(text: str) -> str:
    """`text` for XML and iCalendar: line feeds end lines, and forbidden characters are replaced."""
    return UNFIT.sub("\ufffd", text.replace("\r\n", "\n"))


def column_in_words(field: JsonObject) -> str:
    """What a column says, with its unit."""
    return str(field["description"]) + (f" Unit: {field['unit']}." if "unit" in field else "")
