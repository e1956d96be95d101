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

NAME = "python -m helpers"
DESCRIPTION = """\
Repaint a photo with a few colors that it chooses itself, by K-means, or with colors
that you have, and say what that costs. Written next to the photo:

  photo-16-colors.png               the repainted picture, as an indexed PNG
  photo-in-pens.png                 with --use pens.gpl: the same in given colors
  photo-16-colors-side-by-side.png  with --compare: the photo, that picture, the palette

and printed: the bits on paper, the bytes of the file, the error, and the palette."""

EXAMPLES = """\
examples:
  python -m helpers holiday.jpg
  python -m helpers holiday.jpg --colors 8 --dither --longest-side 800
  python -m helpers holiday.jpg --method lab --output posters/evening.png
  python -m helpers holiday.jpg --palette holiday.gpl
  python -m helpers holiday.jpg --compare --table
  python -m helpers holiday.jpg --use threads.gpl --dither
  python -m helpers holiday.jpg --use painting.jpg --colors 8

A file that is already there is never replaced without --force, a link never, and
none is left half-written. For a name that begins with a dash, write ./-name.jpg.
The same photo, colors, method and seed give the same picture again.
Exit status: 0 done, 2 not done (one sentence on standard error says why)."""


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


OPTIONS = (  # names, how to read what follows them, and what they mean
    (
        "photo",
        {"type": Path},
        "a picture file: JPEG, PNG, GIF, WebP, TIFF, BMP, AVIF, HEIC, PPM or ICO",
    ),
    (
        "-k --colors",
        {"type": whole(1, 256), "metavar": "K"},
        "how many colors, 1 to 256, which is what an indexed PNG holds (default: 16)",
    ),
    (
        "--use",
        {"type": Path, "metavar": "FILE"},
        "paint in given colors: all those of a palette (.gpl, .ase or .json, without --colors and "
        "--seed), or those of another picture: all of them, up to 256, or the K that K-means "
        "finds in it; a color that is there twice counts once",
    ),
    (
        "-m --method",
        {"choices": ["rgb", "lab"], "default": "rgb"},
        "rgb: the smallest error in numbers; lab: colors that are near to the eye are near for "
        "K-means, too, and given colors are chosen by the eye, though not with --dither, which "
        "mixes in RGB (default: rgb)",
    ),
    (
        "--dither",
        {"action": "store_true"},
        "mix colors in small areas (Floyd and Steinberg, clipped): no bands, a larger error",
    ),
    (
        "--seed",
        {"type": whole(0, math.inf), "metavar": "N"},
        "where K-means starts: another number, another palette, about as good (default: 0)",
    ),
    (
        "--longest-side",
        {"type": whole(1, 100_000), "metavar": "PIXELS"},
        "shrink the photo first, so that neither side is longer",
    ),
    (
        "-o --output",
        {"type": Path, "metavar": "FILE"},
        "the indexed PNG, or a folder for it; what else is asked for goes beside it",
    ),
    (
        "--palette",
        {"type": Path, "metavar": "FILE"},
        "write the palette, too: .gpl for GIMP, Inkscape and Krita, .ase for Adobe's programs, "
        ".json for your own; --use reads them all",
    ),
    (
        "--compare",
        {"action": "store_true"},
        "write a picture of the photo, the repainted picture and the palette, side by side",
    ),
    (
        "--table",
        {"action": "store_true"},
        "weigh the photo as a 24-bit PNG and as a JPEG, too: the table of lesson 06 (takes longer)",
    ),
    ("--force", {"action": "store_true"}, "replace files that are already there"),
)


class Parser(argparse.ArgumentParser):
    """One that says in one sentence what is wrong with the words it was given."""

    def parse_args(self, words=None):
        """Read these words, or those of the process."""
        self.words = sys.argv[1:] if words is None else words
        return super().parse_args(self.words)

    def error(self, message):
        """Raise ValueError instead of printing the usage."""
        for word in self.words:
            if word.startswith("-") and os.path.isfile(word):
                raise ValueError(f"{word} begins with a dash, as an option does; write ./{word}.")
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise ValueError(f"{sentence}; {NAME} --help lists what can be said.")


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
        asked = parser().parse_args(arguments)
        table = libraries(asked).repaint(asked, lambda words: say(words + "\n", sys.stderr))
    except SystemExit:  # --help has been printed
        table = ""
    except KeyboardInterrupt:
        say("Stopped.\n", sys.stderr)
        return 130
    except (OSError, ValueError, MemoryError) as error:
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
    for names, how, what in OPTIONS:
        words.add_argument(*names.split(), help=what, **how)
    return words


def libraries(asked):
    """What repaints, and NumPy and Pillow with it, once it is known what is asked for."""
    try:  # a library may read a setting that it can't use
        from helpers import repaint

        if asked.compare:  # Matplotlib: a second, for who wants it
            from helpers import plots  # noqa: F401
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(
            f"A library can't be loaded ({reason}); mend that, a setting such as MPLBACKEND "
            "perhaps, or set up the course again: python lab.py."
        ) from None
    return repaint


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
    with contextlib.suppress(Exception):  # a library that does not load is told all the same
        from helpers.doors import printable

        text = printable(text)
    return text


if __name__ == "__main__":
    sys.exit(main())
