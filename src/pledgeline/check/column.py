"""A field's cells as SQL: which are missing, which are of the field's type, and what a cell is when
keys are compared.

Comes in: a Table Schema field and where its cells stand. Goes out: a `Column` of SQL expressions,
from which checks are made. SQL judges the ordinary cells. What it is not sure of ("odd" cells) a
table named by `Column.odd` judges, with the columns `cell`, `state`, `broken` (constraints, each
between commas) and `canonical`; without such a table they are wrong.
"""

from dataclasses import dataclass

from pledgeline.sql import literals
from pledgeline.standard.types import true_values

MISSING, RIGHT, WRONG, UNDECIDED, DECIDED_RIGHT = 0, 1, 2, 3, 4

NUMERIC = {"integer", "number", "year"}


@dataclass(frozen=True)
class Column:
    """SQL over one field: `cell` as it stands in the source (NULL where the row is too short),
    `value` NULL where missing.

    `value` is the cell itself, or the name of what `made` computes: once a row, however many checks
    look at it.
    """

    field: dict
    number: int  # from 1
    cell: str
    value: str
    accept: str
    refuse: str
    odd: str = ""
    text: bool = True
    made: str = ""
    parsed: str = ""  # the integer that a text stands for: computed once a row too, as `n...`
    zoned: bool = (
        False  # whether values are moments with a time zone, which Python gets as microseconds
    )

    @property
    def name(self) -> str:
        return self.field["name"]

    @property
    def sure(self) -> bool:
        """Whether every value is of the type."""
        return self.accept == "TRUE"

    @property
    def state(self) -> str:
        """SQL: MISSING, RIGHT, WRONG, DECIDED_RIGHT or, as long as nobody has judged the cell,
        UNDECIDED.
        """
        otherwise = f"COALESCE({self.odd}.state, {UNDECIDED})" if self.odd else str(UNDECIDED)
        return (
            f"CASE WHEN {self.value} IS NULL THEN {MISSING} WHEN {self.accept} THEN {RIGHT}"
            f" WHEN {self.refuse} THEN {WRONG} ELSE {otherwise} END"
        )

    @property
    def computed(self) -> list[str]:
        """What is computed of each cell before it is judged."""
        own = [f"{self.made} AS {self.value}"] if self.made else []
        return own + ([f"{self.parsed} AS n{self.number}"] if self.parsed else [])

    @property
    def as_text(self) -> str:
        """SQL: the value as text."""
        return self.value if self.text else f"CAST({self.value} AS VARCHAR)"

    @property
    def key(self) -> str:
        """SQL: the value as the text by which keys are compared; NULL where it is missing or not of
        the type.
        """
        odd = f" WHEN {self.state_name} = {DECIDED_RIGHT} THEN k{self.number}" if self.odd else ""
        own = self.as_text
        if self.field["type"] == "boolean":
            own = f"CASE WHEN {own} IN ({literals(true_values(self.field))}) THEN 'true' ELSE 'false' END"
        return own if self.sure else f"CASE WHEN {self.state_name} = {RIGHT} THEN {own}{odd} END"

    @property
    def state_name(self) -> str:
        """The column that holds `state` in the statements that checks are run in."""
        return f"s{self.number}"

    @property
    def judgement(self) -> list[str]:
        """What those statements select beside the cells: the state, and what an odd cell breaks and
        its canonical text.
        """
        own = [] if self.sure else [f"{self.state} AS {self.state_name}"]
        return own + (
            [f"{self.odd}.broken AS b{self.number}", f"{self.odd}.canonical AS k{self.number}"]
            if self.odd
            else []
        )
