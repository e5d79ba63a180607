"""One field of a Table Schema: the only place that knows what a type is in Arrow, SQL and pandas.

https://datapackage.org/standard/table-schema/#field
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from pledgeline.standard.types import FIELD_TYPES, FieldType
from pledgeline.standard.values import (
    JsonObject,
    as_flag,
    as_list,
    as_object,
    as_text,
    as_texts,
    as_whole_number,
)

TRUE_VALUES = ("true", "True", "TRUE", "1")
FALSE_VALUES = ("false", "False", "FALSE", "0")
MISSING_VALUES = ("",)
NUMBER_SIGNS = ("bareNumber", "groupChar", "decimalChar")  # ways of writing a number otherwise
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
LENGTHS = ("minLength", "maxLength")


@dataclass(frozen=True, slots=True)
class Category:
    """One entry of `categories`: a value, and its label where the descriptor gives one."""

    value: Any  # a text or a whole number
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the values of a field must meet, beside its type.

    https://datapackage.org/standard/table-schema/#field-constraints
    """

    required: bool = False
    unique: bool = False
    enum: tuple[Any, ...] = ()
    pattern: str = ""  # "" for none
    bounds: JsonObject = dataclasses.field(default_factory=dict)  # of BOUNDS, those declared
    lengths: dict[str, int] = dataclasses.field(default_factory=dict)  # of LENGTHS, those declared
    descriptor: JsonObject = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def from_descriptor(cls, descriptor: JsonObject) -> Constraints:
        """The constraints that a checked descriptor declares."""
        sizes = {name: as_whole_number(descriptor.get(name)) for name in LENGTHS}
        return cls(
            required=bool(descriptor.get("required")),
            unique=bool(descriptor.get("unique")),
            enum=tuple(as_list(descriptor.get("enum"))),
            pattern=as_text(descriptor.get("pattern")),
            bounds={name: descriptor[name] for name in BOUNDS if name in descriptor},
            lengths={name: size for name, size in sizes.items() if size is not None},
            descriptor=descriptor,
        )

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor


NO_CONSTRAINTS = Constraints()


@dataclass(frozen=True, slots=True)
class Field:
    """One field, with the defaults of the standard where the descriptor is silent.

    Made by `from_descriptor`. `missing_values` are the field's own, else the schema's, without
    their labels.
    """

    name: str
    type: str = "string"
    format: str = "default"
    constraints: Constraints = NO_CONSTRAINTS
    categories: tuple[Category, ...] = ()
    categories_ordered: bool = False
    category_table: str = ""  # the resource that has the categories, where they are in a table
    missing_values: tuple[str, ...] = MISSING_VALUES
    true_values: tuple[str, ...] = TRUE_VALUES
    false_values: tuple[str, ...] = FALSE_VALUES
    group_char: str = ""
    decimal_char: str = ""
    descriptor: JsonObject = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def from_descriptor(
        cls,
        descriptor: JsonObject,
        missing_values: tuple[str, ...] = MISSING_VALUES,
        categorical: bool = True,
    ) -> Field:
        """The field of a checked descriptor; `missing_values` are its schema's.

        Version 1 of the standard has no `categories`: without `categorical` they are ignored.

        >>> Field.from_descriptor({"name": "year", "type": "integer"}).sql
        'BIGINT'
        """
        own = descriptor.get("missingValues")
        constraints = as_object(descriptor.get("constraints"))
        return cls(
            name=as_text(descriptor.get("name")),
            type=as_text(descriptor.get("type"), "string"),
            format=str(descriptor.get("format", "default")),
            constraints=Constraints.from_descriptor(constraints) if constraints else NO_CONSTRAINTS,
            categories=read_categories(descriptor.get("categories")) if categorical else (),
            category_table=as_text(as_object(descriptor.get("categories")).get("resource"))
            if categorical
            else "",
            categories_ordered=as_flag(descriptor.get("categoriesOrdered")),
            missing_values=missing_values if own is None else read_missing_values(own),
            true_values=as_texts(descriptor.get("trueValues", TRUE_VALUES)),
            false_values=as_texts(descriptor.get("falseValues", FALSE_VALUES)),
            group_char=as_text(descriptor.get("groupChar")),
            decimal_char=as_text(descriptor.get("decimalChar")),
            descriptor=descriptor,
        )

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor

    def renamed(self, name: str) -> Field:
        """The same field under another name."""
        return Field.from_descriptor({**self.descriptor, "name": name}, self.missing_values)

    @property
    def kind(self) -> FieldType:
        """What its type is in Arrow, in SQL, in pandas and in words."""
        return FIELD_TYPES[self.type]

    @property
    def arrow(self) -> str:
        """The alias of its type in pyarrow (`pyarrow.type_for_alias`)."""
        return self.kind.arrow

    @property
    def sql(self) -> str:
        """Its type in SQL."""
        return self.kind.sql

    @property
    def pandas(self) -> str:
        """Its nullable type in pandas; "" where Arrow's own conversion gives the right one."""
        return self.kind.pandas

    @property
    def has_number_signs(self) -> bool:
        """Whether its numbers may be written with other signs than in canonical form."""
        return any(name in self.descriptor for name in NUMBER_SIGNS)

    @property
    def allowed(self) -> dict[str, tuple[Any, ...]]:
        """The values it allows, by what lists them: `enum`, and `categories` if these differ.

        https://datapackage.org/standard/table-schema/#categories
        """
        enum = self.constraints.enum
        values = tuple(category.value for category in self.categories)
        lists = {"enum": enum, "categories": () if values == enum else values}
        return {name: codes for name, codes in lists.items() if codes}


def read_missing_values(entries: object) -> tuple[str, ...]:
    """The texts of `missingValues`, with labels or without.

    https://datapackage.org/standard/table-schema/#missingvalues
    """
    return as_texts(
        [entry.get("value") if isinstance(entry, dict) else entry for entry in as_list(entries)]
    )


def read_categories(entries: object) -> tuple[Category, ...]:
    """The entries of `categories`, each a value or an object with `value` and `label`."""
    return tuple(
        Category(entry["value"], as_text(entry.get("label")) if "label" in entry else None)
        if isinstance(entry, dict)
        else Category(entry)
        for entry in as_list(entries)
        if not isinstance(entry, dict) or "value" in entry
    )
