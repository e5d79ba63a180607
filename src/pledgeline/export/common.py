"""What several formats and vocabularies ask for in the same words."""

import re

from pledgeline.standard.values import JsonObject, as_object

# C0 but for tab and line feed, C1, Unicode's line and paragraph separators, and the two that are no
# characters: https://www.w3.org/TR/xml/#charsets and
# https://www.rfc-editor.org/rfc/rfc5545#section-3.1.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def dataset_licence(content: JsonObject) -> JsonObject:
    """The licence of the data: the first of the descriptor."""
    return as_object(content["licenses"][0])


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


def plain(text: str) -> str:
    """`text` for XML and iCalendar: line feeds end lines, and forbidden characters are replaced."""
    return UNFIT.sub("\ufffd", text.replace("\r\n", "\n"))


def column_in_words(field: JsonObject) -> str:
    """What a column says, with its unit."""
    return str(field["description"]) + (f" Unit: {field['unit']}." if "unit" in field else "")
