"""Repaint a photo: what the command line does once it knows what is asked for."""

import os

import numpy as np

from helpers import compression, doors, fast, images, saving, swatches
from helpers.color import colors_in_words, lab_to_srgb, srgb_to_lab, to_hex
from helpers.fast.counting import keys_of, occurring, spread, unpacked
from helpers.fast.distances import Points
from helpers.fast.grids import nearest_by_cells
from helpers.fast.pictures import lab_palette, quick_centroids
from helpers.reading import load_bytes, with_notes

try:
    from deflate import zlib_compress
except ImportError:  # there is none for this machine: Pillow takes longer, for larger files
    zlib_compress = None
USUAL, MOST = 16, 256  # colors: if nobody says how many, and in an indexed PNG
LARGE = 8e6  # bytes that are packed faster, for a file larger by a tenth: it would take seconds
SHOWN_SIDE = 1200  # pixels of a picture in the side-by-side picture: more than it is drawn with
PATIENCE = 10  # seconds; who has to wait longer is told
# Seconds per megapixel, roughly: of all that is done always, and of what may be asked for.
REPAINTING, DITHERING, WEIGHING = 0.2, 0.4, 2


def repaint(asked, tell):
    """Repaint the photo and write the files, or raise, and write nothing.

    Parameters
    ----------
    asked : argparse.Namespace
        A value for each of the options of `python -m helpers`, and ``photo``, a path.
    tell : callable
        What to do with a sentence that should be read before the end.

    Returns
    -------
    str
        What to print.

    Raises
    ------
    OSError, ValueError, MemoryError
        It can't be done, for this reason.
    """
    photo = Picture(asked.photo, asked.longest_side, tell)
    places = outputs(asked)
    megapixels = len(photo.keys) / 1e6
    seconds = megapixels * (REPAINTING + DITHERING * asked.dither + WEIGHING * asked.table)
    if seconds > PATIENCE:
        tell(f"This takes about {seconds:.0f} seconds; --longest-side makes it less.")
    palette, source = palette_of(photo, asked, tell)
    idx = number(photo, palette.colors, asked)
    contents = [images.encode_indexed_png(idx, palette.colors, compress=zlib_compress and pack)]
    if asked.compare:
        contents.append(side_by_side(photo, palette.colors, idx))
    if asked.palette:
        name, suffix = asked.photo.stem, asked.palette.suffix
        contents.append(swatches.encode_palette(suffix, palette.colors, name, palette.names))
    # Before a file is there: it can fail, too.
    words = report(photo, palette, source, idx, asked, len(contents[0]))
    saving.save_files(dict(zip(places, contents, strict=True)), overwrite=asked.force)
    written = doors.printable(", ".join(map(str, places)))
    return f"{words}\nWritten: {written}\n"


class Picture:
    """A picture in bytes, the keys of its pixels, and those that occur, each once."""

    def __init__(self, path, longest_side, tell):
        self.path, self.shrunk = path, longest_side is not None
        self.name = doors.printable(path.name)
        self.levels, notes = with_notes(lambda: load_bytes(path, longest_side))
        if notes:  # of a color profile that can't be used
            tell(notes)
        self.keys = keys_of(self.levels)
        self.found = occurring(self.keys)


def outputs(asked):
    """Paths of the PNG, and of what else is asked for, which may be written."""
    picture = asked.output or asked.photo.parent
    if os.path.isdir(picture):
        how = f"in-{asked.use.stem}" if asked.use else f"{asked.colors or USUAL}-colors"
        picture = picture / f"{asked.photo.stem}-{how}.png"
    if picture.suffix.lower() != ".png":
        raise ValueError(f"--output {picture} should end in .png, or be a folder that is there.")
    places = [picture]
    if asked.compare:
        places.append(picture.with_name(f"{picture.stem}-side-by-side.png"))
    if asked.palette:
        places.append(asked.palette)
        if asked.palette.suffix.lower() not in swatches.ENCODERS:
            endings = ", ".join(swatches.ENCODERS)
            raise ValueError(f"--palette {asked.palette} should end in {endings}.")
    for place in places:
        for path, what in ((asked.photo, "the photo itself"), (asked.use, "what --use reads")):
            if path and is_one_file(place, path):
                raise ValueError(f"{place} is {what}; name another file to write.")
        doors.place(place, asked.force)
    return places


def is_one_file(place, other):
    """Whether these are one file, by whatever names: links, hard links, another spelling."""
    try:
        return place.samefile(other)
    except (OSError, ValueError):  # one of them is not there, or can't be
        return False


def palette_of(photo, asked, tell):
    """The palette to paint with, and in words where it is from."""
    space = "Lab" if asked.method == "lab" else "RGB"
    if not asked.use:
        found = chosen(photo, asked.colors or USUAL, asked)
        return found, f"K-means in {space}, seed {asked.seed or 0}"
    name = doors.printable(asked.use.name)
    if asked.use.suffix.lower() in swatches.DECODERS:
        given = swatches.load_palette(asked.use)
    else:
        other = other_picture(asked.use, tell)
        if asked.colors or len(other.found) > MOST:
            found = chosen(other, asked.colors or USUAL, asked)
            return found, f"K-means in {space} on {name}, seed {asked.seed or 0}"
        given = dark_to_light(unpacked(other.found))
    if len(given.colors) > MOST:
        raise ValueError(
            f"{asked.use} has {colors_in_words(len(given.colors))}, and an indexed PNG holds "
            f"{MOST}; delete some."
        )
    for option in ("colors", "seed"):
        if getattr(asked, option) is not None:
            raise ValueError(
                f"{asked.use} gives the colors, so --{option} has nothing to choose; leave it out."
            )
    if asked.dither and space == "Lab":
        raise ValueError(
            f"{asked.use} gives the colors, and --dither mixes them in RGB, so --method lab has "
            "nothing to do; leave it out."
        )
    return given, f"given by {name}" + ("" if asked.dither else f", nearest in {space}")


def other_picture(path, tell):
    """The picture that --use names, if it is one."""
    try:
        return Picture(path, None, tell)
    except ValueError as error:
        endings = ", ".join(swatches.DECODERS)
        raise ValueError(f"--use takes a palette ({endings}) or a picture: {error}") from None


def chosen(picture, K, asked):
    """The palette of K colors that K-means finds in a picture."""
    rng, has = np.random.default_rng(asked.seed or 0), len(picture.found)
    if K > has:
        here = colors_in_words(has) + (" at this size" if picture.shrunk else "")
        raise ValueError(f"{picture.path} has only {here}; --colors {K} is too many.")
    if K == has:  # nothing to choose
        centroids = unpacked(picture.found)
    elif asked.method == "lab":
        centroids = lab_to_srgb(lab_palette(picture.keys, K, rng, picture.found))
    else:
        _, centroids = quick_centroids(picture.keys, K, rng, picture.found)
    return dark_to_light(centroids)


def dark_to_light(colors):
    """A palette in this order, of colors without names, in whole 255ths."""
    palette = images.to_bytes(colors) / 255
    order = np.argsort(srgb_to_lab(palette)[:, 0], kind="stable")
    return swatches.Palette(palette[order], [""] * len(palette))


def number(photo, palette, asked):
    """The number of a color of the palette for each pixel, (H, W)."""
    if asked.dither:
        # Clipped: colors that are given, and means, too, can't mix all that a photo has. What is
        # missing would pile up, and turn the next tulip green.
        *_, (_, idx) = fast.dither_steps(photo.levels, palette, clip=True)
        return idx
    if asked.method == "lab":
        points = Points(srgb_to_lab(unpacked(photo.found)))
        idx, _ = points.nearest_and_margin(srgb_to_lab(palette))
    else:
        idx = nearest_by_cells(photo.found, palette)
    numbers = spread(idx.astype(np.uint8), photo.found, photo.keys)
    return numbers.reshape(photo.levels.shape[:2])


def pack(rows):
    """The rows of a PNG as one zlib stream."""
    return zlib_compress(rows, compresslevel=10 if len(rows) < LARGE else 9)


def mean_squared_error(levels, palette, idx):
    """`compression.mse` of both pictures, row by row: neither is made in float64."""
    colors, total = images.to_bytes(palette).astype(float), 0.0
    for strip, numbers in zip(levels, idx, strict=True):
        apart = (colors.take(numbers, axis=0) - strip).ravel()
        total += float(apart @ apart)  # of whole numbers: exact
    return total / levels.size / 255**2


def side_by_side(photo, palette, idx):
    """The photo, the repainted picture and the palette, as a PNG file."""
    from helpers import plots  # and Matplotlib with it

    figure = plots.hero_figure(
        *(images.shrink(picture, SHOWN_SIDE) for picture in (photo.levels / 255, palette[idx])),
        palette,
        f"{photo.name} in {colors_in_words(len(palette))}",
        [colors_in_words(many) for many in (len(photo.found), len(np.unique(idx)))],
    )
    return plots.encode_figure(figure, "png", dpi=200)


def report(photo, palette, source, idx, asked, size):
    """Bits on paper, bytes on disk, error and palette; the table of lesson 06 if asked for."""
    (height, width), K = idx.shape, len(palette.colors)
    raw, paper = 3 * height * width, compression.bits_on_paper(height, width, K)
    sizes = {"raw pixels": raw, "on paper": paper // 8}
    if asked.table:
        sizes |= compression.bytes_on_disk(photo.levels / 255, idx, palette.colors)
    sizes["indexed PNG"] = size
    had, dithered = colors_in_words(len(photo.found)), ", dithered" if asked.dither else ""
    first = f"{photo.name}: {width} x {height} pixels, {had}, repainted with {K}"
    lines = [f"{first} ({source}{dithered})", ""]
    for what, many in sizes.items():
        lines.append(f"{what:12} {many:12,} bytes {raw / many:7.1f} times smaller than raw")
    lines += ["", f"on paper {paper / idx.size:.2f} bits per pixel, palette and all"]
    error = mean_squared_error(photo.levels, palette.colors, idx)
    lines += [f"MSE {error:.5f}, PSNR {compression.decibels(error):.2f} dB", ""]
    shares = np.bincount(idx.ravel(), minlength=K) / idx.size
    for k, (color, name) in enumerate(zip(*palette, strict=True)):
        share = f"{shares[k]:.1%}" if shares[k] else "0%"  # 0.0%: a few pixels
        lines.append(f"{k:3} {to_hex(color)} {share:>6}  {name}".rstrip())
    return "\n".join([*lines, ""])
