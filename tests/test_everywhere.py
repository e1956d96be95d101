"""The same on every system, with every Python and every allowed package: what can be read off."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import everywhere
import pytest
import yaml
from nbval.plugin import get_sanitize_patterns
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["helpers", "tools", "tests", "benchmarks"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SYSTEMS = ["ubuntu-latest", "windows-latest", "macos-latest"]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(name):
    lines = [line for line in text(name).splitlines() if re.match(r"\w", line)]
    return {needed.name: needed for needed in map(Requirement, lines)}


# --- Packages ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_the_exact_versions_are_allowed(name):
    pinned = requirements("constraints.txt")
    for needed in requirements(name).values():
        (pin,) = pinned[needed.name].specifier
        assert needed.specifier.contains(pin.version), f"{needed} without {pin}"


def test_the_package_asks_for_what_a_student_installs():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    installed = requirements("requirements.txt")
    for needed in map(Requirement, project["dependencies"]):
        assert needed.specifier == installed[needed.name].specifier, needed
    assert project["requires-python"] == f">={PYTHONS[0]}"


def test_the_oldest_packages_are_the_lower_bounds():
    bounds = dict(everywhere.lower_bounds(text("requirements.txt")))
    assert bounds.keys() == requirements("requirements.txt").keys()
    for name, version in bounds.items():
        assert f">={version}" in str(requirements("requirements.txt")[name].specifier)
    # ImageDraw.circle came with Pillow 10.4, AVIF with 11.3.
    assert Version(bounds["pillow"]) >= Version("11.3")


@pytest.mark.parametrize("choice", ["oldest", "newest", "pinned", "colab"])
def test_only_other_packages_have_other_sizes(choice, tmp_path):
    kept = everywhere.rules(choice, tmp_path).read_text(encoding="utf-8")
    ours, theirs = text("tests/nbval_sanitize.cfg"), text("tests/nbval_sanitize_versions.cfg")
    assert kept == (ours if choice == "pinned" else f"{ours}\n{theirs}")
    kept.encode("ascii")  # nbval reads it in whatever encoding the system has


@pytest.mark.parametrize(
    ("choice", "words"),
    {
        "pinned": ["-c", "constraints.txt"],
        "oldest": ["-c", "oldest.txt"],
        "newest": ["--upgrade", "--upgrade-strategy=eager"],
    }.items(),
)
def test_an_environment_is_made_and_both_editions_run_in_it(choice, words, tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(everywhere, "run", lambda command: ran.append(list(map(str, command))))
    assert everywhere.main([choice, "--env", str(tmp_path / "env"), "-k", "06_"]) is None
    (*make, home), install, _, pytest_run = ran
    assert make == [sys.executable, "-m", "venv"] and home == str(tmp_path / "env")
    assert [Path(word).name for word in install[install.index("install") + 1 : -2]] == words
    assert install[-2:] == ["-r", str(ROOT / "requirements.txt")]
    assert Path(pytest_run[0]).is_relative_to(home)
    assert pytest_run[-3:] == ["notebooks", "-k", "06_"] and "--all" in pytest_run
    rules = [word for word in pytest_run if "--nbval-sanitize-with=" in word]
    assert rules and ("nbval_sanitize.cfg" in rules[0]) == (choice == "pinned")


def test_as_on_colab_the_course_comes_without_what_it_asks_for(tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(everywhere, "run", lambda command: ran.append(list(map(str, command))))
    assert everywhere.main(["colab", "--env", str(tmp_path / "env")]) is None
    _, packages, course, _, pytest_run = ran
    assert {"ipywidgets==7.7.1", "ipython==7.34.0", "numpy==2.1.*"} < set(packages)
    assert course[-2:] == ["--no-deps", str(ROOT)] and pytest_run[-1] == "notebooks"


# Of each kind of line one: what Pillow's packing decides is marked.
LINES = [
    "PSNR 24.76 dB; on paper 4.00 bits per pixel, 196,656 bytes, 6.0 times smaller than 24 bits "
    "per pixel; as an indexed PNG <47,567> bytes, <24.8> times smaller.",
    "4 bits on paper    196,656 bytes     6.0 times smaller than raw",
    "JPEG               <100,493> bytes    <11.7> times smaller than raw",
    "quality 60:  <38,702> bytes, MSE 0.00043",
    "JPEG, quality 60   <16,608> bytes  35.85 dB",
    "<0.885> bits per pixel on disk",
    " 4  12.0x  <16,575>  <71.2>x 0.01247  19.04",
    "K = 2 15.76 at <0.1734>, K = 4 19.04 at <0.3377>. on paper: 15.76 at 1, 19.04 at 2",
    "dB per additional bit per pixel: [<20.> <12.2>]",
    " 4    <7,039>           <0.206>  22.66",
    "K-means in RGB   31.18     32.53       4.75    <16,463>",
    "MSE 0.00076, PSNR 31.18 dB, <16,463> bytes as an indexed PNG. Chosen: K = 20, <0.4819> bits "
    "per pixel and 31.18 dB; the curve: K = 2 <0.0928> and 18.41, K = 4 <0.2061> and 22.66.",
    "256 colors and 24 bits: 1,179,648 bytes",
]


@pytest.mark.parametrize("line", LINES)
def test_the_rules_hide_sizes_of_encoded_pictures_and_nothing_else(line):
    def seen(line):
        line = re.sub("[<>]", "", line)
        for regex, replace in get_sanitize_patterns(text("tests/nbval_sanitize_versions.cfg")):
            line = re.sub(regex, replace, line)
        return line

    for number in re.finditer(r"(?<![\d,.])(<?)(\d)", line):
        another = f"{number[1]}{9 - int(number[2])}"
        changed = line[: number.start()] + another + line[number.end() :]
        assert (seen(changed) == seen(line)) == bool(number[1]), changed


# --- Systems -------------------------------------------------------------------------------


def python_files():
    """Our own files; answers of others are kept as they came."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    apart = {ROOT / "tests" / "zoo", ROOT / "tests" / "unseen"}
    return [*ROOT.glob("*.py"), *(path for path in files if not apart & set(path.parents))]


def calls_without_encoding(source):
    """Lines that open a text, or read what a program says, in whatever encoding the system has."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
        values = [getattr(value, "value", None) for value in [*call.args, *named.values()]]
        modes = [v for v in values if isinstance(v, str) and re.fullmatch(r"[rwax][bt+]{0,2}", v)]
        opens = (name == "open" and isinstance(call.func, ast.Name)) or (
            name in ("open", "fdopen", "NamedTemporaryFile") and (modes or not values)
        )
        texts = (
            name in ("read_text", "write_text")
            or (opens and not any("b" in mode for mode in modes))
            or any(
                getattr(named.get(a), "value", 0) is True for a in ("text", "universal_newlines")
            )
        )
        if texts and "encoding" not in named and not (name == "read_text" and call.args):
            yield call.lineno


@pytest.mark.parametrize(
    ("source", "said"),
    {
        "path.read_text()": False,
        "path.read_text(encoding='utf-8')": True,
        "path.read_text('utf-8')": True,
        "path.write_text('x')": False,
        "open(path)": False,
        "open(path, 'w')": False,
        "open(path, 'rb')": True,
        "open(path, mode='wb')": True,
        "path.open()": False,
        "path.open('a')": False,
        "path.open('xb')": True,
        "os.fdopen(3, 'w')": False,
        "os.open(path, os.O_RDONLY)": True,
        "Image.open(path)": True,
        "subprocess.run(words, text=True)": False,
        "subprocess.run(words, text=True, encoding='utf-8')": True,
    }.items(),
)
def test_what_counts_as_said(source, said):
    assert bool(list(calls_without_encoding(source))) != said


@pytest.mark.slow
def test_every_text_says_its_encoding():
    """Windows has another one for each country."""
    unsaid = [
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for path in python_files()
        for line in calls_without_encoding(path.read_text(encoding="utf-8"))
    ]
    assert not unsaid, "\n".join(unsaid)


NOT_ON_WINDOWS = "fcntl grp posix pty pwd resource termios tty".split()
FUNCTIONS_NOT_ON_WINDOWS = "fork forkpty getuid geteuid getpgid killpg mkfifo setsid wait4".split()

ON_WINDOWS = f"""
import asyncio, concurrent.futures, importlib, multiprocessing, os
import pkgutil, subprocess, sys, tempfile
import anywidget, ipywidgets, matplotlib.pyplot, numpy, PIL.Image  # these know Windows
for name in {NOT_ON_WINDOWS}:
    sys.modules[name] = None
for name in {FUNCTIONS_NOT_ON_WINDOWS}:
    if hasattr(os, name):
        delattr(os, name)
sys.platform = "win32"
import helpers
for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
assert helpers.call.call(max, [(2, 3)])[0].got == 3
"""


@pytest.mark.slow
def test_the_package_needs_nothing_that_windows_lacks():
    command = [sys.executable, "-X", "utf8", "-c", ON_WINDOWS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


NOT_IN_A_BROWSER = "fcntl grp pwd resource termios tty msvcrt winreg".split()
FUNCTIONS_NOT_IN_A_BROWSER = "fork forkpty kill wait4 waitpid".split()

# Its clock of computing stands still, and the other one steps by 0.1 ms.
IN_A_BROWSER = f"""
import os, sys, threading, time
import anywidget, ipywidgets, matplotlib.pyplot, numpy, PIL.Image  # these know a browser
for name in {NOT_IN_A_BROWSER}:
    sys.modules[name] = None
for name in {FUNCTIONS_NOT_IN_A_BROWSER}:
    delattr(os, name)
sys.modules["pillow_heif"] = None

def cant_start(thread):
    raise RuntimeError("can't start new thread")

threading.Thread.start = cant_start
real = time.perf_counter
time.perf_counter = time.monotonic = lambda: real() // 1e-4 * 1e-4
time.process_time = time.thread_time = lambda: 0.0
sys.platform = "emscripten"

import importlib, pkgutil
import helpers
for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""

IN_A_BROWSER_WATCHED = (
    IN_A_BROWSER
    + """
from helpers import call, images, timing
from helpers.checks import CHECKS, pace

def negative(image):
    while True:
        pass

assert call.call(max, [(2, 3)])[0].got == 3
begun = real()
call.LIMIT = 0.1
assert "still computing" in str(CHECKS["negative"](negative))
assert real() - begun < 5, "limits are of the clock that goes"

def negative(image):
    result = image.copy()
    for y in range(len(image)):
        for x in range(len(image[0])):
            for c in range(3):
                result[y, x, c] = 1 - image[y, x, c]
    return result

assert CHECKS["negative"](negative).passed
assert pace.wait("negative", negative) > 10 * pace.wait("negative", lambda image: 1 - image)
assert timing.times_as_fast(lambda: sum(range(2000)), lambda: sum(range(20))) > 5
assert images.load_photo("tulips").shape == (512, 768, 3)
"""
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "code",
    [
        pytest.param(IN_A_BROWSER, id="imported"),
        pytest.param(
            IN_A_BROWSER_WATCHED,
            id="watched",
            marks=pytest.mark.skipif(
                not hasattr(sys, "monitoring"), reason="Python 3.12 can watch without threads"
            ),
        ),
    ],
)
def test_the_package_needs_nothing_that_a_browser_lacks(code):
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("number", "ends"), [(1314, pytest.skip.Exception), (5, OSError)])
def test_where_windows_makes_no_links_a_test_of_them_is_skipped(number, ends, request):
    error = OSError("no")
    error.winerror = number
    plugin = request.config.pluginmanager.get_plugin(str(ROOT / "tests" / "conftest.py"))
    hook = plugin.pytest_runtest_call(request.node)
    next(hook)
    with pytest.raises(ends):
        hook.throw(error)


def test_no_two_files_differ_in_case_only_and_every_name_is_one_that_windows_takes():
    asked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if asked.returncode:
        pytest.skip("this copy of the course is no repository")
    names = asked.stdout.splitlines()
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        for part in name.split("/"):
            assert re.fullmatch(r"[\w.-]*[\w-]", part, re.ASCII), name
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part), name
        assert len(name) < 120, f"{name}: Windows takes 260 characters, the folder's included"


# --- Hosted runs ---------------------------------------------------------------------------

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())


@pytest.fixture(scope="module")
def tests_workflow():
    loaded = yaml.safe_load(text(".github/workflows/tests.yml"))
    return loaded | {"on": loaded.pop(True)}  # YAML 1.1 takes `on` for a yes


def commands(job):
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_nothing_else_but_publish_what_it_built_or_hands_out(path):
    source = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(source)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["cancel-in-progress"]
    assert "secrets" not in re.sub(r"#.*", "", source)
    assert not {"pull_request_target", "workflow_run"} & set(workflow[True])
    for name, job in workflow["jobs"].items():
        if name == "publish":
            assert job["permissions"] == {"pages": "write", "id-token": "write"}
            assert [step.keys() for step in job["steps"]] == [{"uses"}]
        elif name == "students":  # no package is installed where a branch may be written
            assert job["permissions"] == {"contents": "write"}
            assert commands(job) == ["python3 tools/students.py --push"]
            assert [step.keys() for step in job["steps"]] == [{"uses"}, {"run"}]
        else:
            assert "permissions" not in job, name
        assert 0 < job["timeout-minutes"] <= 90, name
        for command in commands(job):
            assert "${{" not in command, f"{name}: what stands in braces becomes code"
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", "") and name != "students":
                assert step["with"] == {"persist-credentials": False}, name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_one_commit_of_a_named_version(path):
    pins = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            pin = re.fullmatch(r"\s+- uses: (actions/[\w-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line)
            assert pin, f"{line.strip()} is no commit of one of GitHub's own actions"
            pins[pin[1]].add(pin[2])
    assert pins and all(len(commits) == 1 for commits in pins.values())


def test_the_site_is_built_and_published_when_main_changes():
    workflow = yaml.safe_load(text(".github/workflows/site.yml"))
    assert workflow[True]["push"] == {"branches": ["main"]}
    assert commands(workflow["jobs"]["build"])[-1] == "python tools/site.py"
    assert workflow["jobs"]["publish"]["needs"] == "build"


def test_three_systems_and_four_pythons_run_the_short_tests_on_every_push(tests_workflow):
    assert {"push", "pull_request", "schedule", "workflow_dispatch"} == tests_workflow["on"].keys()
    assert tests_workflow["on"]["push"] is None, "on every branch"
    short = tests_workflow["jobs"]["short"]
    assert "if" not in short
    assert short["strategy"]["matrix"] == {"system": SYSTEMS, "python": PYTHONS}
    assert short["strategy"]["fail-fast"] is False
    assert commands(short) == ["python lab.py test"]


def test_everything_else_runs_once_a_week(tests_workflow):
    assert re.fullmatch(r"\d+ \d+ \* \* \d", tests_workflow["on"]["schedule"][0]["cron"])
    jobs = {name: job for name, job in tests_workflow["jobs"].items() if name != "short"}
    for job in jobs.values():
        asked = "github.event_name == '{}'"
        assert job["if"] == f"{asked.format('schedule')} || {asked.format('workflow_dispatch')}"
    assert commands(jobs["all"]) == ["python lab.py test --weekly"]
    tried = {tuple(run.values()) for run in jobs["packages"]["strategy"]["matrix"]["include"]}
    assert {("oldest", PYTHONS[0]), ("newest", PYTHONS[0]), ("newest", PYTHONS[-1])} <= tried
    assert ("colab", "3.13") in tried
    assert {("pinned", python) for python in PYTHONS[1:]} <= tried  # PYTHONS[0] has them in "all"
    assert "pip_audit" in commands(jobs["audit"])[-1]
    assert "constraints.txt" in commands(jobs["audit"])[-1]
