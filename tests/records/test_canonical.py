"""`make fmt` gives one form to one content, keeps comments, and never changes what a file says."""

import json
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st
from support.copies import copy_article

from pledgeline.records.canonical import canonical
from pledgeline.records.characters import BLANK
from pledgeline.records.fmt import comments, content, format_records
from pledgeline.records.layout import Layout
from pledgeline.records.tree import parse

LAYOUT = Layout("things", nested={"cite": Layout("citations")})
ORDERS = {"things": ["id", "title", "note"], "citations": ["source", "locator"]}
UNTIDY = """\
# Things.
-   note:   'Words that
      go on.'     # beside the note

    # Above the title.
    title: "NO"
    cite:
    - locator: 1_000
      source:  "b"   # beside the citation
    # Above the second.
    - {locator:  "a, b", source: c}
    id: x
- title: ~x
  id: y
  note: >-
    folded
    twice
# The end.
"""
TIDY = """\
# Things.
- id: x
  # Above the title.
  title: NO
  note: "Words that go on."  # beside the note
  cite:
    # beside the citation
    - {source: b, locator: 1_000}
    # Above the second.
    - {source: c, locator: "a, b"}
- id: y
  title: ~x
  note: folded twice
# The end.
"""


def tidy(text: str) -> str:
    root, problems = parse(text, "test")
    assert problems == []
    return canonical(text, root, LAYOUT, ORDERS)


def test_an_untidy_file_becomes_the_tidy_one():
    """Catches lost comments, keys out of order, needless quotes, and a form that depends on the
    author's.
    """
    assert tidy(UNTIDY) == TIDY
    assert tidy(TIDY) == TIDY


def test_fmt_rewrites_what_is_untidy_and_fixes_line_ends(tmp_path):
    """Catches a formatter that reports and does not write, or leaves CR LF."""
    root = copy_article(tmp_path)
    path = root / "data/records/relations/article.yaml"
    tidy_bytes = path.read_bytes()
    path.write_bytes(tidy_bytes.replace(b"\n", b"\r\n"))
    assert format_records(root, check=True)[0] == ["data/records/relations/article.yaml"]
    assert format_records(root, check=False)[0] == ["data/records/relations/article.yaml"]
    assert path.read_bytes() == tidy_bytes
    path.write_bytes(tidy_bytes.replace(b"\n", b"\r"))
    assert format_records(root, check=False) == (["data/records/relations/article.yaml"], [])
    assert path.read_bytes() == tidy_bytes


def test_fmt_puts_letters_and_accents_together(tmp_path):
    """Catches a text that looks right, is refused, and cannot be fixed by hand."""
    root = copy_article(tmp_path)
    path = root / "data/records/actors/people.yaml"
    composed = path.read_text().replace("office: President of", "office: Président of")
    path.write_text(composed.replace("é", "e\u0301"))
    assert format_records(root, check=False) == (["data/records/actors/people.yaml"], [])
    assert path.read_text() == composed


def test_fmt_does_not_hide_what_an_escape_shows(tmp_path):
    """Catches an escape that can be seen, rewritten as a character that cannot."""
    root = copy_article(tmp_path)
    path = root / "data/records/relations/article.yaml"
    text = path.read_text() + '- id:   "a\\u200bb"\n'
    path.write_text(text)
    changed, problems = format_records(root, check=False)
    assert changed == [] and [problem.code for problem in problems] == ["invisible-character"]
    assert path.read_text() == text


def test_fmt_does_not_settle_what_a_comment_may_have_cut(tmp_path):
    """Catches a text that lost its end, made to look as if it were meant so."""
    root = copy_article(tmp_path)
    path = root / "data/records/relations/article.yaml"
    text = path.read_text().replace(
        "note: The article says that it followed", "note: The article's #2 says that it followed"
    )
    path.write_text(text)
    changed, problems = format_records(root, check=False)
    assert changed == [] and [problem.code for problem in problems] == ["cut-by-comment"]
    assert path.read_text() == text


def test_fmt_leaves_a_broken_file_alone(tmp_path):
    """Catches a formatter that guesses at a file it cannot read."""
    root = copy_article(tmp_path)
    path = root / "data/records/relations/article.yaml"
    path.write_text("- id: [\n")
    changed, problems = format_records(root, check=False)
    assert changed == [] and [problem.code for problem in problems] == ["yaml-syntax"]
    assert path.read_text() == "- id: [\n"


MULTILINE_FLOW = """\
- id: x
  cite:
    - {source: b,  # which
       # where
       locator: c  # there
      }  # end
"""


def test_no_comment_is_lost_inside_braces():
    """Catches comments dropped when a mapping of several lines goes on one."""
    assert comments(tidy(MULTILINE_FLOW)) == ["# end", "# there", "# where", "# which"]


seen = st.characters(
    exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs"),
    exclude_characters=[*BLANK, "\ufffe", "\uffff"],
)
texts = st.text(seen | st.just(" "), min_size=1).map(lambda text: normalize("NFC", text))
words = st.lists(
    st.text("abc#:-'\"{}[],&*!|>%@` é", min_size=1, max_size=12), min_size=1, max_size=40
).map(" ".join)


values = (texts | words).map(str.strip).filter(bool)


@given(st.lists(st.fixed_dictionaries({"id": values, "note": values}), min_size=1, max_size=3))
def test_any_text_survives(records):
    """Catches text that plain, quoted or folded form would change, and a form that is not its own
    form.
    """
    written = tidy(json.dumps(records, ensure_ascii=False))  # JSON is YAML
    assert content(parse(written, "test")[0]) == records
    assert tidy(written) == written
