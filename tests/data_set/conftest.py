"""The tables and charts of the figures, once a module."""

import pytest
from support.copies import REPOSITORY

from scripts import figure_tables, figures


@pytest.fixture(scope="module")
def tables() -> figure_tables.Tables:
    return figure_tables.read(REPOSITORY)


@pytest.fixture(scope="module")
def charts_drawn(tables) -> dict[str, dict]:
    """The Vega-Lite of each figure."""
    return {name: draw(tables).to_dict() for name, draw in figures.FIGURES.items()}
