"""What comes from npm's registry is what was asked for, to the byte, or is refused."""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile

import npm
import pytest


def packed(text):
    """An archive as npm packs it, with one file, and its hash."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        entry = tarfile.TarInfo("package/data.txt")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    digest = base64.b64encode(hashlib.sha512(file.getvalue()).digest()).decode()
    return file.getvalue(), f"sha512-{digest}"


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """What `npm pack` brings, how often it was asked, and what it says when it fails."""
    brings = {"archive": b"", "asked": [], "says": ""}

    def run(command, cwd, **_):
        brings["asked"].append(command[2])
        if brings["says"]:
            return subprocess.CompletedProcess(command, 1, "", brings["says"])
        (cwd / "a-1.0.tgz").write_bytes(brings["archive"])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(npm, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(npm.shutil, "which", lambda name: f"{os.sep}bin{os.sep}{name}")
    monkeypatch.setattr(npm.subprocess, "run", run)
    return brings


def test_a_package_is_fetched_once(registry):
    registry["archive"], integrity = packed(b"sixteen")
    package = npm.Package("a", "1.0", integrity)
    for _ in range(2):
        assert (npm.folder_of(package) / "data.txt").read_bytes() == b"sixteen"
    assert registry["asked"] == ["a@1.0"]


def test_other_bytes_than_those_expected_are_refused_and_not_kept(registry):
    _, integrity = packed(b"sixteen")
    registry["archive"], other = packed(b"seventeen")
    for _ in range(2):
        with pytest.raises(npm.NotFetched, match="not what was expected") as refused:
            npm.folder_of(npm.Package("a", "1.0", integrity))
    assert integrity in str(refused.value) and other in str(refused.value)
    assert len(registry["asked"]) == 2
    assert not list(npm.CACHE.iterdir())


def test_without_a_network_npm_is_quoted(registry):
    registry["says"] = "npm error code ENOTFOUND\n"
    with pytest.raises(npm.NotFetched, match=r"could not fetch a@1.0: npm error code ENOTFOUND"):
        npm.folder_of(npm.Package("a", "1.0", ""))


def test_without_npm_the_way_to_it_is_told(registry, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(npm.NotFetched, match="install Node.js"):
        npm.folder_of(npm.Package("a", "1.0", ""))
