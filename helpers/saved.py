"""What a page keeps of its explorers when JupyterLab saves it: `lab.py` has it called then."""

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def leave_stills(model, **_):
    """Take explorers that cannot be shown again out of a page, before it is saved.

    JupyterLab saves those that a kernel still answers. Of the others only a reference is
    left, for which it would show "model not found" when the page is opened, in place of the
    still that stands beside it.

    Parameters
    ----------
    model : dict
        What is to be saved, as Jupyter's contents API describes it; changed in place.
    """
    if model["type"] != "notebook":
        return
    page = model["content"]
    kept = page["metadata"].get("widgets", {}).get(STATE, {}).get("state", {})
    for cell in page["cells"]:
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            if "text/html" in shown and VIEW in shown and shown[VIEW]["model_id"] not in kept:
                del shown[VIEW]
