"""python -m helpers: what it writes and prints, and how it says no."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.cluster import KMeans

from helpers import codebook, images
from helpers.__main__ import main
from helpers.color import color_difference, from_hex

TULIPS = Path(__file__).resolve().parent.parent / "data" / "tulips.jpg"
SAVED = ("photo-16-colors-side-by-side.png", "photo-16-colors.png")


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


def test_it_writes_the_indexed_png_and_the_side_by_side_picture_next_to_the_photo(run):
    before = Path("photo.png").read_bytes()
    status, out, err = run("photo.png", "--colors", 16)
    assert (status, err) == (0, "")
    assert files() == ["photo-16-colors-side-by-side.png", "photo-16-colors.png", "photo.png"]
    assert Path("photo.png").read_bytes() == before
    assert "Written: photo-16-colors.png, photo-16-colors-side-by-side.png" in out


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


def test_dithered_it_is_what_the_lesson_dithers(run):
    _, out, _ = run("photo.png", "--colors", 4, "--dither")
    palette, _ = palette_printed(out)
    expected = codebook.dither(pixels("photo.png"), palette)
    assert np.allclose(pixels("photo-4-colors.png"), expected)
    assert "seed 0, dithered" in out


def test_the_same_seed_gives_the_same_files_and_another_seed_others(run):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        run("photo.png", "--seed", seed, "-o", f"{name}.png")
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
    run("flag.png", "--colors", 1)
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
    run("photo.png", "--output", "posters")
    run("photo.png", "--output", "posters/evening.png")
    assert sorted(os.listdir("posters")) == sorted(
        [*SAVED, "evening.png", "evening-side-by-side.png"]
    )


# --- What it prints -------------------------------------------------------------------------


def test_the_table_is_that_of_lesson_06(run):
    _, out, _ = run("photo.png", "--colors", 16)
    photo, painted = pixels("photo.png"), pixels("photo-16-colors.png")
    raw, paper = 96 * 64 * 3, (96 * 64 * 4 + 24 * 16) // 8
    size = Path("photo-16-colors.png").stat().st_size
    rows = {line[:12].strip(): line[12:].split() for line in out.splitlines() if "smaller" in line}
    assert rows["raw pixels"][0] == f"{raw:,}"
    assert rows["on paper"][::2][:2] == [f"{paper:,}", f"{raw / paper:.1f}"]
    assert rows["indexed PNG"][::2][:2] == [f"{size:,}", f"{raw / size:.1f}"]
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


def test_help_names_every_option_and_the_files(run, capsys):
    with pytest.raises(SystemExit) as exit:
        main(["--help"])
    assert exit.value.code == 0
    said = capsys.readouterr().out
    for word in (
        "--colors --method --dither --seed --longest-side --output --palette --force "
        "photo-16-colors.png photo-16-colors-side-by-side.png .gpl .ase .json examples"
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
        (["photo.png", "--output", "x" * 300 + ".png"], ["can't be read or written"]),
        (["pho\0to.png"], ["null"]),
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
    words = ["photo.png", "--palette", "mine.gpl"]
    refused(run(*words), f"{name} is already there", "--force")
    assert Path(name).read_bytes() == b"precious"
    assert files() == sorted([name, "photo.png"])
    status, *_ = run(*words, "--force")
    assert status == 0 and Path(name).read_bytes() != b"precious"
    assert files() == sorted([*SAVED, "mine.gpl", "photo.png"])


@pytest.mark.parametrize("fails_at", [1, 2, 3])
@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_a_place_that_cannot_be_written_leaves_nothing_half_written(
    run, monkeypatch, fails_at, step
):
    calls = []

    def failing(really):
        def call(path, *rest):
            calls.append(path)
            if len(calls) == fails_at:
                raise PermissionError(13, "Permission denied", str(path))
            return really(path, *rest)

        return call

    room = Path if step == "write_bytes" else os
    monkeypatch.setattr(room, step, failing(getattr(room, step)))
    refused(run("photo.png", "--palette", "mine.gpl"), "Permission denied", "another place")
    assert len(calls) == fails_at
    assert files() == ["photo.png"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(run, folder):
    Path("shelf").mkdir(mode=0o500)
    refused(run("photo.png", "--output", "shelf"), "shelf", "Permission denied")


def test_a_picture_too_large_for_memory_is_told(run, monkeypatch):
    def too_large(*_):
        raise MemoryError

    monkeypatch.setattr(images, "load_image", too_large)
    refused(run("photo.png"), "memory", "--longest-side")


def test_who_has_to_wait_is_told_how_long(run, monkeypatch):
    from helpers import __main__

    monkeypatch.setattr(__main__, "WEIGHING", 0.01)
    status, _, err = run("photo.png")
    assert status == 0 and err == "This takes about 61 seconds; --longest-side makes it less.\n"


def test_stopped_by_hand_it_ends_without_a_traceback(run, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(images, "load_image", stop)
    status, out, err = run("photo.png")
    assert (status, out, err) == (130, "", "Stopped.\n")


# --- As a person calls it -------------------------------------------------------------------


def call(*words, **settings):
    command = [sys.executable, "-m", "helpers", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", **settings)


def test_from_a_shell_it_does_the_same(folder):
    done = call("photo.png", "--colors", "8")
    assert (done.returncode, done.stderr) == (0, "")
    assert files() == ["photo-8-colors-side-by-side.png", "photo-8-colors.png", "photo.png"]
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
    assert child.returncode == 0 and set(SAVED) < set(files())


def test_a_name_that_the_terminal_cannot_show_is_no_error(folder):
    Path("photo.png").rename("夕方.png")
    done = call("夕方.png", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "夕方-16-colors.png" in files()
