"""Names and values written into SQL: whatever a stranger puts in them stays a name or a value."""

from collections.abc import Collection, Iterable

FEW = 16  # texts that are compared one by one


def identifier(name: str) -> str:
    """`name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """`texts` as a list for IN (...)."""
    return ", ".join(map(literal, texts))


def is_one_of(value: str, texts: Collection[str]) -> str:
    """SQL: whether `value` is one of `texts`; FALSE where there are none.

    A few are compared one by one: the database makes a join of every longer IN (...), which takes
    ten megabytes for each column of a table.

    >>> is_one_of("v1", ["yes", "no"])
    "(v1 = 'yes' OR v1 = 'no')"
    """
    if len(texts) > FEW:
        return f"{value} IN ({literals(texts)})"
    return balanced([f"{value} = {literal(text)}" for text in texts], "OR") if texts else "FALSE"


def all_of(conditions: list[str]) -> str:
    """All of `conditions`; FALSE where there are none."""
    return balanced(conditions, "AND") if conditions else "FALSE"


def balanced(terms: list[str], operator: str) -> str:
    """`terms` joined by an associative operator, as a balanced tree.

    The depth of an expression is limited, and of a chain every term is one level.

    >>> balanced(["a", "b", "c"], "+")
    '(a + (b + c))'
    """
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    first, second = balanced(terms[:middle], operator), balanced(terms[middle:], operator)
    return f"({first} {operator} {second})"


def distinct_names(names: Iterable[str]) -> list[str]:
    """`names` with a number after those that SQL, which ignores case, takes for an earlier one.

    No number makes a name that another of `names` has.

    >>> distinct_names(["events", "Events", "EVENTS", "events_1"])
    ['events', 'Events_2', 'EVENTS_3', 'events_1']
    """
    names = list(names)
    taken = {name.casefold() for name in names}
    distinct: dict[str, str] = {}  # by the name without case
    for name in names:
        own, number = name, 0
        while own.casefold() in (distinct if own == name else taken | distinct.keys()):
            number += 1
            own = f"{name}_{number}"
        distinct[own.casefold()] = own
    return list(distinct.values())
