"""great-expectations: a suite of expectations on a pandas data frame."""

import json
import sys
from pathlib import Path

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe

NUMBERS = ["amount", "count", "year"]


def read(descriptor: Path, table: str) -> pd.DataFrame:
    """Reads a table: a CSV file as text, since pandas gives a column with a wrong cell no type."""
    file = descriptor.with_name(f"{table}.{descriptor.stem}")
    if descriptor.stem == "csv":
        return pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""])
    return pd.read_parquet(file)


def expected(actors: list[str]) -> list[gxe.Expectation]:
    """What holds of the table in either format."""
    required = ["id", "actor", "kind", "title"]
    return [
        *(gxe.ExpectColumnValuesToNotBeNull(column=name) for name in required),
        gxe.ExpectColumnValuesToBeUnique(column="id"),
        gxe.ExpectColumnValuesToMatchRegex(column="id", regex="^[a-z]+-[0-9]+$"),
        gxe.ExpectColumnValuesToBeInSet(column="actor", value_set=actors),
        gxe.ExpectColumnValuesToBeInSet(column="kind", value_set=["visit", "call", "summit"]),
        gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1, max_value=200),
        gxe.ExpectColumnValuesToBeBetween(column="amount_number", min_value=0),
        gxe.ExpectColumnValuesToBeBetween(column="count_number", min_value=0, max_value=1000),
        gxe.ExpectColumnValuesToBeBetween(column="year_number", min_value=1991, max_value=2030),
    ]


def texts() -> list[gxe.Expectation]:
    """What the texts of a CSV file must be to have the types of their columns."""
    return [
        gxe.ExpectColumnValuesToMatchStrftimeFormat(column="day", strftime_format="%Y-%m-%d"),
        gxe.ExpectColumnValuesToMatchRegex(column="amount", regex=r"^[+-]?[0-9]+(\.[0-9]*)?$"),
        gxe.ExpectColumnValuesToMatchRegex(column="count", regex="^[+-]?[0-9]+$"),
        gxe.ExpectColumnValuesToMatchRegex(column="year", regex="^[+-]?[0-9]+$"),
        gxe.ExpectColumnValuesToBeInSet(column="flag", value_set=["true", "false"]),
    ]


def count(descriptor: Path) -> dict[str, int]:
    """Counts the unexpected values of each expectation."""
    events = read(descriptor, "events")
    for name in NUMBERS:
        events[f"{name}_number"] = pd.to_numeric(events[name], errors="coerce")
    actors = read(descriptor, "actors")["id"].tolist()
    suite = gx.ExpectationSuite(
        "events", expected(actors) + (texts() if descriptor.stem == "csv" else [])
    )
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("events")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": events})
    results = batch.validate(suite, result_format="BASIC").results
    found = {}
    for each in results:
        config = each.expectation_config
        found[f"{config.kwargs['column']} {config.type}"] = each.result["unexpected_count"]
    return found


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))
