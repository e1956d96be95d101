"""How Sphinx makes the site of the pages that `tools/site.py` lays out for it."""

project = "Sixteen Colors"
language = "en"

exclude_patterns = ["data", "lite"]
extensions = ["myst_nb", "sphinx.ext.mathjax"]
nb_execution_mode = "off"  # the pages come with their outputs
nb_merge_streams = True
nb_code_prompt_show = "Show the answer"
nb_code_prompt_hide = "Hide the answer"
myst_enable_extensions = ["dollarmath"]
mathjax_path = "mathjax.js"

html_theme = "sphinx_book_theme"
html_title = "Sixteen Colors"
html_copy_source = False
html_use_index = False
html_show_sourcelink = False
html_static_path = ["static"]
html_favicon = "static/icon.svg"
html_css_files = ["site.css"]
html_js_files = [("alive.js", {"defer": "defer"})]
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["search-button-field.html", "sbt-sidebar-nav.html"]}
html_theme_options = {
    "navbar_persistent": [],  # or it makes a bar of its own, whose buttons take the clicks
    "home_page_in_toc": True,
    "use_download_button": False,  # every lesson has its own, in sight
    "use_fullscreen_button": False,
    "use_repository_button": True,
    "show_toc_level": 2,
    "footer_content_items": "extra-footer.html",
    "extra_footer": "Code: MIT. Text: CC BY 4.0. Pictures: CC0 1.0.",
}
