"""How `make docs` builds the site: these pages and the docstrings, nothing from another host."""

from pledgeline import __version__

project = "Pledgeline"
author = "The Pledgeline founders"
copyright = "2026 The Pledgeline founders"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.viewcode",
    "sphinx_argparse_cli",
]
exclude_patterns = ["example"]
default_role = "code"  # docstrings write `names` as Markdown does
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 80

myst_heading_anchors = 3
myst_links_external_new_tab = False

html_theme = "furo"
html_title = "Pledgeline"
html_copy_source = False
html_show_sphinx = False
html_static_path: list[str] = []
