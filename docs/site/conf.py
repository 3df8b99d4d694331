"""Sphinx's configuration of the site that `make docs` builds (scripts/make_docs.py lays it out).

The pages are those of the repository, at the same places relative to each other, so that one
link works in both. Everything that a page needs lies beside it: it opens from a folder, offline.
"""

from __future__ import annotations

import pkgutil

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import depgraph

project = "depgraph"
author = "The depgraph developers"
project_copyright = "The depgraph developers, MIT licence"
version = release = depgraph.__version__

extensions = [
    "sphinx.ext.autodoc",
    "numpydoc",
    "myst_nb",
]
default_role = "code"  # single backquotes, as in all of our text

# -- Python's names: every public one, as its docstring tells it --------------------------------

autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 60  # a parameter a line: legible on a phone
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False


def _leave_names_of_others(app: Sphinx, doctree: nodes.document) -> None:
    """Leave names of other packages plain text: their inventories are not on this machine."""
    for node in list(doctree.findall(pending_xref)):
        if node["refdomain"] == "py" and not node["reftarget"].startswith("depgraph."):
            node.replace_self(node.children)


def _leave_names_of_modules(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.TextElement | None:
    """Leave a name that has no page plain text, if there is such a name; else Sphinx warns."""
    try:
        pkgutil.resolve_name(node["reftarget"])
    except (AttributeError, ImportError, ValueError):
        return None
    return content


def setup(app: Sphinx) -> None:
    """Let names without a page be text."""
    app.connect("doctree-read", _leave_names_of_others)
    app.connect("missing-reference", _leave_names_of_modules)


# -- guides and notebooks -----------------------------------------------------------------------

myst_heading_anchors = 4  # the anchors that a code host gives: design.md#nodes
nb_execution_mode = "off"  # scripts/make_docs.py ran them, offline
nb_mime_priority_overrides = [("html", "image/svg+xml", 5)]
nb_render_markdown_format = "myst"  # with tables

# -- the pages ----------------------------------------------------------------------------------

html_theme = "furo"
html_title = "depgraph"
html_static_path = ["_static"]
html_css_files = ["depgraph.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # would fetch pages, which a browser refuses to files
html_theme_options = {"top_of_page_buttons": []}
