"""What a validation says of how far it has come."""

import json
import threading

import pytest

from pledgeline import validate
from pledgeline.source import watch

FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A package of two tables, the first of some megabytes."""
    folder = tmp_path_factory.mktemp("package")
    rows = "".join(f'{number},"a name of some length, quoted"\n' for number in range(200_000))
    (folder / "large.csv").write_text(f"id,name\n{rows}")
    (folder / "small.csv").write_text("id,name\n1,one\n")
    (folder / "picture.png").write_bytes(b"0123456789")
    tables = [
        {"name": name, "path": f"{name}.csv", "schema": {"fields": FIELDS, "primaryKey": ["id"]}}
        for name in ("large", "small")
    ]
    resources = [*tables, {"name": "picture", "path": "picture.png"}]
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"name": "package", "resources": resources}))
    return path


def test_it_moves_within_a_table_and_never_back(package, monkeypatch):
    """Catches a bar that stands still in a large table, goes back, or does not end at its end."""
    monkeypatch.setattr(watch, "INTERVAL", 0.001)
    calls = []
    assert validate(package, progress=lambda *call: calls.append(call)).valid
    sizes = {file.name: file.stat().st_size for file in package.parent.iterdir()}
    total = sizes["large.csv"] + sizes["small.csv"] + sizes["picture.png"]
    done = [done for _, done, _ in calls]
    before = sizes["picture.png"]  # what is no table comes first
    assert {given for *_, given in calls} == {total}
    assert done == sorted(done) and done[0] == 0 and done[-1] == total
    assert {name for name, *_ in calls} == {"large", "small", "picture"}
    assert any(before < done < before + sizes["large.csv"] for name, done, _ in calls)


def test_what_the_caller_raises_ends_the_validation(package, monkeypatch):
    """Catches a stop that nobody hears of, since it was asked for in another thread."""
    monkeypatch.setattr(watch, "INTERVAL", 0.001)

    class Enough(Exception):
        pass

    def stop(name: str, done: int, total: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise Enough

    with pytest.raises(Enough):
        validate(package, progress=stop)


def test_without_a_caller_there_is_no_thread(package, monkeypatch):
    """Catches a thread that looks for nobody."""
    monkeypatch.setattr(threading.Thread, "start", lambda thread: pytest.fail("it starts a thread"))
    assert validate(package).valid
