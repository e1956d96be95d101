"""One call of a learner's function: copies in, a time limit, nothing left behind.

The function runs in a thread of its own. One that does not come back in time is stopped
by an exception that Python raises inside it, which works on Linux, macOS and Windows
alike; NumPy keeps its error settings per thread, so they can't be spoiled either.
"""

import contextlib
import copy
import ctypes
import dis
import inspect
import io
import random
import sys
import threading
import time
import traceback
import types
import warnings
from dataclasses import dataclass, field

import numpy as np

TIME_LIMIT = 5.0  # seconds for all the calls of one check, which take milliseconds

# Variables of the pages that beginners use in place of a parameter. While a function is
# tried they hold decoys, so that it can't be right by accident.
PAGE_VARIABLES = frozenset(
    "K k N n d D X x C H W h w height width image img photo picture pixels points sample small "
    "tiny stored painted codebook palette colors color colour centroids initial_centroids start "
    "first idx labels index_map rng a b max_iters corners orange gray rows before after".split()
)


class OutOfTime(BaseException):
    """Raised inside a learner's function whose time is over; `except Exception` lets it pass."""


@dataclass
class Trial:
    """What came of one call.

    Attributes
    ----------
    arguments : tuple
        As they were before the call.
    got : object
        What was returned.
    error : BaseException or None
        What was raised.
    line : str
        The learner's own line that was running when it was raised.
    printed : str
    changed : list of int
        Places of the arguments that the function has changed.
    shared : list of int
        Places of the arguments whose memory the result is a part of.
    """

    arguments: tuple
    got: object = None
    error: BaseException | None = None
    line: str = ""
    printed: str = ""
    changed: list = field(default_factory=list)
    shared: list = field(default_factory=list)


def try_all(function, cases, time_limit=None):
    """Call a function on every case, each time with fresh copies.

    Parameters
    ----------
    function : callable
    cases : list of tuple
        The arguments of each call.
    time_limit : float, optional
        Seconds for all calls together; ``TIME_LIMIT`` if not given.

    Returns
    -------
    list of Trial
        One for each case; shorter if the time was over, the last one then holding
        `OutOfTime` as its error.
    """
    trials = []

    def work():
        with contextlib.suppress(OutOfTime):  # it may come once more, on the way out
            for arguments in cases:
                trials.append(Trial(arguments))
                _call(function, trials[-1])
                if isinstance(trials[-1].error, OutOfTime):
                    return

    with _page_protected(function):
        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        worker.join(TIME_LIMIT if time_limit is None else time_limit)
        if worker.is_alive():
            line = _current_line(function, worker)
            _stop(worker)
            trials[-1].error, trials[-1].line = OutOfTime(), line
    return trials


def _call(function, trial):
    given = copy.deepcopy(trial.arguments)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the answer says more than NumPy's warning
                trial.got = function(*given)
            if isinstance(trial.got, types.GeneratorType):
                trial.got = _Lazy()
    except BaseException as error:  # even exit() must not close the page
        trial.error = error
        trial.line = _line_of(function, traceback.extract_tb(error.__traceback__))
    trial.printed = printed.getvalue()
    trial.changed = [
        place
        for place, (before, after) in enumerate(zip(trial.arguments, given, strict=True))
        if not same(before, after)
    ]
    trial.shared = [
        place for place, argument in enumerate(given) if _share_memory(trial.got, argument)
    ]


class _Lazy:
    """Stands for a generator: whoever uses yield returns no answer."""

    def __repr__(self):
        return "a generator"


def same(a, b):
    """Whether two arguments hold the same numbers, of the same types.

    Parameters
    ----------
    a, b : object

    Returns
    -------
    bool
        A random generator is the same whatever it has drawn: it is there to be used.
    """
    if hasattr(a, "detach") and hasattr(b, "detach"):  # a tensor of PyTorch
        a, b = np.asarray(a.detach()), np.asarray(b.detach())
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.dtype == b.dtype
            and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        )
    return isinstance(a, np.random.Generator) or a == b


def _share_memory(result, argument):
    parts = result if isinstance(result, (tuple, list)) else (result,)
    return isinstance(argument, np.ndarray) and any(
        isinstance(part, np.ndarray) and np.may_share_memory(part, argument) for part in parts
    )


@contextlib.contextmanager
def _page_protected(function):
    """Keep the page's variables and the global random state as they are, come what may."""
    page = getattr(function, "__globals__", {})
    decoyed = {name: page[name] for name in page_variables_used(function) if name in page}
    numpy_state, python_state = np.random.get_state(), random.getstate()
    output, errors = sys.stdout, sys.stderr
    page.update({name: _decoy(value) for name, value in decoyed.items()})
    try:
        yield
    finally:
        page.update(decoyed)
        sys.stdout, sys.stderr = output, errors
        np.random.set_state(numpy_state)
        random.setstate(python_state)


def page_variables_used(function):
    """Variables of the page that a function reads in place of parameters of its own.

    Parameters
    ----------
    function : callable

    Returns
    -------
    list of str
        Names of ``PAGE_VARIABLES`` that it looks up outside of itself and that are data
        there.
    """
    page = getattr(function, "__globals__", {})
    names = _global_names(function, page, set())
    return sorted(
        name
        for name in names & PAGE_VARIABLES & page.keys()
        if not (callable(page[name]) or isinstance(page[name], types.ModuleType))
    )


def parameters_never_used(function, number):
    """Those of the first parameters of a function that it never reads.

    Parameters
    ----------
    function : callable
    number : int
        How many parameters it should have.

    Returns
    -------
    list of str
    """
    code = getattr(function, "__code__", None)
    if code is None or inspect.ismethod(function):
        return []
    names = code.co_varnames[: code.co_argcount][:number]
    return [name for name in names if name not in _names_read(code)]


def _names_read(code):
    """Names of its own variables that a function, or a function inside it, reads."""
    names = set()
    for step in dis.get_instructions(code):
        if "LOAD" in step.opname and step.opname != "LOAD_FAST_AND_CLEAR":
            read = step.argval if isinstance(step.argval, tuple) else (step.argval,)
            names |= set(read[1:] if step.opname.startswith("STORE") else read)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= set(constant.co_freevars)
    return names


def _global_names(function, page, seen):
    """Names that a function, and the learner's own functions that it calls, look up outside."""
    names, codes = set(), [getattr(function, "__code__", None)]
    seen.add(function)
    while codes:
        code = codes.pop()
        if code is None:
            continue
        names |= {i.argval for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL"}
        codes += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    for name in set(names):
        other = page.get(name)
        own = isinstance(other, types.FunctionType) and other.__globals__ is page
        if own and other not in seen:
            names |= _global_names(other, page, seen)
    return names


def _decoy(value):
    """Something of the same kind that is of no use."""
    if isinstance(value, np.ndarray):
        return np.full((7,) + value.shape[1:], 0.123).astype(value.dtype)
    if isinstance(value, np.random.Generator):
        return np.random.default_rng(271828)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return 7
    return value


def _line_of(function, frames):
    """The innermost line of the learner's own code among these frames."""
    code = getattr(function, "__code__", None)
    own = [frame for frame in frames if code is not None and frame.filename == code.co_filename]
    return own[-1].line.strip() if own and own[-1].line else ""


def _current_line(function, worker):
    """The line of the function itself that is running, though it may be in a helper just now.

    A helper can end while the frames are being read, and then lead nowhere: look again.
    """
    name = getattr(getattr(function, "__code__", None), "co_name", "")
    frames = []
    for _ in range(50):
        running = list(traceback.walk_stack(sys._current_frames().get(worker.ident)))
        frames = traceback.StackSummary.extract(reversed(running), lookup_lines=False)
        line = _line_of(function, [frame for frame in frames if frame.name == name])
        if line:
            return line
        time.sleep(0.002)  # lets the function go on
    return _line_of(function, frames)


def _stop(worker):
    """Raise `OutOfTime` inside a thread, again and again, until it ends (or for a second)."""
    for _ in range(20):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(worker.ident), ctypes.py_object(OutOfTime)
        )
        worker.join(0.05)
        if not worker.is_alive():
            return
