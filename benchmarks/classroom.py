"""A class on one machine: as many kernels as students, all on one lesson at once.

    python benchmarks/classroom.py [--kernels 30] [--lesson 06]

Prints the most memory that all kernels had together, the time until the last one was done, and
the slowest cell. Exits with 1 if a cell took more than half of what the build allows: on a busier
machine it would not be done.
"""

import argparse
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from build import CELL_SECONDS  # noqa: E402  (tools/ is no package)


def run_page(path, kernels, one_by_one, all_here):
    """Run a page from the top, as one student does.

    Parameters
    ----------
    path : Path
    kernels : list
        Gets the process of the kernel while it lives.
    one_by_one : threading.Lock
        Kernels look for free ports as they start, and two at a time may find the same.
    all_here : threading.Barrier
        Where everybody waits until all kernels have started.

    Returns
    -------
    list of (float, str)
        Seconds and first line of every cell with code.
    """
    client = NotebookClient(
        nbformat.read(path, as_version=4),
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    cells = []
    with ExitStack() as kernel_lives:
        with one_by_one:
            kernel_lives.enter_context(client.setup_kernel())
        kernels.append(psutil.Process(client.km.provisioner.pid))
        all_here.wait()
        for number, cell in enumerate(client.nb.cells):
            start = time.perf_counter()
            client.execute_cell(cell, number)
            if cell.cell_type == "code":
                cells.append((time.perf_counter() - start, cell.source.split("\n")[0]))
    return cells


def megabytes(kernels):
    """What all kernels, and what they started, have in memory together.

    What several share is counted once (PSS), where the system tells it; else what each has alone.
    """
    total = 0
    for kernel in list(kernels):
        with suppress(psutil.NoSuchProcess):  # it may end while we look
            for process in [kernel, *kernel.children(recursive=True)]:
                memory = process.memory_full_info()
                total += getattr(memory, "pss", memory.uss)
    return total / 1e6


def main(arguments=None):
    """Run the class, print what it took, and judge it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kernels", type=int, default=30, help="how many at once (default: 30)")
    parser.add_argument("--lesson", default="06", help="number of the page (default: 06)")
    args = parser.parse_args(arguments)
    [path] = (ROOT / "notebooks" / "solutions").glob(f"{args.lesson}_*.ipynb")

    kernels, largest, done = [], [0], threading.Event()
    begun, one_by_one = [], threading.Lock()
    all_here = threading.Barrier(args.kernels, lambda: begun.append(time.perf_counter()))

    def watch():
        while not done.wait(0.5):
            largest[0] = max(largest[0], megabytes(kernels))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with ThreadPoolExecutor(args.kernels) as pool:
            jobs = [
                pool.submit(run_page, path, kernels, one_by_one, all_here)
                for _ in range(args.kernels)
            ]
            pages = [job.result() for job in jobs]
    finally:
        done.set()
        watcher.join()
    seconds = time.perf_counter() - begun[0]

    slowest, line = max(cell for cells in pages for cell in cells)
    print(f"{args.kernels} kernels at once, {path.stem}, {psutil.cpu_count()} processors")
    print(f"memory of all, at most   {largest[0]:7,.0f} MB, {largest[0] / args.kernels:.0f} each")
    print(f"until the last was done  {seconds:7.1f} s")
    print(f"the slowest cell         {slowest:7.1f} s of {CELL_SECONDS}: {line}")
    return 0 if slowest <= CELL_SECONDS / 2 else 1


if __name__ == "__main__":
    sys.exit(main())
