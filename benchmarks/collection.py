"""A thousand pictures counted by more and more workers: time, and what travels.

    python benchmarks/collection.py                          1,000 pictures: some minutes
    python benchmarks/collection.py --pictures 200 --bits 5
    python benchmarks/collection.py --address tcp://192.168.1.10:8786

Prints a table, draws build/collection.png, and exits with 1 if two runs count differently,
or if one of them does not count every pixel. Needs dask[distributed].
"""

import argparse
import os
import statistics
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
from dask.distributed import Client, as_completed
from matplotlib.figure import Figure

from helpers import collection
from helpers.plots import MARKERS, SERIES

BUILD = Path(__file__).resolve().parent.parent / "build"
PIXELS = collection.SHAPE[0] * collection.SHAPE[1]


def count_all(client, pictures, bits, workers):
    """Counts, bytes that traveled, and pairs (pictures, seconds) as the shares came in."""
    count = partial(collection.count_batch, bits=bits)
    shares = collection.batches(range(pictures))
    jobs = client.map(count, shares, workers=workers, pure=False)
    counts, traveled, clock = collection.nothing(), 0, [(0, 0.0)]
    begin = time.perf_counter()
    for _, batch in as_completed(jobs, with_results=True):
        counts = collection.add_counts(counts, batch.counts)
        traveled += batch.counts.nbytes
        clock.append((clock[-1][0] + batch.pictures, time.perf_counter() - begin))
    return counts, traveled, clock


def main():
    """Run the rounds, print the table, and draw the chart."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--bits", type=int, nargs="+", default=[5, 8])
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="here, at most")
    parser.add_argument("--rounds", type=int, default=3, help="of which the middle one is told")
    parser.add_argument("--address", help="of a cluster's scheduler")
    args = parser.parse_args()

    here = {"n_workers": args.workers, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    client = Client(args.address) if args.address else Client(**here, silence_logs=50)
    client.run(collection.picture, 0)  # each worker reads the photographs once
    workers = list(client.nthreads())
    steps = sorted({min(2**n, len(workers)) for n in range(len(workers).bit_length() + 1)})
    raw, wrong, curves = args.pictures * PIXELS * 3, 0, {}
    print(f"{args.pictures:,} pictures, {raw / 1e6:,.0f} MB as bytes\n")
    print("bits workers  seconds  speed-up      rows  traveled  of the pixels")
    for bits in args.bits:
        runs = {number: [] for number in steps}
        for _ in range(args.rounds):  # in turn, so that what disturbs one disturbs all
            for number in steps:
                runs[number].append(count_all(client, args.pictures, bits, workers[:number]))
        first = runs[1][0][0]
        alone = statistics.median(run[2][-1][1] for run in runs[1])
        for number, several in runs.items():
            for counts, _, _ in several:
                wrong += not np.array_equal(counts, first)
                wrong += counts[:, 1].sum() != args.pictures * PIXELS
            middle = sorted(several, key=lambda run: run[2][-1][1])[len(several) // 2]
            counts, traveled, clock = middle
            curves[f"{bits} bits, {number} worker{'s' * (number > 1)}"] = clock
            print(
                f"{bits:4} {number:7} {clock[-1][1]:8.1f} {alone / clock[-1][1]:8.2f}x "
                f"{len(counts):9,} {traveled / 1e6:6,.0f} MB {traveled / raw:8.1%}"
            )
    client.close()

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axis = figure.subplots()
    for place, (name, clock) in enumerate(curves.items()):
        look = {"color": SERIES[place % 6], "marker": MARKERS[place % 6], "markevery": 4}
        axis.plot(*zip(*clock, strict=True), label=name, **look)
    axis.set(xlabel="pictures", ylabel="seconds", title="Counting a collection")
    axis.legend()
    BUILD.mkdir(exist_ok=True)
    figure.savefig(BUILD / "collection.png")
    print(f"\nThe chart is in {BUILD.name}/collection.png.")
    if wrong:
        print(f"{wrong} runs did not count every pixel, or not as the first one did.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
