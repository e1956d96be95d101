"""K-means in PyTorch: the CPU beside the GPU, by picture size.

    python benchmarks/devices.py                       from 0.1 to 25 megapixels
    python benchmarks/devices.py --megapixels 1 4 --colors 64 --steps 50

Prints a table of ratios, CPU time divided by GPU time: above 1, the GPU is faster. Where
no GPU is at hand (NVIDIA's by CUDA, Apple's by MPS) it says so in a sentence and ends
with status 0. It is lesson 10's `lloyd_step` that runs, in float32 on both.
"""

import argparse
import statistics
import sys
import time

import numpy as np

from helpers.checks.lesson_10 import lloyd_step
from helpers.images import load_photo, to_pixels
from helpers.kmeans import kmeans_plus_plus

MEGAPIXELS = (0.1, 0.4, 1.6, 6.0, 25.0)
REPEATS = 5


def gpu(torch):
    """The GPU to measure, or None."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return None


def pixels_of(megapixels, rng):
    """So many pixels of the course's photographs, repeated with a little noise, float32."""
    photos = [to_pixels(load_photo(name)) for name in ("tulips", "harbour_dusk", "pencils")]
    X = np.concatenate(photos).astype(np.float32)
    rows = rng.integers(0, len(X), round(megapixels * 1e6))
    noise = rng.normal(0, 0.01, (len(rows), 3)).astype(np.float32)
    return np.clip(X[rows] + noise, 0, 1)


def wait_for(torch, device):
    """A GPU works on its own: nothing is measured until it has finished."""
    if device.type == "cuda":
        torch.cuda.synchronize()
    elif device.type == "mps":
        torch.mps.synchronize()


def seconds(torch, X, start, steps, device):
    """Medians of several runs: the way to the device, and the steps on it.

    Returns
    -------
    moving, stepping : float
        Seconds.
    centroids : ndarray, shape (K, 3)
    """
    moving, stepping = [], []
    for run in range(REPEATS + 1):
        begin = time.perf_counter()
        there, centroids = torch.tensor(X, device=device), torch.tensor(start, device=device)
        wait_for(torch, device)
        middle = time.perf_counter()
        for _ in range(steps):
            centroids = lloyd_step(there, centroids)
        wait_for(torch, device)
        if run:  # the first one warms up
            moving.append(middle - begin)
            stepping.append(time.perf_counter() - middle)
    return statistics.median(moving), statistics.median(stepping), centroids.cpu().numpy()


def error(X, centroids):
    """Mean squared error, a block of pixels at a time."""
    total = 0.0
    for begin in range(0, len(X), 2**16):
        block = X[begin : begin + 2**16, None, :].astype(float) - centroids
        total += (block**2).sum(axis=-1).min(axis=1).sum()
    return total / X.size


def main(arguments=None):
    """Measure, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megapixels", type=float, nargs="+", default=MEGAPIXELS)
    parser.add_argument("--colors", type=int, default=16)
    parser.add_argument("--steps", type=int, default=20)
    args = parser.parse_args(arguments)

    try:
        import torch
    except ModuleNotFoundError:
        print("PyTorch is not installed, so nothing was measured: python lab.py --more has it.")
        return 0
    device = gpu(torch)
    if device is None:
        print("PyTorch finds no GPU here (CUDA or MPS), so there is nothing to compare.")
        return 0

    name = torch.cuda.get_device_name() if device.type == "cuda" else "Apple's GPU (MPS)"
    print(f"{name} beside {torch.get_num_threads()} CPU threads, PyTorch {torch.__version__}")
    print(f"K = {args.colors}, {args.steps} steps, float32; above 1 the GPU is faster\n")
    print("megapixels   steps alone   with the way there   MSE, CPU and GPU")
    alike = True
    for megapixels in args.megapixels:
        rng = np.random.default_rng(0)
        X = pixels_of(megapixels, rng)
        start = kmeans_plus_plus(X[:20_000], args.colors, rng).astype(np.float32)
        cpu_moving, cpu, ours = seconds(torch, X, start, args.steps, torch.device("cpu"))
        gpu_moving, there, theirs = seconds(torch, X, start, args.steps, device)
        errors = error(X, ours), error(X, theirs)
        alike &= bool(np.isclose(*errors, rtol=0.02))
        alone, together = cpu / there, (cpu_moving + cpu) / (gpu_moving + there)
        print(
            f"{megapixels:10g} {alone:12.1f}x {together:19.1f}x   {errors[0]:.5f} {errors[1]:.5f}"
        )
    if not alike:
        print("\nThe two ended with errors more than 2 % apart: look into that first.")
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main())
