"""What the kernel of a notebook in a browser leaves out, `helpers` puts in."""

from types import SimpleNamespace

import pytest

from helpers import in_browser


@pytest.fixture
def kernel():
    """A kernel like the browser's: it remembers the request, and the error that stops a page."""
    request = {"header": {"msg_id": "7"}, "metadata": {"cellId": "a cell", "tags": []}}
    shell = SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda: request), stopped_by=None)
    shell._showtraceback = lambda *error: setattr(shell, "stopped_by", error)
    in_browser.complete(shell)
    return shell, request


def test_an_error_on_purpose_is_shown_and_stops_nothing(kernel, capsys):
    shell, request = kernel
    request["metadata"]["tags"] = ["raises-exception"]
    shell._showtraceback(ValueError, ValueError("no tulip"), ["line 1", "ValueError: no tulip"])
    assert shell.stopped_by is None
    assert capsys.readouterr().err == "line 1\nValueError: no tulip\n"


def test_another_error_stops_the_page(kernel, capsys):
    shell, request = kernel
    error = (ValueError, ValueError("no tulip"), ["ValueError: no tulip"])
    for metadata in ({"tags": ["remove-cell"]}, {}):
        request["metadata"] = metadata
        shell.stopped_by = None
        shell._showtraceback(*error)
        assert shell.stopped_by == error
    assert capsys.readouterr().err == ""


def test_an_explorer_learns_in_which_cell_it_stands(kernel, monkeypatch):
    from helpers.explore import base

    shell, _ = kernel
    monkeypatch.setattr(base, "get_ipython", lambda: shell)
    assert base._where_we_are() == ("a cell", "7")
