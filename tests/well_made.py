"""What every page in JupyterLab has to be, whoever sits before it and however wide the window."""

import pytest

EXPLORERS = ".sixteen-explorer"
OVERHANG = "explorer => explorer.scrollWidth - explorer.clientWidth"
# A pixel is enough for a scroll bar, which takes room from the rows.
SCROLLS = "node => node.scrollHeight - node.clientHeight"
CUT_OFF = """
(explorer) => [...explorer.querySelectorAll('img, input, select, button')]
  .filter((node) => node.checkVisibility()
    && node.getBoundingClientRect().right > explorer.getBoundingClientRect().right + 0.5)
  .map((node) => node.className)
"""
VOICE_ABOVE = """explorer => {
  const voice = explorer.querySelector(":scope > :has(> [role=status])");
  return voice.getBoundingClientRect().top <= explorer.getBoundingClientRect().top + 1;
}"""


def assert_well_made(page):
    """Axe has nothing to mend in it, all controls are named, and no explorer is cut or scrolls."""
    for width in (800, 1280):  # some 430 and 830 beside the side bar
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)  # it is laid out anew
        for explorer in page.locator(EXPLORERS).all():
            explorer.scroll_into_view_if_needed()
            assert explorer.evaluate(OVERHANG) <= 0
            assert explorer.evaluate(CUT_OFF) == []
            assert explorer.evaluate(SCROLLS) <= 0
            assert explorer.evaluate(VOICE_ABOVE)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    ours = {"include": [[".jp-OutputArea-output"], [".jp-MarkdownOutput"]]}
    violations = axe.Axe().run(page, context=ours).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []
