"""The one writer of files: each is there whole, or what was there before is."""

import contextlib
import itertools
import os
import secrets
import shutil
import threading
from pathlib import Path

from helpers import doors

# What to give a file a second name raises where there is no such thing: on a memory stick, and in
# a browser, whose Python has no `os.link`.
NO_SECOND_NAMES = (OSError, AttributeError)


@doors.as_documented
def save_files(files, overwrite=False):
    """Write files: all of them, or none.

    What is promised, and where it ends:

    - Whoever looks at a name finds what was there before, or the new file, whole; at any
      moment, and also when the program is killed or the power fails. (On a disk without hard
      links, as many memory sticks are, a new name may for a moment be an empty file.)
    - If one file can't be written, the others are taken back, and what was there before
      is there again. (Only a program that is killed half-way leaves some files old and some
      new, and perhaps others called ``.unfinished-`` and so on, which may be deleted.)
    - Without ``overwrite`` no file is ever replaced, not even one that another program
      writes at the same moment.
    - Of two programs that write the same names with this function at the same time, the
      second waits for the first, so that files of both are never mixed. (Not on Windows,
      where a folder can't be locked: there, each file is whole, and the set may be mixed.)

    Parameters
    ----------
    files : dict
        What to write, bytes, by path.
    overwrite : bool
        Replace files that are already there. What is no ordinary file (a folder, a link, a
        device) is never replaced; a folder on the way may be a link.

    Raises
    ------
    FileExistsError
        A file is there and ``overwrite`` is False, or something that is no ordinary file.
    FileNotFoundError
        A folder to write into does not exist.
    IsADirectoryError
        A folder has the name of a file.
    OSError
        The disk is full, the place may not be written, or the file is open in a program that
        lets nobody replace it (on Windows, most programs).
    TypeError
        What is to be written is not bytes.
    ValueError
        Two of the paths are one file, or no file can have such a name.
    """
    for path, data in files.items():
        if not isinstance(data, (bytes, bytearray, memoryview)):
            kind = type(data).__name__
            raise TypeError(f"{path} is to hold bytes, and this is of type {kind}; encode it.")
        doors.place(Path(path), overwrite)
    if len({os.path.realpath(path) for path in files}) < len(files):
        raise ValueError(f"Of {', '.join(map(str, files))}, two are one file; name each once.")
    files = {Path(path): data for path, data in files.items()}
    # Each file is written beside its place, under a name that nobody has, and then takes its
    # place in one step. Until all have done so, what was there keeps a second name.
    new = {path: _unused_name(path) for path in files}
    old = {path: _unused_name(path) for path in files}
    ours, rescued = {}, []
    try:
        for path, data in files.items():
            ours[path] = _write(new[path], data, path)
        with alone_in({path.parent for path in files}):
            try:
                for path in files:
                    if overwrite:
                        _keep(path, old[path])
                        os.replace(new[path], path)
                    else:
                        _take_free_place(new[path], path)
            except BaseException:
                back = {each: _take_back(each, ours[each], old[each]) for each in files}
                rescued = [str(old[each]) for each in files if not back[each]]
                raise
            _remove(old.values())
    except OSError as error:
        raise doors.unwritable(path, error, rescued) from None
    finally:
        _remove(new.values())


def _unused_name(path):
    """A name beside a file that nothing has."""
    return path.with_name(f".unfinished-{secrets.token_hex(8)}")


def _write(place, data, path):
    """Write a new file, down to the disk, that has the permissions of the one at ``path``."""
    with open(place, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # nothing is there, or nothing can be permitted
            shutil.copymode(path, place)
        return os.fstat(file.fileno())


_held = threading.local()  # folders in which this thread is alone already


@contextlib.contextmanager
def alone_in(folders):
    """Make others that come here wait; the system lets them in, too, if we are killed.

    Parameters
    ----------
    folders : collection of path
    """
    before = getattr(_held, "folders", frozenset())
    with contextlib.ExitStack() as locks:
        # Always in the same order: two programs can't wait for each other.
        for folder in sorted({os.path.realpath(folder) for folder in folders} - before):
            # Not on Windows, nor on every disk; a browser has an fcntl without flock.
            with contextlib.suppress(ImportError, OSError, AttributeError):
                import fcntl

                handle = os.open(folder, os.O_RDONLY)
                locks.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
            _held.folders = getattr(_held, "folders", frozenset()) | {folder}
        try:
            yield
        finally:
            _held.folders = before


def _keep(path, old):
    """Give the file that is there, if one is, a second name."""
    with contextlib.suppress(FileNotFoundError):
        try:
            os.link(path, old)
        except NO_SECOND_NAMES:
            shutil.copy2(path, old)


def _take_free_place(new, path):
    """Move a finished file to its place, or raise FileExistsError if anything is there."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except NO_SECOND_NAMES:  # an empty file keeps the place for a moment
        path.touch(exist_ok=False)
        try:
            os.replace(new, path)
        except BaseException:
            path.unlink()
            raise


def _take_back(path, ours, old):
    """Undo what was done at a path, unless somebody else has been there since.

    False says that what was there before could not be put back, and is kept as ``old``.
    """
    try:
        if os.path.lexists(path) and os.path.samestat(os.lstat(path), ours):
            if old.exists():
                os.replace(old, path)
            else:
                path.unlink()
    except OSError:
        return not old.exists()
    _remove([old])
    return True


def _remove(paths):
    """Remove files that nobody needs any more; those that are not there, or can't, stay so."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


@doors.as_documented
def save_set(folder, stem, contents):
    """Write files that belong together, and never replace a file.

    Parameters
    ----------
    folder : path
    stem : str
        What their names begin with.
    contents : dict
        What to write, bytes, by the end of the name.

    Returns
    -------
    list of Path
        ``stem`` and each end; or, where one of these names is taken, ``stem-2``,
        ``stem-3`` ... A set that is there already is not written again. When two programs
        save a set at the same time, each gets a number of its own.

    Raises
    ------
    ValueError
        ``stem`` leads to another folder, or no file can have such a name.
    FileNotFoundError, OSError, TypeError
        As in `save_files`.
    """
    if Path(stem).name != stem:
        raise ValueError(f"{stem!r} is no beginning of a file's name; leave out the folder.")
    for number in itertools.count(1):
        begin = stem if number == 1 else f"{stem}-{number}"
        files = {Path(folder) / (begin + end): data for end, data in contents.items()}
        with contextlib.suppress(FileExistsError, IsADirectoryError):
            save_files(files)
            return list(files)
        if all(_holds(path, data) for path, data in files.items()):
            return list(files)


def _holds(path, data):
    """Whether a file is there, with these very bytes."""
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError:  # it may not be read
        return False
