"""Everything wrong with the `categories` of a field: labels that repeat, codes that `enum` adds.

https://datapackage.org/standard/table-schema/#categories
"""

from collections import Counter
from collections.abc import Iterator

from pledgeline.descriptor.conformance import in_words
from pledgeline.standard.values import JsonObject, as_list, as_object
from pledgeline.text import quoted

Fault = tuple[str, str, str]  # the place in the field, what is wrong, how to fix it
FEW = 5  # codes that a message names


def check_categories(field: JsonObject) -> Iterator[Fault]:
    """The faults of a field of version 2; version 1 has no categories."""
    categories = field.get("categories")
    if isinstance(categories, dict):
        if not isinstance(categories.get("resource"), str):
            wrong = f"found {in_words(categories)}, expected a list, or an object with `resource`"
            yield "/categories", wrong, "list the values, or name the resource that has them"
        return
    entries = as_list(categories)
    values = [entry.get("value") if isinstance(entry, dict) else entry for entry in entries]
    for key, texts in (
        ("value", [str(value) for value in values]),
        ("label", [str(e["label"]) for e in entries if isinstance(e, dict) and "label" in e]),
    ):
        repeated = [text for text, number in Counter(texts).items() if number > 1]
        if repeated:
            wrong = f"the {key} {quoted(repeated[0])} is there more than once, expected it once"
            yield "/categories", wrong, f"give each category a {key} of its own"
    enum = as_list(as_object(field.get("constraints")).get("enum"))
    known = {str(value) for value in values}
    if values and (more := [str(code) for code in enum if str(code) not in known]):
        named = ", ".join(quoted(code) for code in more[:FEW])
        wrong = f"{named} is not among the categories, which have every value of the field"
        yield "/constraints/enum", wrong, "add it to the categories, or remove it here"
