"""A poster to hang on a wall: the picture twice, its palette, and what it cost."""

import math

import matplotlib
from matplotlib.figure import Figure

from helpers.color import colors_in_words, number_of_colors, to_hex
from helpers.doors import as_documented
from helpers.lettering import label_points
from helpers.plots import (
    MARKERS,
    PLAIN,
    SERIES,
    WIDTH,
    draw_picture,
    draw_swatches,
    height_of,
    show,
)

MARGIN = 0.35  # inches, around the poster and between its parts


def poster(image, quantized, codebook, curve, chosen, title, facts):
    """A page to hang on a wall: the picture twice, its palette, and what it cost.

    Parameters
    ----------
    image, quantized, codebook, curve, chosen, title, facts
        As in `poster_figure`.
    """
    figure = poster_figure(image, quantized, codebook, curve, chosen, title, facts)
    K, bits, quality = chosen
    others = ", ".join(f"K = {k} {b:.4g} and {q:.4g}" for k, b, q in curve)
    show(
        figure,
        title,
        f"A poster: the picture in {colors_in_words(K)}, the original, a chart of PSNR over bits "
        f"per pixel, and the palette with hex names. {facts}.",
        f"Chosen: K = {K}, {bits:.4g} bits per pixel and {quality:.4g} dB; the curve: {others}. "
        f"The colors are {', '.join(map(to_hex, codebook))}.",
    )


@as_documented
@matplotlib.rc_context(PLAIN)
def poster_figure(image, quantized, codebook, curve, chosen, title, facts):
    """The figure of `poster`, for the page and for files.

    Parameters
    ----------
    image, quantized : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]
    curve : list of ndarray, shape (3,), numbers of any type
        K, bits per pixel, PSNR in dB: what other numbers of colors would have cost, from few
        to many.
    chosen : ndarray, shape (3,), numbers of any type
        K, bits per pixel, PSNR in dB: what this picture cost; marked in the chart.
    title : str
        The name of the poster.
    facts : str
        A line to stand at the foot: how the palette was found, and its numbers.

    Returns
    -------
    matplotlib.figure.Figure
        As wide as a page, and as high as the picture needs. A wide picture is large in
        its new colors, the original small below; a high one stands beside the original.
    """
    K = len(codebook)
    whole = WIDTH - 2 * MARGIN
    half, columns = (whole - MARGIN) / 2, min(K, 8) if K <= 64 else 16
    swatches = math.ceil(K / columns) * (0.62 if columns <= 8 else 0.42)
    whole_high, half_high = height_of(image, whole), height_of(image, half)
    # Rooms, in inches from the top left: left, top, width, height.
    if image.shape[0] <= image.shape[1]:
        below = 1.15 + whole_high + 0.45
        chart_height = max(half_high, 2.4)  # no flatter than this beside a panorama
        rooms = {
            "painted": (MARGIN, 1.15, whole, whole_high),
            "original": (MARGIN, below, half, half_high),
            "chart": (MARGIN + half + MARGIN + 0.5, below, half - 0.5, chart_height),
        }
        below += chart_height + 0.7
    else:
        below = 1.15 + half_high + 0.55
        rooms = {
            "original": (MARGIN, 1.15, half, half_high),
            "painted": (MARGIN + half + MARGIN, 1.15, half, half_high),
            "chart": (MARGIN + 0.5, below, whole - 0.5, 2.6),
        }
        below += 2.6 + 0.7
    rooms["palette"] = (MARGIN, below, whole, swatches)
    height = below + swatches + 0.6
    figure = Figure(figsize=(WIDTH, height))
    axes = {}
    for name, (left, top, width, high) in rooms.items():
        place = (left / WIDTH, 1 - (top + high) / height, width / WIDTH, high / height)
        axes[name] = figure.add_axes(place)
    left = MARGIN / WIDTH
    large = {"fontsize": 24, "fontweight": "bold", "va": "top"}
    small = {"fontsize": 9.5, "color": "#333333", "va": "bottom"}
    figure.text(left, 1 - 0.3 / height, title, **large)
    figure.text(left, 0.3 / height, facts, **small)
    for name, picture in (("original", image), ("painted", quantized)):
        draw_picture(axes[name], picture)
        axes[name].set_title(colors_in_words(number_of_colors(picture)), loc="left")
    _draw_curve(axes["chart"], curve, chosen)
    names = [to_hex(color) for color in codebook]
    size = 9 if columns <= 8 else 6
    draw_swatches(axes["palette"], codebook, columns, names, (0.03, 0.04, 0.94, 0.6), 0.69, size)
    return figure


def _draw_curve(axis, curve, chosen):
    """PSNR over bits per pixel, each point with its K, and a square for what was chosen."""
    _, bits, quality = chosen
    axis.plot(bits, quality, MARKERS[1], color=SERIES[1], ms=11, zorder=3, label="this picture")
    axis.plot(
        [bits for _, bits, _ in curve],
        [quality for *_, quality in curve],
        color=SERIES[0],
        marker=MARKERS[0],
        label="other numbers of colors",
    )
    axis.set(xlabel="bits per pixel", ylabel="PSNR in dB")
    axis.set_title("What each number of colors costs and gives", loc="left")
    axis.margins(0.1)
    axis.legend(loc="lower right", fontsize=9)
    label_points(axis, [(f"{K:.0f}", place, {"fontsize": 9}) for K, *place in curve])
