"""The typed objects of the standard: what they make of a descriptor, and that nothing is lost."""

import pytest

from pledgeline.standard.dialect import Dialect
from pledgeline.standard.field import Category, Field
from pledgeline.standard.schema import Schema

SCHEMA = {
    "fields": [
        {
            "name": "kind",
            "type": "string",
            "constraints": {"required": True, "enum": ["a", "b"], "vendor:weight": 3},
            "categories": [{"value": "a", "label": "A"}, {"value": "b"}],
            "missingValues": [{"value": "-", "label": "not asked"}],
            "vendor:note": "kept",
        },
        {"name": "n", "constraints": {"minimum": 0, "maxLength": 3.0}},
    ],
    "primaryKey": ["kind"],
    "uniqueKeys": [["kind", "n"]],
    "foreignKeys": [{"fields": ["n"], "reference": {"resource": "other", "fields": ["id"]}}],
    "missingValues": ["", "NA"],
    "vendor:colour": "red",
}


def test_a_descriptor_comes_back_with_everything_that_is_not_known():
    """Catches custom properties lost between reading and writing."""
    assert Schema.from_descriptor(SCHEMA).to_descriptor() == SCHEMA
    assert Dialect.from_descriptor({"vendor:x": 1}).to_descriptor() == {"vendor:x": 1}
    kind = Schema.from_descriptor(SCHEMA).fields[0]
    assert kind.to_descriptor() == SCHEMA["fields"][0]
    assert kind.constraints.to_descriptor() == SCHEMA["fields"][0]["constraints"]


def test_keys_are_tuples_of_names():
    schema = Schema.from_descriptor(SCHEMA)
    assert schema.names == ("kind", "n")
    assert schema.primary_key == ("kind",)
    assert schema.unique_keys == (("kind", "n"),)
    (key,) = schema.foreign_keys
    assert (key.fields, key.target("own"), key.reference_fields) == (("n",), "other", ("id",))


def test_missing_values_are_the_fields_own_then_the_schemas_then_the_empty_text():
    kind, n = Schema.from_descriptor(SCHEMA).fields
    assert (kind.missing_values, n.missing_values) == (("-",), ("", "NA"))
    assert Schema.from_descriptor({"fields": [{"name": "x"}]}).fields[0].missing_values == ("",)
    none = {"fields": [{"name": "x"}], "missingValues": []}
    assert Schema.from_descriptor(none).fields[0].missing_values == ()


def test_categories_count_beside_an_enum_only_where_they_differ():
    kind = Schema.from_descriptor(SCHEMA).fields[0]
    assert kind.categories == (Category("a", "A"), Category("b"))
    assert kind.allowed == {"enum": ("a", "b")}
    other = Field.from_descriptor(
        {"name": "x", "categories": ["a"], "constraints": {"enum": ["b"]}}
    )
    assert other.allowed == {"enum": ("b",), "categories": ("a",)}


def test_a_field_knows_its_type_in_arrow_sql_and_pandas():
    field = Field.from_descriptor({"name": "x", "type": "integer"})
    assert (field.arrow, field.sql, field.pandas) == ("int64", "BIGINT", "Int64")
    plain = Field.from_descriptor({"name": "x"})
    assert (plain.type, plain.arrow, plain.sql, plain.pandas) == ("string", "string", "VARCHAR", "")


def test_bounds_and_lengths_are_those_that_are_declared():
    n = Schema.from_descriptor(SCHEMA).fields[1]
    assert (n.constraints.bounds, n.constraints.lengths) == ({"minimum": 0}, {"maxLength": 3})


@pytest.mark.parametrize(
    ("declared", "match"),
    [("subset", "subset"), (["partial"], "partial"), (None, "exact"), ("other", "exact")],
)
def test_fields_match_as_a_text_or_as_a_list_of_one(declared, match):
    assert Schema.from_descriptor({"fields": [], "fieldsMatch": declared}).fields_match == match


def test_no_schema_is_false():
    assert not Schema()
    assert Schema.from_descriptor(SCHEMA)


@pytest.mark.parametrize("name", ["trueValues", "categories", "missingValues", "groupChar"])
def test_a_property_of_another_type_counts_as_not_declared(name):
    """Catches a traceback on what no profile looks into, such as `categories` in version 1."""
    field = Field.from_descriptor({"name": "x", "type": "string", name: 5})
    assert (field.categories, field.group_char, field.allowed) == ((), "", {})
