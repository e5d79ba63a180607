"""A Table Schema and its keys (https://datapackage.org/standard/table-schema/)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pledgeline.standard.field import MISSING_VALUES, Field, read_missing_values
from pledgeline.standard.values import (
    JsonObject,
    as_list,
    as_object,
    as_objects,
    as_text,
    as_texts,
)

CATEGORY_VALUE = "value"  # the column of a category table that has the codes
MATCHES = ("exact", "equal", "subset", "superset", "partial")  # the values of `fieldsMatch`


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Fields whose values are those of fields of a resource; `resource` is "" for the own one."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    descriptor: JsonObject = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def from_descriptor(cls, descriptor: JsonObject) -> ForeignKey:
        """The key of a checked descriptor whose fields are lists of names."""
        reference = as_object(descriptor.get("reference"))
        return cls(
            fields=as_texts(descriptor.get("fields")),
            resource=as_text(reference.get("resource")),
            reference_fields=as_texts(reference.get("fields")),
            descriptor=descriptor,
        )

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor

    def target(self, own: str) -> str:
        """The name of the resource that the key refers to, in the schema of the resource `own`."""
        return self.resource or own


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of a table and its keys; without fields, and so false, where there is no schema.

    Made by `from_descriptor`. `fields_match` is one of MATCHES.
    """

    fields: tuple[Field, ...] = ()
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing_values: tuple[str, ...] = MISSING_VALUES
    fields_match: str = "exact"
    descriptor: JsonObject = dataclasses.field(default_factory=dict, repr=False)

    @classmethod
    def from_descriptor(cls, descriptor: JsonObject, version: str = "v2") -> Schema:
        """The schema of a checked descriptor whose keys are lists of names.

        `version` is that of the standard which the descriptor follows.

        >>> Schema.from_descriptor({"fields": [{"name": "id"}], "primaryKey": ["id"]}).primary_key
        ('id',)
        """
        missing = (
            read_missing_values(descriptor["missingValues"])
            if "missingValues" in descriptor
            else MISSING_VALUES
        )
        match = descriptor.get("fieldsMatch")
        if isinstance(match, list) and match:  # version 2.0's profile has a list, its text a string
            match = match[0]
        return cls(
            fields=tuple(
                Field.from_descriptor(field, missing, categorical=version != "v1")
                for field in as_objects(descriptor.get("fields"))
            ),
            primary_key=as_texts(descriptor.get("primaryKey")),
            unique_keys=tuple(as_texts(key) for key in as_list(descriptor.get("uniqueKeys"))),
            foreign_keys=tuple(
                ForeignKey.from_descriptor(key) for key in as_objects(descriptor.get("foreignKeys"))
            ),
            missing_values=missing,
            fields_match=match if isinstance(match, str) and match in MATCHES else "exact",
            descriptor=descriptor,
        )

    def to_descriptor(self) -> JsonObject:
        """The descriptor again, with everything in it."""
        return self.descriptor

    def __bool__(self) -> bool:
        return bool(self.fields)

    @property
    def category_keys(self) -> tuple[ForeignKey, ...]:
        """The fields whose categories are in a table, as keys to its column `value`.

        https://datapackage.org/recipes/ (category tables)
        """
        return tuple(
            ForeignKey((field.name,), field.category_table, (CATEGORY_VALUE,))
            for field in self.fields
            if field.category_table
        )

    @property
    def references(self) -> tuple[ForeignKey, ...]:
        """All that refers to another table: foreign keys, and categories in tables."""
        return (*self.foreign_keys, *self.category_keys)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in their order."""
        return tuple(field.name for field in self.fields)

    @property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name, in their order."""
        return {field.name: field for field in self.fields}
