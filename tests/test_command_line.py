"""python -m helpers: what it writes and prints, and how it says no."""

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from exploring import FEW_COLORS, WITHOUT_WARNINGS
from PIL import Image
from sklearn.cluster import KMeans
from test_fast import dither_clipped

from helpers import images, repaint, swatches
from helpers.__main__ import main
from helpers.color import color_difference, from_hex, number_of_colors

TULIPS = Path(__file__).resolve().parent.parent / "data" / "tulips.jpg"
SAVED = ("photo-16-colors-side-by-side.png", "photo-16-colors.png")  # with --compare


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a photo of 96 x 64 pixels."""
    monkeypatch.chdir(tmp_path)
    small = images.load_image(TULIPS, longest_side=96)
    (tmp_path / "photo.png").write_bytes(images.encode_png(small))
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """Run a command line in the folder: (exit status, what is printed, what is complained)."""

    def run(*words):
        status = main([str(word) for word in words])
        return status, *capsys.readouterr()

    return run


def in_long_run(*values):
    """Parameters of a test that are left out of a short run."""
    return [
        pytest.param(*(value if isinstance(value, tuple) else [value]), marks=pytest.mark.slow)
        for value in values
    ]


def files():
    return sorted(os.listdir())


def pixels(path):
    return np.asarray(Image.open(path).convert("RGB")) / 255


def palette_printed(out):
    rows = [line.split() for line in out.splitlines() if " #" in line]
    assert [row[0] for row in rows] == [str(k) for k in range(len(rows))]
    shares = [float(row[2].removesuffix("%")) / 100 for row in rows]
    return np.array([from_hex(row[1]) for row in rows]), np.array(shares)


def refused(result, *words):
    """Exit status 2, nothing printed, and one sentence that says these words."""
    status, out, err = result
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and err.endswith("\n") and "Traceback" not in err
    assert err.rstrip().endswith((".", ")."))
    for word in words:
        assert word in err
    return err


# --- What it writes -------------------------------------------------------------------------


@pytest.mark.spread(4)
@WITHOUT_WARNINGS
@pytest.mark.parametrize("more", [(), ("--method", "lab"), ("--dither",)], ids=str)
@pytest.mark.parametrize("image", FEW_COLORS.values(), ids=FEW_COLORS)
def test_a_picture_of_few_colors_or_of_any_shape_is_kept_whole_by_all_its_colors(run, image, more):
    Path("few.png").write_bytes(images.encode_png(image))
    K = min(number_of_colors(image), 256)
    status, out, err = run("few.png", "--colors", K, "--compare", *more)
    assert (status, err) == (0, "")
    if K == number_of_colors(image):
        assert np.array_equal(pixels(f"few-{K}-colors.png"), pixels("few.png"))
        assert "MSE 0.00000, PSNR inf dB" in out
    height, width, _ = pixels(f"few-{K}-colors-side-by-side.png").shape
    assert max(height, width) < 6000


@WITHOUT_WARNINGS
@pytest.mark.parametrize("name", ["写真", r"$x$_\frac{", "🌷", "cafe\u0301"], ids=ascii)
def test_a_name_in_any_script_gives_no_warning(run, caplog, name):
    os.rename("photo.png", f"{name}.png")
    status, out, err = run(f"{name}.png", "--compare")
    assert (status, err) == (0, "")
    assert f"{name}.png: 96 x 64 pixels" in out
    assert files() == sorted(f"{name}{end}.png" for end in ("", *(s[5:-4] for s in SAVED)))
    assert not caplog.records


def test_it_writes_the_indexed_png_next_to_the_photo_and_what_else_is_asked_for(run):
    before = Path("photo.png").read_bytes()
    status, out, err = run("photo.png", "--colors", 16)
    assert (status, err) == (0, "")
    assert files() == ["photo-16-colors.png", "photo.png"]
    assert Path("photo.png").read_bytes() == before
    assert out.endswith("Written: photo-16-colors.png\n")
    _, out, _ = run("photo.png", "--colors", 16, "--compare", "--force")
    assert files() == ["photo-16-colors-side-by-side.png", "photo-16-colors.png", "photo.png"]
    assert out.endswith("Written: photo-16-colors.png, photo-16-colors-side-by-side.png\n")


@pytest.mark.parametrize("K", [1, 2, 7, 16, 200])
def test_the_picture_has_that_many_colors_and_each_pixel_the_nearest(run, K):
    _, out, _ = run("photo.png", "--colors", K)
    with Image.open(f"photo-{K}-colors.png") as picture:
        assert picture.mode == "P" and picture.size == (96, 64)
    palette, shares = palette_printed(out)
    painted, photo = pixels(f"photo-{K}-colors.png"), pixels("photo.png")
    assert len(np.unique(painted.reshape(-1, 3), axis=0)) == K == len(palette)
    levels, colors, taken = (np.rint(a * 255).astype(int) for a in (photo, palette, painted))
    squared = ((levels[:, :, None] - colors) ** 2).sum(axis=-1)
    assert (((levels - taken) ** 2).sum(axis=-1) == squared.min(axis=-1)).all()
    counted = [(painted == color).all(axis=-1).mean() for color in palette]
    assert np.allclose(shares, counted, atol=0.0006)


def test_the_palette_is_as_good_as_that_of_a_library(run):
    run("photo.png", "--colors", 16)
    photo, painted = pixels("photo.png"), pixels("photo-16-colors.png")
    library = KMeans(16, n_init=1, random_state=0).fit(photo.reshape(-1, 3))
    assert ((photo - painted) ** 2).sum() <= 1.05 * library.inertia_


def test_lab_looks_nearer_and_rgb_is_nearer(run):
    run("photo.png", "-m", "rgb", "-o", "rgb.png")
    run("photo.png", "-m", "lab", "-o", "lab.png")
    photo, rgb, lab = (pixels(name) for name in ("photo.png", "rgb.png", "lab.png"))
    assert color_difference(photo, lab).mean() < color_difference(photo, rgb).mean()
    assert ((photo - lab) ** 2).mean() > ((photo - rgb) ** 2).mean()


def test_dithered_it_is_what_the_lesson_dithers_clipped(run):
    _, out, _ = run("photo.png", "--colors", 4, "--dither")
    palette, _ = palette_printed(out)
    expected = dither_clipped(pixels("photo.png"), palette)
    assert np.allclose(pixels("photo-4-colors.png"), expected)
    assert "seed 0, dithered" in out


def test_the_same_seed_gives_the_same_files_and_another_seed_others(run):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        run("photo.png", "--seed", seed, "-o", f"{name}.png", "--compare")
    a, b, c = (Path(f"{name}.png").read_bytes() for name in "abc")
    sides = [Path(f"{name}-side-by-side.png").read_bytes() for name in "ab"]
    assert a == b != c and sides[0] == sides[1]


def test_the_longest_side_is_obeyed(run):
    run("photo.png", "--longest-side", 48)
    assert Image.open("photo-16-colors.png").size == (48, 32)


def test_the_side_by_side_picture_shows_photo_and_repainted_picture(run, folder):
    half = np.zeros((60, 90, 3))
    half[:, :45, 0] = half[:, 45:, 2] = 1.0
    Path("flag.png").write_bytes(images.encode_png(half))
    run("flag.png", "--colors", 1, "--compare")
    shown = pixels("flag-1-colors-side-by-side.png")
    left, right = np.array_split(shown[: int(0.7 * len(shown))], 2, axis=1)

    def share(part, color):
        return (np.abs(part - color).max(axis=-1) < 0.02).mean()

    assert share(left, (1, 0, 0)) > 0.3 and share(left, (0, 0, 1)) > 0.3
    assert share(right, (0.5, 0, 0.5)) > 0.6 and share(right, (1, 0, 0)) == 0


@pytest.mark.parametrize("suffix", ["gpl", "ase", "json"])
def test_the_palette_is_written_in_the_format_of_its_suffix(run, suffix):
    from test_palette_files import read_ase, read_gpl

    _, out, _ = run("photo.png", "--colors", 5, "--palette", f"mine.{suffix}")
    palette, _ = palette_printed(out)
    data = Path(f"mine.{suffix}").read_bytes()
    if suffix == "json":
        assert [data.count(f'"rgb": {np.rint(c * 255).astype(int).tolist()}'.encode())
                for c in palette] == [1] * 5  # fmt: skip
    else:
        name, colors, _ = (read_gpl if suffix == "gpl" else read_ase)(data)
        scale = 255 if suffix == "gpl" else 1
        assert name == "photo" and np.allclose(np.array(colors) / scale, palette)


def test_output_may_be_a_file_or_a_folder(run):
    Path("posters").mkdir()
    run("photo.png", "--output", "posters", "--compare")
    run("photo.png", "--output", "posters/evening.png", "--compare")
    assert sorted(os.listdir("posters")) == sorted(
        [*SAVED, "evening.png", "evening-side-by-side.png"]
    )


# --- In given colors ------------------------------------------------------------------------


PENS = """GIMP Palette
Name: My pens
#
200  30  30 Fire red
  0   0   0 Black
250 250 240 Cream white
 30 100  40 Leaf green
255   0 255 Shocking pink
  0   0   0 Black again
 40  60 130
"""
GIVEN = np.array(
    [(200, 30, 30), (0, 0, 0), (250, 250, 240), (30, 100, 40), (255, 0, 255), (40, 60, 130)]
)


@pytest.fixture
def pens(folder):
    """Files with the colors above: a palette of each kind, and a picture."""
    palette, names = GIVEN / 255, [line[12:] for line in PENS.splitlines()[3:-2]] + [""]
    Path("pens.gpl").write_text(PENS, encoding="utf-8")
    for suffix in (".ase", ".json"):
        data = swatches.encode_palette(suffix, palette, "My pens", names)
        Path(f"pens{suffix}").write_bytes(data)
    Path("pens.png").write_bytes(images.encode_png(palette[None]))


def squares(levels, color):
    return ((levels - color) ** 2).sum(axis=-1)


def in_lab(levels, color):
    return color_difference(levels / 255, color / 255)


@pytest.mark.parametrize("kind", ["gpl", "ase", "json", "png"])
@pytest.mark.parametrize("method", ["rgb", "lab"])
def test_each_pixel_takes_the_nearest_of_the_given_colors(run, pens, kind, method):
    status, out, err = run("photo.png", "--use", f"pens.{kind}", "--method", method)
    assert (status, err) == (0, "")
    assert out.endswith("Written: photo-in-pens.png\n")
    photo, painted = (np.rint(255 * pixels(name)) for name in ("photo.png", "photo-in-pens.png"))
    distance = in_lab if method == "lab" else squares
    away = np.min([distance(photo, color) for color in GIVEN], axis=0)
    assert np.allclose(distance(photo, painted), away, rtol=1e-9)
    space = method.upper().replace("LAB", "Lab")
    assert f"repainted with 6 (given by pens.{kind}, nearest in {space})" in out
    palette, shares = palette_printed(out)
    assert sorted(palette.tolist()) == sorted((GIVEN / 255).tolist())
    counted = [(painted == color).all(axis=-1).mean() for color in np.rint(255 * palette)]
    assert np.allclose(shares, counted, atol=0.0006)
    error = squares(photo, painted).mean() / 3 / 255**2
    assert f"MSE {error:.5f}, PSNR {-10 * np.log10(error):.2f} dB" in out


@pytest.mark.parametrize("kind", ["gpl", "ase", "json"])
def test_a_given_color_is_printed_with_its_name_in_the_order_of_the_file(run, pens, kind):
    Path("red.png").write_bytes(images.encode_png(np.full((4, 6, 3), (0.8, 0, 0))))
    _, out, _ = run("red.png", "--use", f"pens.{kind}")
    assert out.splitlines()[-8:-2] == [
        "  0 #c81e1e 100.0%  Fire red",
        "  1 #000000     0%  Black",
        "  2 #fafaf0     0%  Cream white",
        "  3 #1e6428     0%  Leaf green",
        "  4 #ff00ff     0%  Shocking pink",
        "  5 #283c82     0%",
    ]


def test_a_few_pixels_are_not_none(run, pens):
    many = np.zeros((60, 60, 3))
    many[0, 0] = GIVEN[0] / 255
    Path("many.png").write_bytes(images.encode_png(many))
    _, out, _ = run("many.png", "--use", "pens.gpl")
    assert "#c81e1e   0.0%  Fire red\n" in out and "#000000 100.0%  Black\n" in out


def test_in_given_colors_it_dithers_what_the_lesson_dithers_clipped(run, pens):
    _, out, _ = run("photo.png", "--use", "pens.gpl", "--dither")
    expected = dither_clipped(pixels("photo.png"), GIVEN / 255)
    assert np.allclose(pixels("photo-in-pens.png"), expected)
    assert "(given by pens.gpl, dithered)" in out


def test_the_other_options_stay_as_they_are(run, pens):
    Path("shelf").mkdir()
    words = ["--longest-side", 48, "--compare", "--table", "--output", "shelf"]
    status, out, err = run("photo.png", "--use", "pens.gpl", *words, "--palette", "shelf/new.ase")
    assert (status, err) == (0, "") and "JPEG" in out
    assert sorted(os.listdir("shelf")) == [
        "new.ase", "photo-in-pens-side-by-side.png", "photo-in-pens.png"
    ]  # fmt: skip
    assert Image.open("shelf/photo-in-pens.png").size == (48, 32)
    written = swatches.load_palette("shelf/new.ase")
    assert written.names == ["Fire red", "Black", "Cream white", "Leaf green", "Shocking pink", ""]
    assert np.array_equal(written.colors, GIVEN / 255)
    refused(run("photo.png", "--use", "pens.gpl", "-o", "shelf"), "already there", "--force")


def test_another_picture_gives_the_colors_that_k_means_finds_in_it(run):
    other = images.load_image(TULIPS.with_name("pencils.jpg"), longest_side=96)
    Path("pencils.png").write_bytes(images.encode_png(other))
    for words in ((), ("--colors", 5), ("--colors", 5, "--method", "lab", "--seed", 2)):
        K = 5 if words else 16
        _, own, _ = run("pencils.png", "--force", *words)
        status, out, err = run("photo.png", "--use", "pencils.png", "--force", *words)
        assert (status, err) == (0, "")
        assert (palette_printed(own)[0] == palette_printed(out)[0]).all()
        space, seed = ("Lab", 2) if "lab" in words else ("RGB", 0)
        assert f"with {K} (K-means in {space} on pencils.png, seed {seed})" in out


def test_of_a_picture_of_few_colors_k_means_finds_fewer(run, pens):
    _, out, _ = run("photo.png", "--use", "pens.png", "--colors", 2)
    assert len(palette_printed(out)[0]) == 2 and "K-means in RGB on pens.png" in out


def test_256_given_colors_are_painted_and_shown_and_257_refused(run):
    many = [[level, level, 0] for level in range(256)]
    Path("many.json").write_text(json.dumps(many), encoding="utf-8")
    status, out, err = run("photo.png", "--use", "many.json", "--compare")
    assert (status, err) == (0, "") and len(palette_printed(out)[0]) == 256
    Path("many.json").write_text(json.dumps([*many, [1, 2, 3]]), encoding="utf-8")
    told = run("photo.png", "--use", "many.json", "--force")
    refused(told, "many.json has 257 colors, and an indexed PNG holds 256")


def test_a_single_given_color_paints_all(run):
    Path("one.json").write_text('["#336699"]', encoding="utf-8")
    _, out, _ = run("photo.png", "--use", "one.json")
    assert "  0 #336699 100.0%\n" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--use", "nowhere.gpl"], ["no file nowhere.gpl"]),
        (["--use", "nowhere.jpg"], ["no file nowhere.jpg"]),
        (["--use", "shelf.gpl"], ["shelf.gpl is a folder; name a palette file"]),
        (["--use", "."], [". is a folder"]),
        (["--use", "diary.txt"], [".gpl, .ase, .json", "diary.txt is not a picture"]),
        (["--use", "half.gpl"], ["half.gpl says 200  30 in line 4"]),
        (["--use", "half.png"], ["half.png is damaged or cut short"]),
        (["--use", "none.json"], ["none.json holds no color"]),
        (["--use", "pens.gpl", "--colors", 6], ["pens.gpl", "--colors has nothing to choose"]),
        (["--use", "pens.gpl", "--seed", 0], ["pens.gpl", "--seed has nothing to choose"]),
        (["--use", "pens.png", "--seed", 0], ["pens.png", "--seed has nothing to choose"]),
        (["--use", "pens.png", "--colors", 7], ["pens.png has only 6 colors", "--colors 7"]),
        (
            ["--use", "pens.gpl", "--dither", "--method", "lab"],
            ["--dither mixes them in RGB", "--method lab has nothing to do"],
        ),
        (
            ["--use", "pens.gpl", "--palette", "pens.gpl", "--force"],
            ["pens.gpl is what --use reads"],
        ),
        (["--use", "pens.png", "-o", "pens.png", "--force"], ["pens.png is what --use reads"]),
        (["--use"], ["--use"]),
    ],
    ids=lambda words: "-".join(map(str, words)),
)
def test_given_colors_that_cannot_be_used_are_told_and_nothing_is_written(run, pens, words, told):
    Path("diary.txt").write_text("Dear diary", encoding="utf-8")
    Path("half.gpl").write_text(PENS[: PENS.index("30 Fire")], encoding="utf-8")
    Path("half.png").write_bytes(Path("photo.png").read_bytes()[:3000])
    Path("none.json").write_text("[]", encoding="utf-8")
    Path("shelf.gpl").mkdir()
    before = files()
    refused(run("photo.png", *words), *told)
    assert files() == before and Path("pens.gpl").read_text(encoding="utf-8") == PENS


# --- What it prints -------------------------------------------------------------------------


@pytest.mark.parametrize("table", [(), ("--table",)], ids=["short", "whole"])
def test_the_table_is_that_of_lesson_06(run, table):
    _, out, _ = run("photo.png", "--colors", 16, *table)
    photo, painted = pixels("photo.png"), pixels("photo-16-colors.png")
    raw, paper = 96 * 64 * 3, (96 * 64 * 4 + 24 * 16) // 8
    size = Path("photo-16-colors.png").stat().st_size
    rows = {line[:12].strip(): line[12:].split() for line in out.splitlines() if "smaller" in line}
    assert rows["raw pixels"][0] == f"{raw:,}"
    assert rows["on paper"][::2][:2] == [f"{paper:,}", f"{raw / paper:.1f}"]
    assert rows["indexed PNG"][::2][:2] == [f"{size:,}", f"{raw / size:.1f}"]
    assert ("24-bit PNG" in rows) == ("JPEG" in rows) == bool(table)
    if table:
        assert rows["24-bit PNG"][0] == f"{Path('photo.png').stat().st_size:,}"
        assert rows["JPEG"][0] == f"{len(images.encode_jpeg(photo)):,}"
    error = ((photo - painted) ** 2).mean()
    assert f"MSE {error:.5f}, PSNR {-10 * np.log10(error):.2f} dB" in out
    colors = len(np.unique(photo.reshape(-1, 3), axis=0))
    assert out.startswith(f"photo.png: 96 x 64 pixels, {colors:,} colors, repainted with 16")


def test_a_picture_that_loses_nothing_has_no_error(run):
    flat = np.zeros((6, 9, 3))
    flat[:3, :, 0] = 1.0
    Path("flat.png").write_bytes(images.encode_png(flat))
    status, out, _ = run("flat.png", "--colors", 2)
    assert status == 0 and "MSE 0.00000, PSNR inf dB" in out
    assert (pixels("flat-2-colors.png") == flat).all()


def test_help_names_every_option_and_the_files(run):
    status, said, err = run("--help")
    assert (status, err) == (0, "")
    for word in (
        "JPEG PNG GIF WebP TIFF BMP AVIF HEIC PPM ICO "
        "--colors --use --method --dither --seed --longest-side --output --palette --compare "
        "--table --force photo-16-colors.png photo-16-colors-side-by-side.png photo-in-pens.png "
        ".gpl .ase .json examples"
    ).split():
        assert word in said


# --- How it says no -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.jpg"], ["no file nowhere.jpg"]),
        (["no/where.jpg"], ["no file", "where.jpg"]),
        (["."], [". is a folder", "name a picture file"]),
        (["diary.txt"], ["diary.txt is not a picture", "JPEG or PNG"]),
        (["half.png"], ["half.png is damaged or cut short"]),
        (["photo.png", "--colors", "257"], ["--colors", "257", "from 1 to 256"]),
        (["photo.png", "--colors", "0"], ["--colors", "from 1 to 256"]),
        (["photo.png", "--colors", "few"], ["--colors", "few is no whole number"]),
        (["flat.png", "--colors", "3"], ["flat.png has only 2 colors", "--colors 3"]),
        (["photo.png", "--longest-side", "0"], ["--longest-side", "whole number"]),
        (["photo.png", "--seed", "-1"], ["--seed", "-1", "from 0 on"]),
        (["photo.png", "--method", "magic"], ["--method", "magic", "rgb"]),
        (["photo.png", "--color", "8"], ["--color"]),
        (["photo.png", "other.png"], ["other.png"]),
        ([], ["photo"]),
        (["photo.png", "--output", "out.jpg"], ["out.jpg", ".png"]),
        (["photo.png", "--output", "no/out.png"], ["no folder no", "make it first"]),
        (["photo.png", "--output", "diary.txt/out.png"], ["no folder diary.txt"]),
        (["photo.png", "--output", "photo.png", "--force"], ["photo.png is the photo itself"]),
        (["photo.png", "--palette", "mine.aco"], ["mine.aco", ".gpl, .ase, .json"]),
        (["photo.png", "--palette", "no/mine.gpl"], ["no folder no"]),
        (["photo.png", "--palette", "shelf.gpl"], ["shelf.gpl is a folder"]),
        (["photo.png", "--output", "x" * 300 + ".png"], ["can't be written", "too long"]),
        (["pho\0to.png"], ["There is no file", "check the spelling"]),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence_and_nothing_is_written(run, words, told):
    Path("diary.txt").write_text("Dear diary", encoding="utf-8")
    Path("half.png").write_bytes(Path("photo.png").read_bytes()[:3000])
    Path("flat.png").write_bytes(images.encode_png(np.eye(4)[:, :, None] * np.ones(3)))
    Path("shelf.gpl").mkdir()
    before = files()
    refused(run(*words), *told)
    assert files() == before


@pytest.mark.parametrize("name", [*SAVED, "mine.gpl"])
def test_an_existing_file_is_replaced_with_force_only_and_none_is_written_before(run, name):
    Path(name).write_bytes(b"precious")
    words = ["photo.png", "--palette", "mine.gpl", "--compare"]
    refused(run(*words), f"{name} is already there", "--force")
    assert Path(name).read_bytes() == b"precious"
    assert files() == sorted([name, "photo.png"])
    status, *_ = run(*words, "--force")
    assert status == 0 and Path(name).read_bytes() != b"precious"
    assert files() == sorted([*SAVED, "mine.gpl", "photo.png"])


@pytest.mark.parametrize("fails_at", [1, 2, 3])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_place_that_cannot_be_written_leaves_all_as_it_was(run, monkeypatch, fails_at, step):
    really, calls = getattr(os, step), []

    def failing(*arguments):
        calls.append(arguments)
        if len(calls) == fails_at:
            raise PermissionError(13, "Permission denied")
        return really(*arguments)

    Path(SAVED[1]).write_bytes(b"precious")
    monkeypatch.setattr(os, step, failing)
    words = ["photo.png", "--palette", "mine.gpl", "--compare", "--force"]
    told = refused(run(*words), "Permission denied", "another folder")
    assert told.startswith([SAVED[1], SAVED[0], "mine.gpl"][fails_at - 1])
    assert len(calls) >= fails_at and Path(SAVED[1]).read_bytes() == b"precious"
    assert files() == [SAVED[1], "photo.png"]


on_posix = pytest.mark.skipif(os.name == "nt", reason="links take a privilege on Windows")


@on_posix
@pytest.mark.parametrize("leads_to", ["precious", "nowhere", "link.png", "link.gpl", "/dev/full"])
@pytest.mark.parametrize(
    "words",
    [["-o", "link.png"], ["--palette", "link.gpl"], ["-o", "side.png", "--compare"]],
    ids="-".join,
)
def test_a_link_is_never_replaced(run, words, leads_to):
    Path("precious").write_bytes(b"precious")
    link = {"side.png": "side-side-by-side.png"}.get(words[1], words[1])
    os.symlink(leads_to, link)
    refused(run("photo.png", *words), f"{link} is a link, which is never replaced")
    refused(run("photo.png", *words, "--force"), f"{link} is a link, which is never replaced")
    assert os.readlink(link) == leads_to and Path("precious").read_bytes() == b"precious"
    assert files() == sorted([link, "photo.png", "precious"])


@on_posix
@pytest.mark.parametrize("make", [os.symlink, os.link])
@pytest.mark.parametrize("words", [["-o", "other.png"], ["--palette", "other.gpl"]], ids="-".join)
def test_the_photo_is_never_replaced_by_whatever_name(run, make, words):
    before = Path("photo.png").read_bytes()
    make("photo.png", words[1])
    refused(run("photo.png", *words, "--force"), f"{words[1]} is the photo itself")
    refused(run(words[1], "-o", "photo.png", "--force"), "photo.png is the photo itself")
    assert Path("photo.png").read_bytes() == before and files() == sorted(["photo.png", words[1]])


@on_posix
def test_a_folder_and_the_photo_may_be_links(run, folder):
    Path("shelf").mkdir()
    os.symlink("shelf", "way")
    os.symlink(folder / "photo.png", "shelf/link.png")
    status, out, _ = run("way/link.png", "--palette", "way/mine.gpl", "--compare")
    assert status == 0 and "way/mine.gpl" in out
    assert sorted(os.listdir("shelf")) == [
        "link-16-colors-side-by-side.png", "link-16-colors.png", "link.png", "mine.gpl"
    ]  # fmt: skip


def meanwhile(monkeypatch, act):
    """Let something happen while the colors are computed."""
    from helpers import repaint

    really = repaint.palette_of
    monkeypatch.setattr(repaint, "palette_of", lambda *given: [act(), really(*given)][1])


def test_a_photo_that_is_deleted_meanwhile_has_been_read(run, monkeypatch):
    meanwhile(monkeypatch, Path("photo.png").unlink)
    assert run("photo.png", "--compare")[0] == 0 and files() == sorted(SAVED)


@pytest.mark.parametrize("name", SAVED)
def test_a_file_that_another_run_writes_meanwhile_is_not_replaced(run, monkeypatch, name):
    meanwhile(monkeypatch, lambda: Path(name).write_bytes(b"precious"))
    refused(run("photo.png", "--compare"), f"{name} is already there; --force replaces it.")
    assert Path(name).read_bytes() == b"precious" and files() == sorted([name, "photo.png"])


def test_a_folder_that_is_deleted_meanwhile_is_told(run, monkeypatch):
    Path("shelf").mkdir()
    meanwhile(monkeypatch, Path("shelf").rmdir)
    refused(run("photo.png", "-o", "shelf"), "There is no folder shelf")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(run, folder):
    Path("shelf").mkdir(mode=0o500)
    refused(run("photo.png", "--output", "shelf"), "shelf", "Permission denied")


def test_a_color_profile_that_cant_be_used_is_told_and_the_photo_repainted(run):
    Image.open("photo.png").save("sun.png", icc_profile=b"no profile")
    status, _, err = run("sun.png", "--colors", 4)
    assert status == 0 and Path("sun-4-colors.png").exists()
    assert err.startswith("sun.png has a color profile") and err.count("\n") == 1
    assert pixels("sun.png").tolist() == pixels("photo.png").tolist()


def test_the_photo_of_an_iphone_is_repainted(run):
    pytest.importorskip("pillow_heif").from_pillow(Image.open("photo.png")).save("IMG_1.HEIC")
    status, out, err = run("IMG_1.HEIC", "--colors", 4)
    assert (status, err) == (0, "") and out.startswith("IMG_1.HEIC: 96 x 64 pixels")
    assert Path("IMG_1-4-colors.png").exists()


def test_a_picture_too_large_for_memory_is_told(run, monkeypatch):
    def too_large(*_):
        raise MemoryError

    monkeypatch.setattr("helpers.repaint.load_bytes", too_large)
    refused(run("photo.png"), "memory", "--longest-side")


def test_a_panorama_too_long_for_a_jpeg_is_repainted_and_told_without_one(run):
    Image.new("1", (images.LONGEST_JPEG + 1, 2)).save("wide.png")
    status, out, err = run("wide.png", "--colors", 1, "--table")
    assert (status, err) == (0, "") and "indexed PNG" in out and "JPEG" not in out


def test_a_table_that_cannot_be_made_leaves_no_file(run, monkeypatch):
    from helpers import compression

    def too_large(*_):
        raise MemoryError

    monkeypatch.setattr(compression, "bytes_on_disk", too_large)
    refused(run("photo.png", "--table"), "memory")
    assert files() == ["photo.png"]


def test_a_seed_may_be_any_whole_number_from_0_on(run):
    assert run("photo.png", "--seed", 10**30)[0] == 0


def test_who_has_to_wait_is_told_how_long(run, monkeypatch):
    from helpers import repaint

    monkeypatch.setattr(repaint, "WEIGHING", 10_000)
    assert run("photo.png", "-o", "soon.png")[2] == ""
    status, _, err = run("photo.png", "--table")
    assert status == 0 and err == "This takes about 61 seconds; --longest-side makes it less.\n"


def test_stopped_by_hand_it_ends_without_a_traceback(run, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.repaint.load_bytes", stop)
    status, out, err = run("photo.png")
    assert (status, out, err) == (130, "", "Stopped.\n")


LOADS = """
import runpy, sys
class Fails:
    def find_spec(self, name, *_):
        if name == "{}":
            raise {}
sys.meta_path.insert(0, Fails())
sys.argv = ["helpers", "photo.png", "--compare"]
runpy.run_module("helpers", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("library", "error", "status", "said"),
    [
        ("numpy", "KeyboardInterrupt", 130, "Stopped."),
        ("helpers.plots", "KeyboardInterrupt", 130, "Stopped."),
        ("PIL", "ImportError('No module named PIL')", 2,
         "A library can't be loaded (No module named PIL); mend that, "),
        ("matplotlib", "ValueError('of\\nseveral lines ' + 999 * 'o')", 2,
         "A library can't be loaded (of several lines ooo"),
    ],
)  # fmt: skip
def test_a_library_that_does_not_load_is_told_in_a_sentence(library, error, status, said):
    code = LOADS.format(library, error)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(said) and done.stderr.count("\n") == 1 and len(done.stderr) < 400


def test_without_the_library_that_compresses_best_it_is_the_same_picture(run):
    run("photo.png")
    best = pixels("photo-16-colors.png"), Path("photo-16-colors.png").stat().st_size
    os.unlink("photo-16-colors.png")
    code = LOADS.format("deflate", "ImportError")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert np.array_equal(pixels("photo-16-colors.png"), best[0])
    assert Path("photo-16-colors.png").stat().st_size > best[1]


def test_a_large_picture_is_packed_faster_for_a_larger_file(run, monkeypatch):
    run("photo.png")
    best = pixels("photo-16-colors.png"), Path("photo-16-colors.png").stat().st_size
    monkeypatch.setattr(repaint, "LARGE", 1)
    run("photo.png", "--force")
    assert np.array_equal(pixels("photo-16-colors.png"), best[0])
    assert Path("photo-16-colors.png").stat().st_size > best[1]


def test_a_setting_that_matplotlib_can_not_use_is_told():
    command = [sys.executable, "-m", "helpers", "photo.png", "--compare"]
    setting = os.environ | {"MPLBACKEND": "nonsense"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=setting)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1
    assert "'nonsense' is not a valid value" in done.stderr and "MPLBACKEND" in done.stderr


@on_posix
def test_where_the_folder_is_gone_that_is_told(run, folder):
    gone = folder / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    refused(run("photo.png"), "There is no file photo.png", "(the one that you are in is gone)")


# --- Odd names ------------------------------------------------------------------------------


@on_posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (os.fsdecode(b"caf\xe9.png"), r"caf\udce9.png"),
        *in_long_run(
            ("two\nlines.png", r"two\nlines.png"),
            ("\x1b[31mred\r.png", r"\x1b[31mred\r.png"),
            ("Bild um 3.04\u202fPM.png", "Bild um 3.04\u202fPM.png"),
            ("夕方 👩\u200d🎨.png", "夕方 👩\u200d🎨.png"),
            ("  .png", "  .png"),
            ("'$x_1$'; \"rm\" & %s {0}.png", "'$x_1$'; \"rm\" & %s {0}.png"),
            ("x" * 220 + ".png", "x" * 220 + ".png"),
        ),
    ],
)
def test_whatever_a_photo_is_called_it_is_repainted_and_told(run, name, shown):
    os.rename("photo.png", name)
    stem = name.removesuffix(".png")
    status, out, err = run(name, "--palette", "mine.gpl", "--compare")
    assert (status, err) == (0, "") and out.splitlines()[0].startswith(f"{shown}: 96 x 64 pixels")
    assert f"Written: {shown.removesuffix('.png')}-16-colors.png, " in out
    assert set(files()) == {
        name, f"{stem}-16-colors.png", f"{stem}-16-colors-side-by-side.png", "mine.gpl"
    }  # fmt: skip
    assert Path("mine.gpl").read_text(encoding="utf-8").startswith("GIMP Palette\nName: ")
    refused(run(name), f"{shown.removesuffix('.png')}-16-colors.png is already there")
    refused(run(f"no {name}"), shown)


@pytest.mark.parametrize(
    "name", ["-photo.png", *in_long_run("--photo.png", "-k.png", "-o.png", "--force")]
)
def test_a_name_that_begins_with_a_dash_is_told_how_to_write(run, name):
    os.rename("photo.png", name)
    told = refused(run(name, "-k", 4), f"{name} begins with a dash", f"write ./{name}.")
    assert told.count(";") == 1 and files() == [name]
    status, out, err = run(f"./{name}", "-k", 4)
    assert (status, err) == (0, "") and out.startswith(f"{name}: 96 x 64")
    assert run("-k", 4, "--force", "--", name)[1] == out


# --- Where nobody listens -------------------------------------------------------------------


class Stream(io.StringIO):
    """Standard output or standard error that can't be written to."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def write(self, text):
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("words", [["photo.png"], ["--help"]], ids=" ".join)
@pytest.mark.parametrize("number", [None, *in_long_run(errno.EPIPE, errno.EINVAL)])
def test_nobody_who_reads_the_table_is_no_error(run, monkeypatch, words, number):
    monkeypatch.setattr("sys.stdout", number and Stream(number))
    status, _, err = run(*words)
    assert (status, err) == (0, "")
    assert files() == (["photo.png"] if words == ["--help"] else [SAVED[1], "photo.png"])


@pytest.mark.parametrize("number", [errno.ENOSPC, *in_long_run(errno.EIO, errno.EBADF)])
def test_a_table_that_gets_nowhere_is_told(run, monkeypatch, number):
    monkeypatch.setattr("sys.stdout", Stream(number))
    refused(run("photo.png"), "The files are written, but the table can't be printed here")
    assert files() == [SAVED[1], "photo.png"]


@pytest.mark.parametrize("number", [None, *in_long_run(errno.EPIPE, errno.ENOSPC)])
@pytest.mark.parametrize(("photo", "wanted"), [("photo.png", 0), ("nowhere.png", 2)])
def test_nobody_who_reads_the_complaints_changes_nothing(run, monkeypatch, number, photo, wanted):
    monkeypatch.setattr("helpers.repaint.REPAINTING", 10_000)  # one has to wait, which is told
    monkeypatch.setattr("sys.stderr", number and Stream(number))
    status, out, _ = run(photo)
    assert status == wanted and ("96 x 64 pixels" in out) == (wanted == 0)


# --- As a person calls it -------------------------------------------------------------------


LOADED = """
import runpy, sys
sys.argv = ["helpers", *{!r}]
try:
    runpy.run_module("helpers", run_name="__main__")
except SystemExit:
    print("loaded:", *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--help"], "numpy PIL matplotlib IPython"),
        (["photo.png"], "matplotlib IPython"),
        (["photo.png", "--method", "lab", "--table", "--palette", "p.gpl"], "matplotlib IPython"),
    ],
    ids=["help", "photo", "table"],
)
def test_only_what_is_needed_is_loaded(folder, words, absent):
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(words)], capture_output=True, encoding="utf-8"
    )
    loaded = done.stderr.partition("loaded: ")[2].split()
    assert "argparse" in loaded and not set(absent.split()) & set(loaded)


def call(*words, **settings):
    command = [sys.executable, "-m", "helpers", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", **settings)


def test_from_a_shell_it_does_the_same(folder):
    done = call("photo.png", "--colors", "8")
    assert (done.returncode, done.stderr) == (0, "")
    assert files() == ["photo-8-colors.png", "photo.png"]
    again = call("photo.png", "--colors", "8")
    assert again.returncode == 2 and again.stdout == ""
    assert again.stderr == "photo-8-colors.png is already there; --force replaces it.\n"


def test_a_reader_who_has_seen_enough_is_no_error(folder):
    with subprocess.Popen(
        [sys.executable, "-m", "helpers", "photo.png"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0 and files() == [SAVED[1], "photo.png"]


def test_a_name_that_the_terminal_cannot_show_is_no_error(folder):
    Path("photo.png").rename("夕方.png")
    done = call("夕方.png", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "夕方-16-colors.png" in files()


NOBODY, FULL = "", "can't be printed here (No space left on device).\n"
NO_PHOTO = "There is no file nowhere.png; check the spelling and the folder"


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "wanted", "told"),
    [
        ("photo.png >&-", 0, NOBODY),
        ("photo.png <&- >&-", 0, NOBODY),
        ("photo.png >&- 2>&-", 0, NOBODY),
        ("photo.png 2>&-", 0, NOBODY),
        ("photo.png > /dev/full", 2, "The files are written, but the table " + FULL),
        ("photo.png > /dev/full 2>&1", 2, NOBODY),
        ("--help >&-", 0, NOBODY),
        ("--help > /dev/full", 2, "This " + FULL),
        ("nowhere.png >&-", 2, NO_PHOTO),
        ("nowhere.png 2>&-", 2, NOBODY),
        ("nowhere.png 2> /dev/full", 2, NOBODY),
        ("$(printf 'caf\\xe9.png')", 2, "There is no file caf"),
    ],
)
def test_from_a_shell_its_streams_may_be_closed_or_full(folder, words, wanted, told):
    command = f"'{sys.executable}' -m helpers {words}"
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8")
    assert done.returncode == wanted
    assert done.stderr.startswith(told) and done.stderr.count("\n") == bool(told)
    written = words.startswith("photo.png")
    assert files() == ([SAVED[1], "photo.png"] if written else ["photo.png"])


@pytest.mark.slow
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_two_runs_at_once_never_mix_their_files(folder, force):
    alone = []
    for seed in "01":
        call("photo.png", "--seed", seed, "-o", f"{seed}.png", "--compare")
        alone.append([Path(f"{seed}{end}.png").read_bytes() for end in ("", "-side-by-side")])
    command = [sys.executable, "-m", "helpers", "photo.png", "-o", "out.png", "--compare", *force]
    runs = [
        subprocess.Popen([*command, "--seed", seed], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for seed in "01"
    ]
    told = [run.communicate()[1].decode() for run in runs]
    both = [Path(f"out{end}.png").read_bytes() for end in ("", "-side-by-side")]
    assert both in alone
    if force:
        assert told == ["", ""] and [run.returncode for run in runs] == [0, 0]
    else:
        winner = alone.index(both)
        assert [run.returncode for run in runs] == [2 * (seed != winner) for seed in (0, 1)]
        assert sorted(told) == ["", "out.png is already there; --force replaces it.\n"]
    assert len(files()) == 7
