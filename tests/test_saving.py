"""The one writer: what `save_files` and `save_set` promise, on good days and on bad ones."""

import contextlib
import errno
import itertools
import multiprocessing
import os
import random
import shutil
import stat
import time
from pathlib import Path

import numpy as np
import pytest

from helpers.images import save_files, save_set

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork, and other locks")


@pytest.fixture(params=["second names", "no second names"], autouse=True)
def disk(request, monkeypatch):
    """A disk on which a file may have two names, and one on which it may not."""

    def no_second_names(*_):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if request.param == "no second names":
        monkeypatch.setattr(os, "link", no_second_names)
    return request.param


@pytest.mark.parametrize("what", ["os.link", "fcntl.flock"])
def test_where_python_cannot_link_or_lock_files_are_kept_replaced_and_refused_as_elsewhere(
    tmp_path, monkeypatch, what
):
    if what.startswith("fcntl"):
        pytest.importorskip("fcntl", reason="Windows has other locks")
    monkeypatch.delattr(what)
    save_files({tmp_path / "a": b"one"})
    with pytest.raises(FileExistsError):
        save_files({tmp_path / "a": b"two", tmp_path / "b": b"two"})
    assert files_in(tmp_path) == {"a": b"one"}
    save_files({tmp_path / "a": b"three"}, overwrite=True)
    assert files_in(tmp_path) == {"a": b"three"}


def in_long_run(*values):
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def files_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def as_it_is(path):
    """What changes with a file, and not with reading it."""
    about = os.lstat(path)
    return about.st_ino, about.st_mode, about.st_size, about.st_mtime_ns


def put(folder, files):
    for name, data in files.items():
        (folder / name).write_bytes(data)


# --- What it refuses, in a sentence, with nothing changed ------------------------------------


def fifo(path):
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "name", "error", "told"),
    [
        (Path.mkdir, "x", IsADirectoryError, "x is a folder; choose another name"),
        (Path.touch, "x/out.png", FileNotFoundError, "no folder .*x; make it first"),
        (Path.exists, "no/out.png", FileNotFoundError, "no folder .*no; make it first"),
        (lambda path: path.symlink_to("b"), "x", FileExistsError, "x is a link, .* never replaced"),
        (lambda path: path.symlink_to("nowhere"), "x", FileExistsError, "x is a link"),
        (lambda path: path.symlink_to("x"), "x", FileExistsError, "x is a link"),
        (lambda path: path.symlink_to("x"), "x/y", OSError, "x/y can't be written"),
        (lambda path: path.symlink_to("."), "x", FileExistsError, "x is a link"),
        (lambda path: path.symlink_to("/dev/full"), "x", FileExistsError, "x is a link"),
        (fifo, "x", FileExistsError, "x is no ordinary file"),
        (Path.exists, "nul\0l", ValueError, r"No file can have the name .*nul\\x00l; choose"),
        (Path.exists, "half \ud83c", ValueError, r"No file can have .*half \\ud83c; choose"),
        (Path.exists, "x" * 300, OSError, "xxx can't be written .File name too long.; choose"),
    ],
)
@on_posix
def test_what_cannot_be_written_is_told_and_all_stays(make, name, error, told, tmp_path):
    (tmp_path / "b").write_bytes(b"old")
    make(tmp_path / "x")
    before = {path: as_it_is(path) for path in tmp_path.iterdir()}
    with pytest.raises(error, match=told) as raised:
        save_files({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / name: b"new"}, True)
    assert "\n" not in str(raised.value) and "unfinished" not in str(raised.value)
    assert {path: as_it_is(path) for path in tmp_path.iterdir()} == before
    assert (tmp_path / "b").read_bytes() == b"old"


@pytest.mark.parametrize("data", ["text", np.zeros((2, 2, 3)), None, 16, [1, 2]])
def test_what_is_no_bytes_is_refused(data, tmp_path):
    with pytest.raises(TypeError, match="b is to hold bytes, and this is of type"):
        save_files({tmp_path / "a": b"1", tmp_path / "b": data})
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("again", ["a", "./a", "link/a", "link/../NAME/a"])
def test_one_file_by_two_names_is_refused(again, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    again = again.replace("NAME", tmp_path.name)
    with pytest.raises(ValueError, match="two are one file"):
        save_files({f"{tmp_path}/a": b"1", f"{tmp_path}//{again}": b"2"})
    assert not (tmp_path / "a").exists()


def test_a_folder_on_the_way_may_be_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    save_files({tmp_path / "link" / "a": b"1", tmp_path / "real" / "b": b"2"})
    assert files_in(tmp_path / "real") == {"a": b"1", "b": b"2"}
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("there", [(), ("a",), ("b",), ("a", "b")])
def test_nothing_is_overwritten_unless_asked_and_all_are_written_or_none(there, tmp_path):
    files = {tmp_path / "a": b"new a", tmp_path / "b": b"new b"}
    put(tmp_path, dict.fromkeys(there, b"old"))
    if there:
        with pytest.raises(FileExistsError, match=f"{there[0]} is already there.*overwrite=True"):
            save_files(files)
        assert files_in(tmp_path) == dict.fromkeys(there, b"old")
    save_files(files, overwrite=True)
    assert files_in(tmp_path) == {"a": b"new a", "b": b"new b"}


@pytest.mark.parametrize("name", ["a.unfinished", ".unfinished-a", ".a.part", "a.tmp", "a~"])
def test_a_neighbor_is_never_touched(name, tmp_path):
    put(tmp_path, {name: b"mine"})
    save_files({tmp_path / "a": b"1"})
    save_files({tmp_path / "a": b"2"}, overwrite=True)
    assert files_in(tmp_path) == {name: b"mine", "a": b"2"}


@pytest.mark.skipif(os.name == "nt", reason="Windows counts the folder's letters, too")
def test_the_longest_name_that_a_disk_can_hold_is_fine(tmp_path):
    save_files({tmp_path / ("x" * 255): b"1"})
    save_files({tmp_path / ("x" * 255): b"2"}, overwrite=True)
    assert files_in(tmp_path) == {"x" * 255: b"2"}


@on_posix
def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path):
    (tmp_path / "any").touch()
    put(tmp_path, {"old": b"private"})
    (tmp_path / "old").chmod(0o640)
    save_files({tmp_path / "new": b"1", tmp_path / "old": b"2"}, overwrite=True)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["new"] == modes["any"] and modes["old"] == 0o640


# --- When something fails --------------------------------------------------------------------

STEPS = [(os, "fsync"), (os, "link"), (os, "replace"), (shutil, "copy2")]
FULL = OSError(errno.ENOSPC, "No space left on device")
OPEN_ELSEWHERE = PermissionError(errno.EACCES, "Access is denied")
STOPPED = KeyboardInterrupt()


def fail(monkeypatch, error, first, last, late=False):
    """Let the system fail in its steps from the first to the last; returns the steps asked for.

    It does nothing, or, if it is late, does what it was asked for and fails then.
    """
    asked = []

    def failing(really, name):
        def step(*arguments, **options):
            asked.append(name)
            now = first <= len(asked) <= last
            done = really(*arguments, **options) if late or not now else None
            if now:
                raise error
            return done

        return step

    for room, name in STEPS:
        monkeypatch.setattr(room, name, failing(getattr(room, name), name))
    return asked


@pytest.mark.parametrize(
    ("error", "late"),
    [(FULL, False), (OPEN_ELSEWHERE, False), (STOPPED, False), (STOPPED, True)],
    ids=["disk full", "open elsewhere", "stopped before", "stopped after"],
)
@pytest.mark.parametrize("there", ["", "b", *in_long_run("a", "c", "abc")])
def test_whatever_step_fails_the_folder_is_as_it_was(there, late, error, tmp_path, monkeypatch):
    failed = 0
    for n in itertools.count(1):
        folder = tmp_path / str(n)
        folder.mkdir()
        put(folder, dict.fromkeys(there, b"old"))
        with monkeypatch.context() as patch:
            asked = fail(patch, error, n, n, late)
            try:
                save_files({folder / name: b"new" for name in "abc"}, overwrite=bool(there))
            except (OSError, KeyboardInterrupt) as raised:
                assert files_in(folder) == dict.fromkeys(there, b"old"), asked
                assert error is STOPPED or "can't be written" in str(raised)
                assert "unfinished" not in str(raised)
                failed += 1
            else:  # there was another way, or nothing left to fail
                assert files_in(folder) == dict.fromkeys("abc", b"new"), asked
        if len(asked) < n:
            break
    assert failed >= 3


def test_stopped_twice_it_may_leave_neighbors_but_loses_nothing(tmp_path, monkeypatch):
    for n in itertools.count(1):
        folder = tmp_path / str(n)
        folder.mkdir()
        old = {name: b"old " + name.encode() for name in "abc"}
        put(folder, old)
        with monkeypatch.context() as patch:
            asked = fail(patch, STOPPED, n, n + 1)
            with contextlib.suppress(KeyboardInterrupt):
                save_files({folder / name: b"new" for name in "abc"}, overwrite=True)
        if len(asked) < n:
            break
        assert {*old.values()} <= {*files_in(folder).values()}, asked
    assert n > 6


def test_what_cannot_even_be_put_back_is_kept_and_told(tmp_path, monkeypatch):
    put(tmp_path, {"a": b"old a", "b": b"old b", "c": b"old c"})
    really, calls = os.replace, []

    def replace(*paths):
        calls.append(paths)
        if len(calls) > 2:
            raise OPEN_ELSEWHERE
        really(*paths)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(
        PermissionError, match="close it if another program has it open.* kept as "
    ) as raised:
        save_files({tmp_path / name: b"new" for name in "abc"}, overwrite=True)
    kept = str(raised.value).partition("kept as ")[2].rstrip(".").split(", ")
    assert [Path(path).read_bytes() for path in kept] == [b"old a", b"old b"]
    assert (tmp_path / "c").read_bytes() == b"old c"
    assert len(files_in(tmp_path)) == 5


# --- Several at once -------------------------------------------------------------------------


@pytest.mark.parametrize("late", ["a", "b", "c"])
def test_what_another_program_writes_meanwhile_is_never_replaced(late, tmp_path, monkeypatch):
    def other_program(_):
        put(tmp_path, {late: b"theirs"})

    monkeypatch.setattr(os, "fsync", other_program)
    with pytest.raises(FileExistsError, match=f"{late} is already there"):
        save_files({tmp_path / name: b"new" for name in "abc"})
    assert files_in(tmp_path) == {late: b"theirs"}


def test_what_another_program_has_replaced_is_not_taken_back(tmp_path, monkeypatch):
    really, calls = os.replace, []
    put(tmp_path, {"a": b"old", "b": b"old"})

    def replace(*paths):
        calls.append(paths)
        if len(calls) == 2:
            (tmp_path / "theirs").write_bytes(b"theirs")
            really(tmp_path / "theirs", tmp_path / "a")
            raise OPEN_ELSEWHERE
        really(*paths)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(PermissionError):
        save_files({tmp_path / "a": b"new", tmp_path / "b": b"new"}, overwrite=True)
    assert files_in(tmp_path) == {"a": b"theirs", "b": b"old"}


ENDS = (".png", ".gpl", ".json", "-poster.pdf")


def content(who, shared):
    """A set as one of two writers makes it; some of its files may be those of the other, too."""
    return {end: b"shared" if end in shared else who + end.encode() for end in ENDS}


def write_sets(who, shared, overwrite, folders, start):
    """Save a set in each folder, at the same moment as another process, and not in a hurry."""

    def slowly(really):
        return lambda *paths: [time.sleep(0.002), really(*paths)]

    os.link, os.replace = slowly(os.link), slowly(os.replace)
    for folder in folders:
        start.wait(60)
        files = content(who, shared)
        if overwrite:
            save_files({folder / ("set" + end): data for end, data in files.items()}, True)
        else:
            save_set(folder, "set", files)


@on_posix
@pytest.mark.parametrize("rounds", [3, *in_long_run(30)])
@pytest.mark.parametrize("shared", [(), ENDS[:1], ENDS[1:]], ids=["none", "first", "others"])
@pytest.mark.parametrize("overwrite", [False, True], ids=["next number", "overwrite"])
def test_two_programs_that_write_one_set_lose_and_mix_nothing(shared, overwrite, rounds, tmp_path):
    folders = [tmp_path / str(n) for n in range(rounds)]
    for folder in folders:
        folder.mkdir()
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(2)
    writers = [
        fork.Process(target=write_sets, args=(who, shared, overwrite, folders, start))
        for who in (b"one", b"other")
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    whole = [content(b"one", shared), content(b"other", shared)]
    for folder in folders:
        found = files_in(folder)
        sets = [
            {end: found.pop(stem + end) for end in ENDS}
            for stem in ("set", "set-2")[: 1 if overwrite else 2]
        ]
        assert not found
        assert sets[0] in whole if overwrite else sets in (whole, whole[::-1])


def overwrite_forever(folder):
    for n in itertools.cycle(range(256)):
        save_files({folder / name: bytes([n]) * 100_000 for name in "abc"}, overwrite=True)


@on_posix
@pytest.mark.slow
def test_a_writer_that_is_killed_leaves_whole_files(tmp_path):
    rng = random.Random(16)
    save_files({tmp_path / name: bytes(100_000) for name in "abc"})
    for _ in range(30):
        writer = multiprocessing.get_context("fork").Process(
            target=overwrite_forever, args=(tmp_path,)
        )
        writer.start()
        time.sleep(0.01 + rng.random() * 0.03)
        writer.kill()
        writer.join()
        for name in "abc":
            data = (tmp_path / name).read_bytes()
            assert len(data) == 100_000 and data == data[:1] * 100_000
    before = {name: data for name, data in files_in(tmp_path).items() if name[0] == "."}
    save_files({tmp_path / name: b"new" for name in "abc"}, overwrite=True)
    assert files_in(tmp_path) == {**before, **dict.fromkeys("abc", b"new")}


# --- Sets --------------------------------------------------------------------------------


def test_a_set_never_replaces_a_file_and_is_written_once(tmp_path):
    first = save_set(tmp_path, "dusk", {".png": b"1", "-poster.pdf": b"2"})
    assert first == [tmp_path / "dusk.png", tmp_path / "dusk-poster.pdf"]
    os.utime(first[0], (1, 1))
    assert save_set(tmp_path, "dusk", {".png": b"1", "-poster.pdf": b"2"}) == first
    assert files_in(tmp_path) == {"dusk.png": b"1", "dusk-poster.pdf": b"2"}
    assert first[0].stat().st_mtime == 1, "it has not been written again"
    second = save_set(tmp_path, "dusk", {".png": b"1", "-poster.pdf": b"changed"})
    assert second == [tmp_path / "dusk-2.png", tmp_path / "dusk-2-poster.pdf"]
    assert files_in(tmp_path) == {
        "dusk.png": b"1",
        "dusk-poster.pdf": b"2",
        "dusk-2.png": b"1",
        "dusk-2-poster.pdf": b"changed",
    }


@pytest.mark.parametrize(
    "take",
    [
        Path.touch,
        Path.mkdir,
        lambda path: path.write_bytes(b"1"),
        lambda path: path.symlink_to("nowhere"),
    ],
    ids=["a file", "a folder", "half of the set", "a dangling link"],
)
def test_a_name_that_is_taken_gives_the_set_the_next_number(take, tmp_path):
    take(tmp_path / "dusk.png")
    take(tmp_path / "dusk-2.gpl")
    before = {path: as_it_is(path) for path in tmp_path.iterdir()}
    paths = save_set(tmp_path, "dusk", {".png": b"1", ".gpl": b"2"})
    assert [path.name for path in paths] == ["dusk-3.png", "dusk-3.gpl"]
    assert {path: as_it_is(path) for path in before} == before


@pytest.mark.parametrize("stem", ["../dusk", "a/b", "/dusk", "dusk/"])
def test_a_set_stays_in_its_folder(stem, tmp_path):
    folder = tmp_path / "posters"
    folder.mkdir()
    with pytest.raises(ValueError, match="is no beginning of a file's name"):
        save_set(folder, stem, {".png": b"1"})
    assert list(tmp_path.iterdir()) == [folder] and not list(folder.iterdir())


@pytest.mark.parametrize(
    "given", [(5, "a", {}), (".", 5, {}), (".", Path("a"), {}), (".", "a", [b"x"])], ids=str
)
def test_what_is_no_set_is_told(given):
    with pytest.raises(TypeError, match="^(folder|stem|contents) is .*; give "):
        save_set(*given)


def test_a_set_needs_its_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder .*posters; make it first"):
        save_set(tmp_path / "posters", "dusk", {".png": b"1"})
