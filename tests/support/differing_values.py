"""JSON and workbooks that frictionless-py reads otherwise than they are:
what each of the two finds.
"""

import io

import xlwt

from support.differing_cells import Difference
from support.workbooks import cells, with_sheet

HEAD = '<row r="1"><c r="A1" t="str"><v>id</v></c></row>'


def json_table(
    content: str, ours: list[str], theirs: list[str], format: str = "json", **about
) -> Difference:
    """A JSON file with integers in `id` and years in `y`, unless the schema is given."""
    fields = [{"name": "id", "type": "integer"}, {"name": "y", "type": "year"}]
    name = f"t.{format}"
    resource = {"path": name, "format": format, "schema": {"fields": fields}, **about}
    return Difference(resource, {name: content.encode()}, ours, theirs)


def sheet(xml: str, ours: list[str], theirs: list[str]) -> Difference:
    """An xlsx of one column of integers whose rows are `xml`."""
    fields = [{"name": "id", "type": "integer"}]
    resource = {"path": "t.xlsx", "format": "xlsx", "schema": {"fields": fields}}
    xml = xml.replace("<sheetData>", f"<sheetData>{HEAD}")
    return Difference(resource, {"t.xlsx": with_sheet(xml)}, ours, theirs)


def error_in_xls() -> Difference:
    """#DIV/0!, which an xls holds as the number 7."""
    book = xlwt.Workbook()
    own = book.add_sheet("Sheet")
    own.write(0, 0, "id")
    own.row(1).set_cell_error(0, "#DIV/0!")
    written = io.BytesIO()
    book.save(written)
    fields = [{"name": "id", "type": "integer"}]
    resource = {"path": "t.xls", "format": "xls", "schema": {"fields": fields}}
    return Difference(resource, {"t.xls": written.getvalue()}, ["type-error 2 id"], [])


VALUES = {
    "json-order-of-keys": json_table(
        '[{"y": 2022, "id": 1}]', [], ["incorrect-label id", "incorrect-label y"]
    ),
    "json-unknown-key": json_table(
        '[{"id": 1, "y": 2022}, {"id": 2, "y": 2022, "ID": 3}]', ["extra-cell 3"], []
    ),
    "json-repeated-key": json_table('[{"id": 1, "y": 2022, "id": 2}]', ["source-error"], []),
    "json-whole-numbers": json_table('[{"id": 1, "y": 2022.0}]', [], ["type-error 2 y"]),
    "json-bytes": json_table('[{"id": 1, "y": 2022}]', [], ["byte-count"], bytes=22),
    "json-blank-line": json_table(
        '{"id": 1, "y": 2022}\n\n{"id": 2, "y": 2022}', [], ["source-error"], format="jsonl"
    ),
    "geojson-properties": json_table(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null,'
        ' "properties": {"id": 1, "y": 2022}}]}',
        [],
        ["format-error"],
        format="geojson",
    ),
    "xlsx-rows-beyond-its-dimension": sheet(
        cells("2: A2=1", "3: A3=1.5", dimension="A1:A2"), ["type-error 3 id"], []
    ),
    "xlsx-rows-out-of-order": sheet(
        cells("3: A3=1", "2: A2=1.5"), ["format-error"], ["blank-row 2"]
    ),
    "xls-errors": error_in_xls(),
}
