"""How the documentation is built: `sphinx-build -W -b html docs docs/_build`."""

from importlib.metadata import version as installed_version

project = "career_path"
author = "The career_path developers"
copyright = "2026, The career_path developers"
version = release = installed_version("career-path")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"career_path {release}"
nitpicky = False  # types of the standard library are not looked up on the network

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_class_signature = "mixed"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
