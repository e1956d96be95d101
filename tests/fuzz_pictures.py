"""Damaged pictures by the thousand: each loads, or is refused in one sentence that names it.

    python tests/fuzz_pictures.py 100000

A process of its own, for what is looked for is also what would end it: a crash, a hang, words
on standard error that are not ours. The same number and seed make the same files.
"""

import sys
import time
import warnings

import numpy as np
from PIL import Image
from test_color_profiles import cmyk_profile, gray_profile, rgb_profile
from test_images import file_of, heic_of, noise, samples, small_frame

from helpers import images

PATIENCE = 2  # seconds of the processor for a file that is refused
ADVICE = "again", "make it smaller", "name a picture file"


def whole_files():
    """A small file of each kind that opens, and one that a phone would write."""
    picture, exif = noise(24, 31), Image.Exif()
    exif[274] = 6
    files = {
        "ICO": file_of(picture, "ICO"),
        "P3 PNG": file_of(picture, "PNG", icc_profile=rgb_profile("Display P3"), exif=exif),
        "P3 JPEG": file_of(picture, "JPEG", icc_profile=rgb_profile("Display P3"), exif=exif),
        "gray TIFF": file_of(picture.convert("L"), "TIFF", icc_profile=gray_profile(2.2)),
        "ink TIFF": file_of(picture.convert("CMYK"), "TIFF", icc_profile=cmyk_profile()),
        "deep PNG": file_of(Image.new("I;16", (31, 24), 700), "PNG"),
        "float TIFF": file_of(Image.new("F", (31, 24), 0.5), "TIFF"),
        "transparent PNG": file_of(picture.convert("RGBA"), "PNG"),
        "plain PPM": b"P3 3 2 255 " + b"7 90 200 " * 6,
        "animation": file_of(picture, "GIF", save_all=True, append_images=[noise(24, 31)]),
        "small frame": small_frame("GIF"),
        "WebP that moves": small_frame("WEBP"),
    }
    if heic := heic_of(picture, exif=exif.tobytes()):
        files["HEIC"] = heic
    return list((samples() | files).values())


def damage(data, other, rng):
    """The bytes of a file with one or two kinds of damage."""
    data = bytearray(data)
    for kind in rng.choice(6, rng.integers(1, 3)):
        near = rng.choice([40, 200, len(data)])
        where = int(rng.integers(0, min(near, len(data)) or 1))
        length = int(rng.integers(1, 9))
        if kind == 0:
            data[where : where + 1] = rng.bytes(1)
        elif kind == 1:  # a number in its head: nothing, everything, or a little more
            data[where : where + length] = bytes([rng.choice([0, 1, 127, 128, 255])]) * length
        elif kind == 2:
            del data[where:]
        elif kind == 3:
            del data[where : where + length]
        elif kind == 4:
            data[where:where] = data[:length] if rng.random() < 0.5 else rng.bytes(length)
        else:
            data[where:] = other[where:]
    return bytes(data)


def outcome(data, longest_side):
    """What becomes of a file: "loaded", "refused", or what should never be."""
    start = time.process_time()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            levels = images.load_bytes(data, longest_side, name="IMG_1.jpg")
            right = levels.dtype == np.uint8 and levels.ndim == 3 and levels.shape[2] == 3
            result = "loaded" if right else f"shape {levels.shape}"
        except ValueError as error:
            words = str(error)
            right = words.isprintable() and words.startswith("IMG_1.jpg ")
            result = "refused" if right and any(a in words for a in ADVICE) else repr(error)
        except Exception as error:
            result = f"an unexpected {error!r}"
    notes = [str(note.message) for note in told]
    if any("a color profile that can't be used" not in note for note in notes):
        result = f"a warning {notes}"
    if result == "refused" and time.process_time() - start > PATIENCE:
        result = f"{time.process_time() - start:.1f} seconds"
    return result


def main(count, seed=0):
    """Try so many files, and print how many had which outcome."""
    rng, whole, outcomes = np.random.default_rng(seed), whole_files(), {}
    for number in range(count):
        data, other = (whole[k] for k in rng.integers(0, len(whole), 2))
        damaged = damage(data, other, rng)
        result = outcome(damaged, [None, 16][number % 2])
        outcomes[result] = outcomes.get(result, 0) + 1
        if result not in ("loaded", "refused") and outcomes[result] == 1:
            print(number, result, damaged[:64], flush=True)
    print(outcomes)
    return bool(set(outcomes) - {"loaded", "refused"})


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
