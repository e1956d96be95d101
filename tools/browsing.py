"""A JupyterLab of one's own and a browser that presses its keys, for tests and benchmarks."""

import contextlib
import functools
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
TOKEN = "a-token-for-tests"
PATIENCE = 300  # seconds: a busy machine is slow, and what comes at once costs no waiting
COUNTS = (  # the numbers of the code cells, null where one has not run yet
    "jupyterapp.shell.currentWidget.content.model.toJSON().cells"
    ".filter(cell => cell.cell_type == 'code').map(cell => cell.execution_count)"
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and writes no line about each."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """Serve a folder's files on this machine, as the web does; the address it then has."""
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def jupyterlab(folder):
    """Start JupyterLab in a folder, and stop it at the end.

    Each page opens in a workspace of its own, so that none sees another's tabs.

    Parameters
    ----------
    folder : Path
        It holds the pages; the server's log is written into it.

    Yields
    ------
    callable
        The address of a page by its path in the folder, without ``.ipynb``.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    arguments = f"--no-browser --allow-root --port={port} --ServerApp.port_retries=0".split()
    settings = [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
    settings += ["--LabApp.news_url=None", "--ip=127.0.0.1", "--expose-app-in-browser"]
    settings += ["--ContentsManager.pre_save_hook=helpers.saved.leave_stills"]  # as lab.py does
    # Settings of its own: a theme, a wide side bar or a shortcut of whoever runs this stay out.
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / ".settings")}
    _ask_nothing(folder / ".settings")
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *arguments, *settings],
            env=env,
            stdout=log,
            stderr=log,
        )

    def address_of(page):
        workspace = page.replace("/", "-")
        return f"{address}/lab/workspaces/for-{workspace}/tree/{page}.ipynb?token={TOKEN}"

    try:
        _wait_for(f"{address}/api?token={TOKEN}", server, folder / "log")
        yield address_of
    finally:
        server.terminate()
        server.wait(30)


def _ask_nothing(settings):
    """No question about news or updates: it would come up at any time, and take the focus."""
    answers = {
        "@jupyterlab/apputils-extension/notification": {
            "checkForUpdates": False,
            "fetchNews": "false",
        },
        "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},  # as lab.py does
    }
    for name, values in answers.items():
        path = settings / "lab" / "user-settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


def _wait_for(address, server, log):
    for _ in range(5 * PATIENCE):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text(errors="replace", encoding="utf-8")
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not answer within minutes")


def run_all(page, address, seconds=PATIENCE):
    """Open a lesson and run it from the top, as a person does, by the menu."""
    open_page(page, address)
    wait_until_connected(page)
    before = page.evaluate(COUNTS)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "before => document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status"
        f" == 'busy' || JSON.stringify({COUNTS}) != JSON.stringify(before)",
        arg=before,
    )
    # Idle is not enough: the kernel is idle between two cells as well. JupyterLab takes a
    # cell's number away when it is to run, and gives it a new one when it has run.
    page.wait_for_function(f"() => ({COUNTS}).every(count => count)", timeout=seconds * 1000)
    wait_until_idle(page)


def open_page(page, address):
    """Open a lesson and wait until its kernel is ready."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    wait_until_idle(page)


def wait_until_connected(page):
    """Wait until the kernel is connected: before that, JupyterLab drops what is to run."""
    page.wait_for_function(
        "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.connectionStatus"
        " == 'connected'"
    )


def wait_until_idle(page):
    """Wait until the kernel has nothing to do."""
    idle = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
    page.wait_for_selector(idle, state="attached")


def press(slider, key):
    """Press a key on a slider's handle until it has moved.

    While JupyterLab is still laying out the cells that have run, it may take the focus away
    between two keys, and a person would press again.
    """
    before = slider.get_attribute("aria-valuenow")
    for _ in range(5):
        slider.press(key)
        # A busy machine may take seconds, and a second press would go too far.
        if until(lambda: slider.get_attribute("aria-valuenow") != before, 20):
            return
    raise AssertionError(f"{key} pressed five times, and the slider is still at {before}")


def until(true, seconds=PATIENCE):
    """What a function gives once that is true, or gives last: words come before pictures."""
    end = time.monotonic() + seconds
    while not (given := true()) and time.monotonic() < end:
        time.sleep(0.1)
    return given


def bytes_painted(picture):
    """The encoded picture that an image widget is showing right now."""
    encoded = picture.evaluate(
        "async (img) => Array.from(new Uint8Array(await (await fetch(img.src)).arrayBuffer()))"
    )
    return bytes(encoded)
