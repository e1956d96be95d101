"""python -m helpers: what it writes and prints, and how it says no."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from exploring import FEW_COLORS
from PIL import Image
from sklearn.cluster import KMeans

from helpers import codebook, images
from helpers.__main__ import main
from helpers.color import color_difference, from_hex, number_of_colors

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
@pytest.mark.filterwarnings("error", "ignore::DeprecationWarning")
@pytest.mark.parametrize("more", [(), ("--method", "lab"), ("--dither",)], ids=str)
@pytest.mark.parametrize("image", FEW_COLORS.values(), ids=FEW_COLORS)
def test_a_picture_of_few_colors_or_of_any_shape_is_kept_whole_by_all_its_colors(run, image, more):
    Path("few.png").write_bytes(images.encode_png(image))
    K = min(number_of_colors(image), 256)
    status, out, err = run("few.png", "--colors", K, *more)
    assert (status, err) == (0, "")
    if K == number_of_colors(image):
        assert np.array_equal(pixels(f"few-{K}-colors.png"), pixels("few.png"))
        assert "MSE 0.00000, PSNR inf dB" in out
    height, width, _ = pixels(f"few-{K}-colors-side-by-side.png").shape
    assert max(height, width) < 6000


@pytest.mark.filterwarnings("error", "ignore::DeprecationWarning")
@pytest.mark.parametrize("name", ["写真", r"$x$_\frac{", "🌷", "cafe\u0301"], ids=ascii)
def test_a_name_in_any_script_gives_no_warning(run, caplog, name):
    os.rename("photo.png", f"{name}.png")
    status, out, err = run(f"{name}.png")
    assert (status, err) == (0, "")
    assert f"{name}.png: 96 x 64 pixels" in out
    assert files() == sorted(f"{name}{end}.png" for end in ("", *(s[5:-4] for s in SAVED)))
    assert not caplog.records


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


def test_help_names_every_option_and_the_files(run):
    status, said, err = run("--help")
    assert (status, err) == (0, "")
    for word in (
        "JPEG PNG GIF WebP TIFF BMP AVIF HEIC PPM ICO "
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
    words = ["photo.png", "--palette", "mine.gpl"]
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
    words = ["photo.png", "--palette", "mine.gpl", "--force"]
    told = refused(run(*words), "Permission denied", "another folder")
    assert told.startswith([SAVED[1], SAVED[0], "mine.gpl"][fails_at - 1])
    assert len(calls) >= fails_at and Path(SAVED[1]).read_bytes() == b"precious"
    assert files() == [SAVED[1], "photo.png"]


on_posix = pytest.mark.skipif(os.name == "nt", reason="links take a privilege on Windows")


@on_posix
@pytest.mark.parametrize("leads_to", ["precious", "nowhere", "link.png", "link.gpl", "/dev/full"])
@pytest.mark.parametrize(
    "words", [["-o", "link.png"], ["--palette", "link.gpl"], ["-o", "side.png"]], ids="-".join
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
    status, out, _ = run("way/link.png", "--palette", "way/mine.gpl")
    assert status == 0 and "way/mine.gpl" in out
    assert sorted(os.listdir("shelf")) == [
        "link-16-colors-side-by-side.png", "link-16-colors.png", "link.png", "mine.gpl"
    ]  # fmt: skip


def meanwhile(monkeypatch, act):
    """Let something happen while the colors are computed."""
    from helpers import fast

    really = fast.kmeans
    monkeypatch.setattr(fast, "kmeans", lambda *given: [act(), really(*given)][1])


def test_a_photo_that_is_deleted_meanwhile_has_been_read(run, monkeypatch):
    meanwhile(monkeypatch, Path("photo.png").unlink)
    assert run("photo.png")[0] == 0 and files() == sorted(SAVED)


@pytest.mark.parametrize("name", SAVED)
def test_a_file_that_another_run_writes_meanwhile_is_not_replaced(run, monkeypatch, name):
    meanwhile(monkeypatch, lambda: Path(name).write_bytes(b"precious"))
    refused(run("photo.png"), f"{name} is already there; --force replaces it.")
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

    monkeypatch.setattr(images, "load_image", too_large)
    refused(run("photo.png"), "memory", "--longest-side")


def test_a_panorama_too_long_for_a_jpeg_is_repainted_and_told_without_one(run):
    Image.new("1", (images.LONGEST_JPEG + 1, 2)).save("wide.png")
    status, out, err = run("wide.png", "--colors", 1)
    assert (status, err) == (0, "") and "indexed PNG" in out and "JPEG" not in out


def test_a_table_that_cannot_be_made_leaves_no_file(run, monkeypatch):
    from helpers import compression

    def too_large(*_):
        raise MemoryError

    monkeypatch.setattr(compression, "bytes_on_disk", too_large)
    refused(run("photo.png"), "memory")
    assert files() == ["photo.png"]


def test_a_seed_may_be_any_whole_number_from_0_on(run):
    assert run("photo.png", "--seed", 10**30)[0] == 0


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


LOADS = """
import runpy, sys
class Fails:
    def find_spec(self, name, *_):
        if name == "{}":
            raise {}
sys.meta_path.insert(0, Fails())
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


def test_a_setting_that_matplotlib_can_not_use_is_told():
    command = [sys.executable, "-m", "helpers", "--help"]
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
    status, out, err = run(name, "--palette", "mine.gpl")
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
    assert files() == (["photo.png"] if words == ["--help"] else sorted([*SAVED, "photo.png"]))


@pytest.mark.parametrize("number", [errno.ENOSPC, *in_long_run(errno.EIO, errno.EBADF)])
def test_a_table_that_gets_nowhere_is_told(run, monkeypatch, number):
    monkeypatch.setattr("sys.stdout", Stream(number))
    refused(run("photo.png"), "The files are written, but the table can't be printed here")
    assert files() == sorted([*SAVED, "photo.png"])


@pytest.mark.parametrize("number", [None, *in_long_run(errno.EPIPE, errno.ENOSPC)])
@pytest.mark.parametrize(("photo", "wanted"), [("photo.png", 0), ("nowhere.png", 2)])
def test_nobody_who_reads_the_complaints_changes_nothing(run, monkeypatch, number, photo, wanted):
    from helpers import __main__

    monkeypatch.setattr(__main__, "WEIGHING", 0.01)  # one has to wait, which is told
    monkeypatch.setattr("sys.stderr", number and Stream(number))
    status, out, _ = run(photo)
    assert status == wanted and ("96 x 64 pixels" in out) == (wanted == 0)


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
    assert files() == (sorted([*SAVED, "photo.png"]) if written else ["photo.png"])


@pytest.mark.slow
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_two_runs_at_once_never_mix_their_files(folder, force):
    alone = []
    for seed in "01":
        call("photo.png", "--seed", seed, "-o", f"{seed}.png")
        alone.append([Path(f"{seed}{end}.png").read_bytes() for end in ("", "-side-by-side")])
    command = [sys.executable, "-m", "helpers", "photo.png", "-o", "out.png", *force]
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
