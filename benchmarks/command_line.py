"""The command line beside pngquant: whole commands from a shell, on pictures of every size.

    python benchmarks/command_line.py                  a quarter of an hour
    python benchmarks/command_line.py --megapixels 2   one size only

Both read the same PNG, without dithering, pngquant at its best setting (--speed 1); they run in
turn, and what is reported is ours divided by pngquant's. With --method lab the error is a color
difference, CIEDE2000 of colour-science or scikit-image, whichever is installed. Needs pngquant:
apt install pngquant. Exits with 1 if a target is missed.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# This process stays small, without NumPy: what a child uses is counted from here (ru_maxrss).
SIZES = (0.4, 2, 6, 12, 24)  # megapixels
COLORS = (16, 64, 256)
TURNS = 3
MEGABYTES = 600  # the most that a command may need, from 0.4 to 24 megapixels
ROOT = Path(__file__).resolve().parent.parent


def make(folder, megapixels):
    """Write the course's photographs in this size as PNG files, with a camera's noise."""
    import numpy as np
    from PIL import Image

    from helpers.images import load_photo, to_bytes

    rng = np.random.default_rng(16)
    for name in ("tulips", "harbour_dusk", "pencils"):
        photo = Image.fromarray(to_bytes(load_photo(name)))
        scale = math.sqrt(megapixels * 1e6 / (photo.width * photo.height))
        if megapixels > 0.4:
            size = round(photo.width * scale), round(photo.height * scale)
            large = np.asarray(photo.resize(size, Image.Resampling.LANCZOS), dtype=np.float32)
            large += rng.normal(0, 2, large.shape).astype(np.float32)
            photo = Image.fromarray(np.clip(np.rint(large), 0, 255).astype(np.uint8))
        photo.save(Path(folder, f"{name}-{megapixels:g}.png"), compress_level=1)


def errors(before, after):
    """MSE in levels, and the mean color difference on every eighth pixel of both axes."""
    import numpy as np
    from PIL import Image

    two = [np.asarray(Image.open(path).convert("RGB")) for path in (before, after)]
    strips = [np.subtract(a, b, dtype=np.int32) for a, b in zip(*two, strict=True)]
    mse = sum(float((strip**2).sum()) for strip in strips) / two[0].size
    few = [picture[::8, ::8] / 255 for picture in two]
    return {"mse": mse, "ciede2000": ciede2000(*few)}


def ciede2000(before, after):
    """The mean CIEDE2000 of two pictures, by a library made for it; None without one."""
    try:
        from skimage.color import deltaE_ciede2000, rgb2lab
    except ImportError:
        return None
    return float(deltaE_ciede2000(rgb2lab(before), rgb2lab(after)).mean())


def child(*words):
    """What a child of this script prints, as JSON."""
    command = [sys.executable, __file__, *map(str, words)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return json.loads(done.stdout)


def timed(command):
    """Seconds and megabytes of a command."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024  # Linux counts in KB


def compare(picture, K, method, turns):
    """Ours by pngquant's for one picture, and our megabytes."""
    ours, theirs = picture.with_suffix(".ours.png"), picture.with_suffix(".theirs.png")
    commands = {
        theirs: ["pngquant", "--speed", "1", "--nofs", "--force", "--output", theirs, K, picture],
        ours: [sys.executable, "-m", "helpers", picture, "--colors", K, "--method", method]
        + ["--output", ours, "--force"],
    }
    runs = {place: [] for place in commands}
    for _ in range(turns):
        for place, command in commands.items():
            runs[place].append(timed(list(map(str, command))))
    seconds = {place: statistics.median(one for one, _ in runs[place]) for place in runs}
    errs = {place: child("--errors", picture, place) for place in runs}
    return {
        "time": seconds[ours] / seconds[theirs],
        "bytes": ours.stat().st_size / theirs.stat().st_size,
        "error": errs[ours]["mse"] / errs[theirs]["mse"],
        "CIEDE2000": errs[theirs]["ciede2000"]
        and errs[ours]["ciede2000"] / errs[theirs]["ciede2000"],
        "MB": max(megabytes for _, megabytes in runs[ours]),
    }


def table(sizes, colors, method, turns):
    """Compare, print, and give back all rows."""
    print(f"--method {method}: ours by pngquant's, and MB of ours")
    print(f"{'':>5} {'K':>4} {'picture':13} {'time':>6} {'bytes':>6} {'error':>6} {'dE00':>6} MB")
    rows = []
    # As after anybody's first run: Python keeps what it has compiled.
    subprocess.run([sys.executable, "-m", "compileall", "-q", ROOT / "helpers"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        for megapixels in sizes:
            child("--make", folder, megapixels)
            for picture in sorted(Path(folder).glob(f"*-{megapixels:g}.png")):
                for K in colors:
                    row = compare(picture, K, method, turns)
                    rows.append(row)
                    name, seen = picture.stem.partition("-")[0], row["CIEDE2000"] or math.nan
                    print(
                        f"{megapixels:5g} {K:4} {name:13} {row['time']:6.2f} {row['bytes']:6.2f} "
                        f"{row['error']:6.3f} {seen:6.3f} {row['MB']:4.0f}",
                        flush=True,
                    )
            for left in Path(folder).iterdir():
                left.unlink()
    return rows


def judge(rows, error):
    """Print each target with what was reached, and say whether all are kept."""
    reached = {what: max(row[what] or math.nan for row in rows) for what in ("time", "bytes")}
    reached |= {error: max(row[error] or math.nan for row in rows)}
    reached["MB"] = max(row["MB"] for row in rows)
    kept = True
    for what, most in reached.items():
        limit = MEGABYTES if what == "MB" else 1
        kept &= most <= limit
        mean = statistics.fmean(row[what] or math.nan for row in rows)
        sign = "kept  " if most <= limit else "MISSED"
        print(f"{sign} {what}: at most {most:.3g}, {mean:.3g} on average (to be <= {limit:g})")
    return kept


def main():
    """Run what is asked for, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megapixels", type=float, nargs="+", default=SIZES)
    parser.add_argument("--colors", type=int, nargs="+", default=COLORS, metavar="K")
    parser.add_argument("--method", choices=["rgb", "lab"], default="rgb")
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--errors", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        print(json.dumps(make(asked.make[0], float(asked.make[1]))))
    elif asked.errors:
        print(json.dumps(errors(*asked.errors)))
    elif not shutil.which("pngquant"):
        sys.exit("pngquant is what this is measured by; install it first: apt install pngquant.")
    else:
        rows = table(asked.megapixels, asked.colors, asked.method, asked.turns)
        return 0 if judge(rows, "error" if asked.method == "rgb" else "CIEDE2000") else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
