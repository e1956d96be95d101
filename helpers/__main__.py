"""Repaint a photo with a few colors of its own, from the command line.

python -m helpers photo.jpg --colors 16
"""

import argparse
import contextlib
import errno
import math
import os
import sys
from pathlib import Path

try:  # a second or two, in which a library may read a setting that it can't use
    import numpy as np

    from helpers import codebook, compression, doors, fast, images, plots, swatches
    from helpers.color import colors_in_words, lab_to_srgb, number_of_colors, srgb_to_lab, to_hex
except KeyboardInterrupt:
    print("Stopped.", file=sys.stderr)
    sys.exit(130)
except Exception as error:
    reason = " ".join(str(error).split())[:200]
    print(
        f"A library can't be loaded ({reason}); mend that, a setting such as MPLBACKEND perhaps, "
        "or set up the course again: python lab.py.",
        file=sys.stderr,
    )
    sys.exit(2)

NAME = "python -m helpers"
SHOWN_SIDE = 1200  # pixels of a picture in the side-by-side picture: more than it is drawn with
PATIENCE = 10  # seconds; who has to wait longer is told
WEIGHING, DITHERING = 2e-6, 1e-6  # seconds per pixel, roughly

DESCRIPTION = """\
Repaint a photo with a few colors that it chooses itself, by K-means, and say what
that costs. Written next to the photo:

  photo-16-colors.png               the repainted picture, as an indexed PNG
  photo-16-colors-side-by-side.png  the photo, the repainted picture, the palette

and printed: the bits on paper, the bytes on disk, the error, and the palette."""

EXAMPLES = """\
examples:
  python -m helpers holiday.jpg
  python -m helpers holiday.jpg --colors 8 --dither --longest-side 800
  python -m helpers holiday.jpg --method lab --output posters/evening.png
  python -m helpers holiday.jpg --palette holiday.gpl

A file that is already there is never replaced without --force, a link never, and
none is left half-written. For a name that begins with a dash, write ./-name.jpg.
The same photo, colors, method and seed give the same picture again.
Exit status: 0 done, 2 not done (one sentence on standard error says why)."""


class Refusal(Exception):
    """What cannot be done, in one sentence."""


class Parser(argparse.ArgumentParser):
    """One that says in one sentence what is wrong with the words it was given."""

    def parse_args(self, words=None):
        """Read these words, or those of the process."""
        self.words = sys.argv[1:] if words is None else words
        return super().parse_args(self.words)

    def error(self, message):
        """Raise `Refusal` instead of printing the usage."""
        for word in self.words:
            if word.startswith("-") and os.path.isfile(word):
                raise Refusal(f"{word} begins with a dash, as an option does; write ./{word}.")
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise Refusal(f"{sentence}; {NAME} --help lists what can be said.")


def main(arguments=None):
    """Do what the command line asks for.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the process if not given.

    Returns
    -------
    int
        The exit status: 0 done, 2 refused, 130 interrupted.
    """
    # A stream that was closed by who calls us (`>&-`) is None.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal may lack letters of a file's name
            stream.reconfigure(errors="replace")
    try:
        table = repaint(parser().parse_args(arguments))
    except SystemExit:  # --help has been printed
        table = ""
    except KeyboardInterrupt:
        say("Stopped.\n", sys.stderr)
        return 130
    except (Refusal, OSError, ValueError, MemoryError) as error:
        say(sentence(error) + "\n", sys.stderr)
        return 2
    trouble = say(table, sys.stdout)
    if trouble:
        what = "The files are written, but the table" if table else "This"
        say(f"{what} can't be printed here ({trouble.strerror}).\n", sys.stderr)
    return 2 if trouble else 0


def say(text, stream):
    """Print a text, and hand back the error if it got nowhere; no reader is no error."""
    try:
        print(text, end="", file=stream, flush=True)
    except OSError as error:
        with contextlib.suppress(OSError):  # what is left in the stream goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        # As in `... | head`: the reader has seen enough. Windows calls that EINVAL.
        return None if error.errno in (errno.EPIPE, errno.EINVAL) else error


def parser():
    """The words that the command line understands."""
    words = Parser(
        prog=NAME,
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = words.add_argument
    add(
        "photo",
        type=Path,
        help="a picture file: JPEG, PNG, GIF, WebP, TIFF, BMP, AVIF, HEIC, PPM or ICO",
    )
    add(
        "-k",
        "--colors",
        type=whole(1, 256),
        default=16,
        metavar="K",
        help="how many colors, 1 to 256, which is what an indexed PNG holds (default: 16)",
    )
    add(
        "-m",
        "--method",
        choices=["rgb", "lab"],
        default="rgb",
        help="rgb: the smallest error in numbers; lab: colors that are near to the eye are "
        "near for K-means, too (default: rgb)",
    )
    add(
        "--dither",
        action="store_true",
        help="mix colors in small areas (Floyd and Steinberg): no bands, a larger error",
    )
    add(
        "--seed",
        type=whole(0, math.inf),
        default=0,
        metavar="N",
        help="where K-means starts: another number, another palette, about as good (default: 0)",
    )
    add(
        "--longest-side",
        type=whole(1, 100_000),
        metavar="PIXELS",
        help="shrink the photo first, so that neither side is longer",
    )
    add(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="the indexed PNG, or a folder for it; the side-by-side picture goes beside it",
    )
    add(
        "--palette",
        type=Path,
        metavar="FILE",
        help="write the palette, too: .gpl for GIMP, Inkscape and Krita, .ase for Adobe's "
        "programs, .json for your own",
    )
    add("--force", action="store_true", help="replace files that are already there")
    return words


def whole(smallest, largest):
    """A reader of whole numbers within bounds, for argparse."""

    def read(text):
        try:
            number = int(text)
        except ValueError:
            number = None
        if number is None or not smallest <= number <= largest:
            limits = "on" if largest == math.inf else f"to {largest}"
            raise argparse.ArgumentTypeError(f"{text} is no whole number from {smallest} {limits}")
        return number

    return read


def repaint(asked):
    """Repaint the photo, write the files, and return the table; or raise, and write nothing."""
    photo, notes = images.with_notes(lambda: images.load_image(asked.photo, asked.longest_side))
    if notes:  # of a color profile that can't be used
        say(notes + "\n", sys.stderr)
    places = outputs(asked)
    seconds = photo[..., 0].size * (WEIGHING + DITHERING * asked.dither)
    if seconds > PATIENCE:
        words = f"This takes about {seconds:.0f} seconds; --longest-side makes it less.\n"
        say(words, sys.stderr)
    palette, idx = palette_and_map(photo, asked)
    painted = palette[idx]
    side_by_side = plots.hero_figure(
        images.shrink(photo, SHOWN_SIDE),
        images.shrink(painted, SHOWN_SIDE),
        palette,
        f"{doors.printable(asked.photo.name)} in {colors_in_words(len(palette))}",
        [colors_in_words(number_of_colors(picture)) for picture in (photo, painted)],
    )
    contents = [
        images.encode_indexed_png(idx, palette),
        plots.encode_figure(side_by_side, "png", dpi=200),
    ]
    if asked.palette:
        contents.append(swatches.encode_palette(asked.palette.suffix, palette, asked.photo.stem))
    words = table(asked, photo, palette, idx)  # before a file is there: it can fail, too
    images.save_files(dict(zip(places, contents, strict=True)), overwrite=asked.force)
    written = doors.printable(", ".join(map(str, places)))
    return f"{words}\nWritten: {written}\n"


def outputs(asked):
    """Paths of the indexed PNG, the side-by-side picture, and the palette if asked for, after
    a look at whether they may be written."""
    picture = asked.output or asked.photo.parent
    if os.path.isdir(picture):
        picture = picture / f"{asked.photo.stem}-{asked.colors}-colors.png"
    if picture.suffix.lower() != ".png":
        raise Refusal(f"--output {picture} should end in .png, or be a folder that is there.")
    places = [picture, picture.with_name(f"{picture.stem}-side-by-side.png")]
    if asked.palette:
        places.append(asked.palette)
        if asked.palette.suffix.lower() not in swatches.ENCODERS:
            raise Refusal(
                f"--palette {asked.palette} should end in {', '.join(swatches.ENCODERS)}."
            )
    for place in places:
        if is_photo(place, asked.photo):
            raise Refusal(f"{place} is the photo itself; name another file to write.")
        doors.place(place, asked.force)
    return places


def is_photo(place, photo):
    """Whether these are one file, by whatever names: links, hard links, another spelling."""
    try:
        return place.samefile(photo)
    except OSError:  # one of them is not there, or can't be
        return False


def palette_and_map(photo, asked):
    """The palette (K, 3), in whole 255ths and from dark to light, and the index map (H, W)."""
    colors, counts, inverse = fast.count_colors(photo)
    K = asked.colors
    if K > len(colors):
        here = " at this size" if asked.longest_side else ""
        raise Refusal(
            f"{asked.photo} has only {colors_in_words(len(colors))}{here}; "
            f"--colors {K} is too many."
        )
    points = srgb_to_lab(colors) if asked.method == "lab" else colors
    start = fast.kmeans_plus_plus(points, counts, K, np.random.default_rng(asked.seed))
    centroids, idx = fast.kmeans(points, counts, start)
    palette = lab_to_srgb(centroids) if asked.method == "lab" else centroids
    palette = images.to_bytes(palette) / 255
    order = np.argsort(srgb_to_lab(palette)[:, 0], kind="stable")
    palette = palette[order]
    if asked.dither:
        *_, (_, idx) = fast.dither_steps(photo, palette)
    elif asked.method == "lab":
        idx = np.argsort(order)[idx][inverse]
    else:
        idx = codebook.find_closest_centroids(colors, palette)[inverse]
    return palette, idx.reshape(photo.shape[:2])


def table(asked, photo, palette, idx):
    """The table of lesson 06: bits on paper, bytes on disk, error, palette."""
    (height, width), K = idx.shape, len(palette)
    raw, paper = 3 * height * width, compression.bits_on_paper(height, width, K)
    method = f"K-means in {asked.method.upper().replace('LAB', 'Lab')}, seed {asked.seed}"
    sizes = {
        "raw pixels": raw,
        "on paper": paper // 8,
        **compression.bytes_on_disk(photo, idx, palette),
    }
    painted = palette[idx]
    error, quality = compression.mse(photo, painted), compression.psnr(photo, painted)
    shares = np.bincount(idx.ravel(), minlength=K) / idx.size
    lines = [
        f"{doors.printable(asked.photo.name)}: {width} x {height} pixels, "
        f"{colors_in_words(number_of_colors(photo))}, repainted with {K} ({method}"
        f"{', dithered' if asked.dither else ''})",
        "",
        *(
            f"{name:12} {size:12,} bytes {raw / size:7.1f} times smaller than raw"
            for name, size in sizes.items()
        ),
        "",
        f"on paper {paper / idx.size:.2f} bits per pixel, palette and all",
        f"MSE {error:.5f}, PSNR {quality:.2f} dB",
        "",
        *(f"{k:3} {to_hex(palette[k])} {shares[k]:6.1%}" for k in range(K)),
        "",
    ]
    return "\n".join(lines)


def sentence(error):
    """What went wrong, in one sentence."""
    if isinstance(error, MemoryError):
        return "The picture needs more memory than there is; --longest-side 2000 makes it smaller."
    text = str(error)
    if isinstance(error, OSError) and error.strerror:
        name = error.filename or "A file"
        text = f"{name} can't be read or written here ({error.strerror}); try another place."
    # What Python calls overwrite=True is called --force here.
    text = text.replace("choose another name, or pass overwrite=True", "--force replaces it")
    return doors.printable(text)


if __name__ == "__main__":
    sys.exit(main())
