"""What validation found: a task a resource, in the form of frictionless-py's report.

Counts are exact even where the listing stops at the limit: `Task.counts` has every error type,
`Task.errors` the first few.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pledgeline.text import quoted, shortened

NOT_CHECKED = "not-checked"  # the type of what one of our bounds kept from being checked
LONGEST = 60  # characters of a name in a message
FLAT = ("taskNumber", "rowNumber", "fieldNumber", "type")


@dataclass(frozen=True)
class Error:
    """One defect.

    `found` says what is wrong, without its place; `message` is both together.

    `type` is frictionless-py's (`type-error`, `foreign-key`, ...) or the code of a rule.
    `row_number` counts the rows of the file with its header, as in frictionless-py; it is None
    where no row is meant. `record` is the place in a hand-written file that the row was built from
    (`data/records/...yaml:12`), where one is known.
    """

    type: str
    found: str
    note: str = ""
    row_number: int | None = None
    field_name: str | None = None
    field_number: int | None = None
    field_names: tuple[str, ...] = ()  # of a key
    cell: str | None = None
    severity: str = "error"
    record: str | None = None
    fix: str = ""
    constraint: str = ""  # what is broken, by its name in the schema
    expected: str = ""  # what the constraint asks for, in words
    target: str = ""  # the resource that a foreign key refers to

    @property
    def place(self) -> str:
        """`row 2, field "strength"`; "" where no row is meant and `found` says what it is about."""
        if self.row_number is None:
            return ""
        if self.field_names:
            kind = "fields" if len(self.field_names) > 1 else "field"
            where = f"{kind} {', '.join(shortened(name, LONGEST) for name in self.field_names)}"
        elif self.field_name:
            where = f"field {quoted(self.field_name, LONGEST)}"
        else:
            where = ""
        return f"row {self.row_number}" + (f", {where}" if where else "")

    @property
    def message(self) -> str:
        """What is wrong, and where: `row 2, field "strength": "high" is not a whole number`."""
        return ": ".join(part for part in (self.place, self.found) if part)

    def to_dict(self) -> dict[str, Any]:
        """The error as JSON has it, with frictionless-py's names."""
        named = {
            "type": self.type,
            "message": self.message,
            "note": self.note,
            "severity": self.severity,
            "rowNumber": self.row_number,
            "fieldName": self.field_name,
            "fieldNumber": self.field_number,
            "fieldNames": list(self.field_names) or None,
            "cell": self.cell,
            "record": self.record,
            "fix": self.fix or None,
        }
        return {key: value for key, value in named.items() if value is not None}


@dataclass
class Task:
    """One resource: who checked it, how many errors of each type it has, and the first of them.

    `engine` is "duckdb", or "frictionless" where that was asked for. `seconds` is wall time;
    `rows` is None where they were not counted.
    """

    name: str
    place: str
    format: str = ""
    engine: str = "duckdb"
    type: str = "table"  # or "file", of which only the size and the hash are checked
    labels: list[str] = field(default_factory=list)
    rows: int | None = None
    fields: int | None = None
    bytes: int | None = None
    seconds: float = 0.0
    # (severity, type) -> how many
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)  # at most the limit, in row order
    # The primary keys, as text, of the rows that have listed errors, by row number.
    keys: dict[int, tuple[str | None, ...]] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with the resource; there may be warnings."""
        return not self.count("error")

    def count(self, severity: str) -> int:
        """How many findings of one severity there are, listed or not."""
        return sum(number for (graded, _), number in self.counts.items() if graded == severity)

    def to_dict(self) -> dict[str, Any]:
        """The task as JSON has it, with frictionless-py's names."""
        stats = {"rows": self.rows, "fields": self.fields, "bytes": self.bytes}
        return {
            "name": self.name,
            "type": self.type,
            "valid": self.valid,
            "place": self.place,
            "format": self.format,
            "engine": self.engine,
            "labels": self.labels,
            "stats": {
                "errors": self.count("error"),
                "warnings": self.count("warning"),
                "seconds": round(self.seconds, 3),
                **{key: value for key, value in stats.items() if value is not None},
                "counts": {type: number for (_, type), number in sorted(self.counts.items())},
            },
            "errors": [error.to_dict() for error in self.errors],
        }


@dataclass
class Report:
    """The verdict on one package: `errors` are the descriptor's own, the rest is by task.

    >>> report = pledgeline.validate("stations-broken")
    >>> [error.message for task in report.tasks for error in task.errors]
    ['row 3, field "docks": "many" is not a whole number such as 43']
    """

    place: str
    tasks: list[Task] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong; there may be warnings.

        >>> pledgeline.validate("stations").valid
        True
        """
        return not any(error.severity == "error" for error in self.errors) and all(
            task.valid for task in self.tasks
        )

    @property
    def unfinished(self) -> bool:
        """Whether nothing is wrong as far as was checked, and our bounds kept us from the rest."""
        types = {error.type for error in self.errors if error.severity == "error"}
        types |= {
            type for task in self.tasks for (graded, type) in task.counts if graded == "error"
        }
        return types == {NOT_CHECKED}

    def count(self, severity: str) -> int:
        """How many findings of one severity there are in the descriptor and all resources.

        >>> pledgeline.validate("stations-broken").count("error")
        1
        """
        own = sum(error.severity == severity for error in self.errors)
        return own + sum(task.count(severity) for task in self.tasks)

    def flatten(self, spec: Iterable[str] = FLAT) -> list[list[Any]]:
        """The listed errors as rows of the properties in `spec`, as frictionless-py gives them.

        >>> report = pledgeline.validate("stations-broken")
        >>> report.flatten(["rowNumber", "fieldName", "type"])
        [[3, 'docks', 'type-error']]
        """
        spec = list(spec)
        rows = [error.to_dict() for error in self.errors]
        rows += [
            {"taskNumber": n, **error.to_dict()}
            for n, task in enumerate(self.tasks, 1)
            for error in task.errors
        ]
        return [[row.get(name) for name in spec] for row in rows]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, in the form of `pledgeline validate --format json`."""
        return {
            "valid": self.valid,
            "place": self.place,
            "stats": {
                "tasks": len(self.tasks),
                "errors": self.count("error"),
                "warnings": self.count("warning"),
                "seconds": round(self.seconds, 3),
            },
            "errors": [error.to_dict() for error in self.errors],
            "tasks": [task.to_dict() for task in self.tasks],
        }
