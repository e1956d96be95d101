"""Seconds and memory of every page, in both editions.

    python benchmarks/lessons.py

Prints a table, and exits with 1 if a page takes more than 20 seconds, its kernel more
than 400 MB, or all pages together more than 120 seconds.
"""

import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
MOST_SECONDS, MOST_MEGABYTES, MOST_SECONDS_TOGETHER = 20, 400, 120


def run_page(path):
    """Run a page from the top.

    Parameters
    ----------
    path : Path

    Returns
    -------
    seconds : float
        The start of the kernel included.
    megabytes : float
        The most that the kernel has had in memory, looked at every 10 ms.
    """
    client = NotebookClient(
        nbformat.read(path, as_version=4),
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    start, largest = time.perf_counter(), [0]
    with client.setup_kernel():
        kernel = psutil.Process(client.km.provisioner.pid)
        done = threading.Event()

        def watch():
            while not done.wait(0.01):
                largest[0] = max(largest[0], kernel.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        for number, cell in enumerate(client.nb.cells):
            client.execute_cell(cell, number)
        done.set()
        watcher.join()
    return time.perf_counter() - start, largest[0] / 1e6


def main():
    """Run all pages, print the table, and judge it."""
    pages = sorted(NOTEBOOKS.glob("*.ipynb")) + sorted(NOTEBOOKS.glob("solutions/*.ipynb"))
    print(f"{'page':45} {'seconds':>8} {'MB':>6}")
    rows = []
    for path in pages:
        seconds, megabytes = run_page(path)
        rows.append((seconds, megabytes))
        print(f"{path.relative_to(NOTEBOOKS)!s:45} {seconds:8.1f} {megabytes:6.0f}", flush=True)
    together = sum(seconds for seconds, _ in rows)
    slowest, largest = (max(column) for column in zip(*rows, strict=True))
    print(f"{'together; the largest':45} {together:8.1f} {largest:6.0f}")
    kept = (
        slowest <= MOST_SECONDS and largest <= MOST_MEGABYTES and together <= MOST_SECONDS_TOGETHER
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
