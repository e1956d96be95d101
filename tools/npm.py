"""Packages from the npm registry, each known by its name, its version and its hash.

A package is fetched once, and kept in a folder that git ignores; Node's `npm` has to be installed.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "build" / "npm"


class Package(NamedTuple):
    """One version of a package, and the hash by which the registry and we know its bytes."""

    name: str
    version: str
    integrity: str  # as package-lock.json writes it: sha512-, then base64


class NotFetched(Exception):
    """A package could not be had; its text says why, and what to do."""


def folder_of(package):
    """Return the folder that holds a package, fetched now if it has not been fetched before.

    Parameters
    ----------
    package : Package

    Returns
    -------
    Path

    Raises
    ------
    NotFetched
        npm is missing, reaches no registry, or has brought other bytes than those expected.
    """
    kept = CACHE / f"{package.name.replace('/', '-')}-{package.version}"
    if not kept.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            archive = _fetched(package, Path(scratch))
            with tarfile.open(archive) as tar:
                tar.extractall(scratch, filter="data")
            (Path(scratch) / "package").replace(kept)
    return kept


def _fetched(package, folder):
    """The package's archive, in a folder, with the hash that it has to have."""
    npm = shutil.which("npm")
    wanted = f"{package.name}@{package.version}"
    if npm is None:
        raise NotFetched(f"{wanted} can't be fetched without npm: install Node.js, which has it.")
    packed = subprocess.run(
        [npm, "pack", wanted, "--silent"], cwd=folder, capture_output=True, encoding="utf-8"
    )
    archives = list(folder.glob("*.tgz"))
    if packed.returncode or len(archives) != 1:
        said = " ".join(packed.stderr.split())[-300:] or "it gives no reason"
        raise NotFetched(f"npm could not fetch {wanted}: {said}. Is there a network?")
    digest = base64.b64encode(hashlib.sha512(archives[0].read_bytes()).digest()).decode()
    if package.integrity != f"sha512-{digest}":
        raise NotFetched(
            f"What npm fetched as {wanted} is not what was expected: its hash is sha512-{digest}, "
            f"and not {package.integrity}. Don't use it."
        )
    return archives[0]
