"""Put the students' pages on a branch of their own, as if nobody had run them.

    python tools/students.py           make the branch's next commit, and say which it is
    python tools/students.py --push    and push it

Colab and nbgitpuller take pages from a branch on GitHub, and those on `main` show what they
print, the answers to all predictions included. Each commit stands on the one before, so that
nbgitpuller can merge it into what a student has written. Nothing but the standard library is
needed, and git.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import addresses

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for the lab.py beside it

import lab  # noqa: E402

README = f"""\
# Sixteen Colors: the pages to work on

Colab and nbgitpuller take them from here. [The course]({addresses.REPOSITORY}#readme) says how to
install it, and each change is made there: what stands here is written by `tools/students.py`.
"""


def git(*words, **settings):
    """What git answers, in the repository; an error of its own ends the command."""
    command = ["git", "-C", str(ROOT), *words]
    done = subprocess.run(
        command, env=os.environ | settings, stdout=subprocess.PIPE, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"git {words[0]} failed, see above: nothing was published.")
    return done.stdout.strip()


def pages_in_git():
    """Put the pages into the repository, on no branch yet; return the name of their folder."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "pages")
        for page in lab.course_pages():
            (folder / page).parent.mkdir(parents=True, exist_ok=True)
            (folder / page).write_bytes(lab.page_to_hand_out(page, elsewhere=True))
        (folder / "README.md").write_text(README, encoding="utf-8")
        at = {
            "GIT_DIR": git("rev-parse", "--absolute-git-dir"),
            "GIT_WORK_TREE": str(folder),
            "GIT_INDEX_FILE": str(Path(scratch, "index")),
        }
        git("-C", str(folder), "add", "--all", "--force", ".", **at)
        return git("write-tree", **at)


def main(arguments):
    """Make the next commit, if the pages have changed, and push it if that is asked for."""
    if arguments not in ([], ["--push"]):
        print(__doc__.strip())
        return 0 if arguments[0] in ("-h", "--help") else 2
    branch = f"refs/heads/{addresses.STUDENTS}"
    pages = pages_in_git()
    before = git("ls-remote", "origin", branch).split()[:1]
    if before:
        git("fetch", "--quiet", "origin", branch)
        if git("rev-parse", f"{before[0]}^{{tree}}") == pages:
            print(f"The branch {addresses.STUDENTS} has these pages already.")
            return 0
    # In the name of whoever made the change that is published.
    name, email, about = git("show", "-s", "--format=%an%n%ae%n%h %s").split("\n")
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}
    who |= {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}
    on_top = [word for parent in before for word in ("-p", parent)]
    commit = git("commit-tree", pages, *on_top, "-m", f"The pages of {about}", **who)
    if "--push" in arguments:
        git("push", "--quiet", "origin", f"{commit}:{branch}")
    print(commit)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
