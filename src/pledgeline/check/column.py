"""A field's cells as SQL: missing or not, of the field's type or not, equal or not as keys.

In: a field, and where its cells are. Out: a `Column` of SQL expressions from which checks are made.
SQL judges the ordinary cells. Those it is not sure of are UNDECIDED until the table named by
`Column.verdicts` decides them, with the columns `cell`, `state`, `broken` (constraints, each
between commas) and `canonical`; without such a table they count as wrong.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pledgeline.sql import is_one_of
from pledgeline.standard.field import Field

MISSING, RIGHT, WRONG, UNDECIDED, DECIDED_RIGHT = range(5)  # the states of a cell

NUMERIC = {"integer", "number", "year"}


@dataclass(frozen=True)
class Column:
    """The SQL expressions over one field.

    `cell` is the cell as it is in the source (NULL where the row is too short), `value` the same
    but NULL where it is missing: the cell itself, or the name of what `computed_value` gives,
    computed once a row however many checks look at it. `accept` and `refuse` are conditions on the
    value.
    """

    field: Field
    number: int  # from 1
    cell: str
    value: str
    accept: str
    refuse: str
    verdicts: str = ""  # the table that decides the undecided cells
    text: bool = True  # whether values are texts in the source
    computed_value: str = ""
    parsed: str = ""  # the integer that a text represents: computed once a row too, as `n...`
    # whether values are moments with a time zone, which Python gets as microseconds
    zoned: bool = False
    # constraint -> the table that has its values as text, where they are too many for a list
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unchecked: str = ""  # why some cells were not held to the pattern

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def sure(self) -> bool:
        """Whether every value is of the type."""
        return self.accept == "TRUE"

    @property
    def right(self) -> "Column":
        """The same column where it is known that every value is of the type."""
        return dataclasses.replace(self, accept="TRUE")

    @property
    def state(self) -> str:
        """SQL: MISSING, RIGHT, WRONG, DECIDED_RIGHT or, until it is decided, UNDECIDED."""
        otherwise = str(UNDECIDED)
        if self.verdicts:
            otherwise = f"COALESCE({self.verdict}.state, {UNDECIDED})"
        return (
            f"CASE WHEN {self.value} IS NULL THEN {MISSING} WHEN {self.accept} THEN {RIGHT}"
            f" WHEN {self.refuse} THEN {WRONG} ELSE {otherwise} END"
        )

    @property
    def computed(self) -> list[str]:
        """What is computed of each cell before it is judged."""
        value = [f"{self.computed_value} AS {self.value}"] if self.computed_value else []
        return value + ([f"{self.parsed} AS n{self.number}"] if self.parsed else [])

    @property
    def as_text(self) -> str:
        """SQL: the value as text."""
        return self.value if self.text else f"CAST({self.value} AS VARCHAR)"

    @property
    def key(self) -> str:
        """SQL: the value as the text by which keys are compared.

        NULL where it is missing or not of the type.
        """
        own = self.as_text
        if self.field.type == "boolean":
            true = is_one_of(own, self.field.true_values)
            own = f"CASE WHEN {true} THEN 'true' ELSE 'false' END"
        if self.field.type == "number" and self.text:
            own = canonical_number(own)
        if self.sure:
            return own
        decided = ""
        if self.verdicts:
            decided = f" WHEN {self.state_name} = {DECIDED_RIGHT} THEN k{self.number}"
        return f"CASE WHEN {self.state_name} = {RIGHT} THEN {own}{decided} END"

    @property
    def wrong(self) -> str:
        """SQL: whether the value is not of the type, so that it cannot be part of a key."""
        if self.sure:
            return "FALSE"
        return f"{self.state_name} NOT IN ({MISSING}, {RIGHT}, {DECIDED_RIGHT})"

    @property
    def state_name(self) -> str:
        """The column that holds `state` in the statements that checks are run in."""
        return f"s{self.number}"

    @property
    def verdict(self) -> str:
        """The name by which those statements join the verdicts: a table may be joined twice."""
        return f"j{self.number}"

    @property
    def judgement(self) -> list[str]:
        """What those statements select beside the cells.

        The state and, from the verdicts, what a cell breaks and its canonical text.
        """
        state = [] if self.sure else [f"{self.state} AS {self.state_name}"]
        if not self.verdicts:
            return state
        broken, canonical = f"b{self.number}", f"k{self.number}"
        return [
            *state,
            f"{self.verdict}.broken AS {broken}",
            f"{self.verdict}.canonical AS {canonical}",
        ]


def with_values(columns: Iterable[Column], relation: str, kept: str = "*") -> str:
    """SQL: a relation, or what is `kept` of it, with the values of the cells of `columns`."""
    computed = [part for column in columns for part in column.computed]
    return f"(SELECT {', '.join([kept, *computed])} FROM {relation} AS source)"


def with_judgement(columns: Iterable[Column], values: str, more: Iterable[str] = ()) -> str:
    """SQL: a relation of `values` with the judgement of `columns`, and with `more`."""
    columns = list(columns)
    selected = ["known.*", *more, *(part for column in columns for part in column.judgement)]
    joins = [
        f" LEFT JOIN {c.verdicts} AS {c.verdict} ON {c.verdict}.cell = {c.as_text}"
        for c in columns
        if c.verdicts
    ]
    return f"(SELECT {', '.join(selected)} FROM {values} AS known{''.join(joins)})"


def canonical_number(text: str) -> str:
    """SQL: a text of digits, a sign and a point without the zeros that do not count."""
    short = f"CASE WHEN contains({text}, '.') THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END"
    plain = f"regexp_replace({short}, '^(-?)0+([0-9])', '\\1\\2')"
    return f"COALESCE(NULLIF({plain}, '-0'), '0')"
