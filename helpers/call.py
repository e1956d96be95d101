"""One call of somebody's function: copies in, plain values out, and nothing else changed.

`call` is the one seam behind which a learner's function runs. What comes back is plain data
(`Trial`): no object of the learner's reaches the checks, so none can make them fail. Three ways
to run stand behind it. A copy of the process is the safest: whatever the function patches, prints
or ends stays in the copy, and even what never lets go of Python's lock can be stopped. Where no
copy can be had (Windows, macOS, PyTorch or scikit-learn is loaded), it is a thread, which is
stopped by an exception that Python raises inside it.
"""

import builtins
import contextlib
import copy
import ctypes
import dis
import gc
import inspect
import io
import os
import pickle
import random
import select
import signal
import sys
import threading
import time
import traceback
import types
import warnings
from dataclasses import dataclass, field

import numpy as np
from IPython.utils.capture import capture_output

LIMIT = 2.0  # seconds of computing for all calls, which take milliseconds; a check tries twice
PATIENCE = 10  # times as long by the clock on the wall: a busy machine, or a function that sleeps
MOST_NUMBERS = 10**7  # of a result; what is larger is no answer to a small question
MOST_PRINTED = 10_000  # characters
MEMORY = 4 * 2**30  # bytes that a copy of the process may ask for on top of what it has

_clock = getattr(time, "thread_time", time.process_time)  # a browser has the second one only

# Variables of the pages that beginners use in place of a parameter. While a function is
# tried they hold decoys, so that it can't be right by accident.
PAGE_VARIABLES = frozenset(
    "K k N n d D X x C H W h w height width image img photo picture pixels points sample small "
    "tiny stored painted codebook palette colors color colour centroids initial_centroids start "
    "first idx labels index_map rng path image_path a b max_iters corners orange gray rows before "
    "after".split()
)

# Namespaces that hold a learner's code beside the page's own: a library of theirs is one.
LIBRARIES = []


class OutOfTime(BaseException):
    """Raised inside a function whose time is over; `except Exception` lets it pass."""


class Refused(Exception):
    """Raised by what a trial can't do, such as to ask for input."""


@dataclass(frozen=True)
class Thing:
    """What came back and is neither numbers nor text, nor a list of such."""

    kind: str  # what it is, in a learner's words: "a dict", "a generator"
    array: np.ndarray | None = None  # its numbers, if it is a tensor

    def __repr__(self):
        return self.kind


@dataclass(frozen=True)
class Failure:
    """An error, as plain data."""

    name: str  # of its class, as in IndexError
    kinds: tuple = ()  # names of all its classes
    text: str = ""
    line: str = ""  # the learner's own line that was running
    own: tuple = ()  # names of the variables of the learner's function
    # The functions that were running inside the learner's: name, and shapes of arguments.
    helpers: tuple = ()


@dataclass
class Trial:
    """What came of one call."""

    arguments: tuple  # as they were before the call
    got: object = None  # numbers, texts, arrays, lists and tuples of them, or a `Thing`
    error: Failure | None = None
    printed: str = ""
    changed: list = field(default_factory=list)  # places of the arguments that were written into
    shared: list = field(default_factory=list)  # places of those that the result is a part of
    seconds: float = 0.0  # of computing, in the function's own thread

    @property
    def out_of_time(self):
        """Whether it was stopped, or ended Python, so that nothing is known of its answer."""
        return self.error is not None and self.error.name in ("OutOfTime", "Ended")


def call(function, cases, limit=None, fill=None):
    """Call a function on every case, each time with fresh copies.

    Parameters
    ----------
    function : callable
    cases : list of tuple
        The arguments of each call.
    limit : float, optional
        Seconds of computing for all calls together; ``LIMIT`` if not given.
    fill : float, optional
        What `numpy.empty` hands out, which is otherwise whatever the memory held.

    Returns
    -------
    list of Trial
        One for each case; shorter if the time was over, the last one then being out of time.
    """
    limit = LIMIT if limit is None else limit
    runner = _in_a_copy if _can_be_copied() else _in_a_thread
    return runner(function, cases, limit, fill)


def _can_be_copied():
    """Whether a copy of this process can compute: on Linux, where no threads of C wait in it."""
    return sys.platform == "linux" and not {"torch", "sklearn"} & set(sys.modules)


# --- The ways to run -----------------------------------------------------------------------


def _in_a_copy(function, cases, limit, fill):
    """In a forked process, which sends each trial back through a pipe."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # this process has threads; the copy does without them
        child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            gc.disable()
            _limit_process(limit)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for output in (1, 2):  # what C prints, or another program, goes past sys.stdout
                os.dup2(nowhere, output)
            with os.fdopen(writing, "wb") as pipe:
                _in_a_thread(function, cases, limit, fill, lambda trial: _send(trial, pipe))
        finally:
            os._exit(0)
    os.close(writing)
    end = time.monotonic() + PATIENCE * limit + 5
    try:
        sent = _received(reading, end)
        ended = time.monotonic() < end
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, 9)
        _, status = os.waitpid(child, 0)
    trials = [Trial(a, *parts) for a, parts in zip(cases, sent, strict=False)]
    if len(trials) < len(cases) and not (trials and trials[-1].out_of_time):
        by_limit = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        why = "Ended" if ended and not by_limit else "OutOfTime"
        trials.append(Trial(cases[len(trials)], error=Failure(why)))
    return trials


def _send(trial, pipe):
    parts = trial.got, trial.error, trial.printed, trial.changed, trial.shared, trial.seconds
    pickle.dump(parts, pipe)
    pipe.flush()


def _limit_process(limit):
    """Let the system end this process when nothing else can: too much time, or too much memory."""
    import resource  # not on Windows

    seconds = int(limit) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/statm", encoding="utf-8") as memory:
        has = int(memory.read().split()[0]) * resource.getpagesize()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (has + MEMORY, has + MEMORY))


def _received(pipe, end):
    """What comes through a pipe until it is closed, or the time is over."""
    data = bytearray()
    with os.fdopen(pipe, "rb", buffering=0) as stream:
        while select.select([stream], [], [], max(0, end - time.monotonic()))[0]:
            part = stream.read(1 << 20)
            if not part:
                break
            data += part
    sent, stream = [], io.BytesIO(data)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):  # the last one may be cut short
        while True:
            sent.append(pickle.load(stream))
    return sent


def _in_a_thread(function, cases, limit, fill, tell=lambda trial: None):
    """In a thread of this process; `tell` hears of each trial as soon as it is over."""
    trials = []

    def work():
        with contextlib.suppress(OutOfTime):  # it may come once more, on the way out
            for arguments in cases:
                trials.append(Trial(arguments))
                try:
                    _call(function, trials[-1])
                except Exception:  # a part of Python that it has replaced fails here
                    trials[-1].error = Failure("Ended")
                if trials[-1].out_of_time:
                    return
                tell(trials[-1])

    with _protected(function, fill):
        worker = threading.Thread(target=work, daemon=True)
        computed, waited = time.process_time() + limit, time.monotonic() + PATIENCE * limit
        worker.start()
        while worker.is_alive() and time.process_time() < computed and time.monotonic() < waited:
            worker.join(0.02)
        if worker.is_alive():
            line = _current_line(function, worker)
            _stop(worker)
            trials[-1].got = None
            trials[-1].error = Failure("OutOfTime", line=line)
            tell(trials[-1])
    return trials


def _stop(worker):
    """Raise `OutOfTime` inside a thread, again and again, until it ends (or for a second)."""
    hooks = threading.excepthook, sys.unraisablehook
    threading.excepthook = sys.unraisablehook = lambda about: None  # it may come on the way out
    raised = ctypes.c_ulong(worker.ident), ctypes.py_object(OutOfTime)
    for _ in range(20):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(*raised)
        worker.join(0.05)
        if not worker.is_alive():
            break
    threading.excepthook, sys.unraisablehook = hooks


def _call(function, trial):
    given = copy.deepcopy(trial.arguments)
    # Not given back here: who is stopped in its sleep wakes up late, when they are another's.
    printed = sys.stdout = _Printed()
    sys.stderr = _Printed()
    begun = _clock()
    try:
        got = function(*given)
        trial.seconds = _clock() - begun
        trial.shared = [n for n, argument in enumerate(given) if _share_memory(got, argument)]
        trial.got = plain(got)
    except BaseException as error:  # even exit() must not close the page
        trial.error = _failure(function, error)
    trial.printed = printed.getvalue()
    trial.changed = [
        n for n, pair in enumerate(zip(trial.arguments, given, strict=True)) if not _same(*pair)
    ]


class _Printed(io.StringIO):
    """Takes what is printed, and keeps the beginning."""

    def write(self, text):
        return super().write(text[: max(0, MOST_PRINTED - self.tell())])


# --- Plain values --------------------------------------------------------------------------


def plain(value):
    """What a function has returned, without anything of the learner's in it.

    Parameters
    ----------
    value : object

    Returns
    -------
    object
        None, numbers, texts, arrays of numbers, lists and tuples of these; for everything
        else a `Thing` that says what it is.
    """
    try:
        return _plain(value)
    except BaseException as error:  # an object may do anything when it is looked at
        if isinstance(error, OutOfTime):
            raise
        return Thing(_a(type(value).__name__))


def _plain(value):
    if value is None or type(value) in (bool, int, float, complex, bytes):
        return value
    if isinstance(value, str):
        return str(value[:MOST_PRINTED])
    if isinstance(value, np.matrix):  # of this and the next, later lines make other numbers
        return Thing("a matrix")
    if isinstance(value, np.ma.MaskedArray):
        return Thing("a masked array")
    if isinstance(value, np.ndarray):
        return _plain_array(np.asarray(value))
    if isinstance(value, np.generic) and value.dtype.kind in "biufcUS":
        return value
    if isinstance(value, (list, tuple)):
        if len(value) > MOST_NUMBERS:
            return Thing(f"a list of {len(value)} values")
        return (list if isinstance(value, list) else tuple)([plain(part) for part in value])
    if hasattr(value, "detach") and type(value).__module__.startswith("torch"):
        with contextlib.suppress(Exception):  # NumPy knows no bfloat16, and no sparse tensor
            return Thing("a tensor", value.detach().cpu().resolve_neg().numpy().copy())
        return Thing(f"a tensor of {value.dtype} ({value.layout}, on {value.device})")
    if isinstance(value, type):
        return Thing(f"the type {value.__name__}")
    if inspect.iscoroutine(value):
        value.close()  # else Python warns that nobody has waited for it
        return Thing("a coroutine (async def)")
    if value is ...:
        return Thing("three dots")
    if callable(value):
        return Thing("a function (are its parentheses missing?)")
    return Thing(_a(type(value).__name__))


def _plain_array(array):
    holds = f"an array of shape {array.shape}"
    if array.size > MOST_NUMBERS:
        return Thing(holds)
    if array.dtype.kind in "biufcUS":
        return array.copy()
    if any(value is None for value in array.flat):
        why = "is a return missing in a function that you call?"
        return Thing(f"{holds} with None (nothing) in it ({why})")
    return Thing(f"{holds} that holds {array.dtype}, not numbers")


def _a(name):
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _same(a, b):
    """Whether two arguments hold the same numbers; a generator is there to be used."""
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
    parts = result if type(result) in (tuple, list) else (result,)
    return isinstance(argument, np.ndarray) and any(
        isinstance(part, np.ndarray) and np.may_share_memory(part, argument) for part in parts
    )


def _failure(function, error):
    frames = list(traceback.walk_tb(error.__traceback__))
    lines = [_line(f, number) for f, number in frames if _is_own(f, function)]
    called = [_called(frame) for frame, _ in frames[2:] if "<" not in frame.f_code.co_name]
    helpers = tuple((name, {n: _shape(a) for n, a in given.items()}) for name, given in called)
    kinds = tuple(kind.__name__ for kind in type(error).__mro__)
    text = ""
    with contextlib.suppress(Exception):  # an error may be anything, too
        text = str(error)[:1000]
    own = tuple(getattr(getattr(function, "__code__", None), "co_varnames", ()))
    return Failure(kinds[0], kinds, text, lines[-1] if lines else "", own, helpers)


def _is_own(frame, function):
    """Whether the code that runs there is the learner's."""
    return any(frame.f_globals is names for names in namespaces(function))


def _line(frame, number):
    code = frame.f_code
    return traceback.FrameSummary(code.co_filename, number, code.co_name).line or ""


def _shape(value):
    """The shape of an array, or of a list of numbers; () of everything else."""
    try:
        return np.shape(value)
    except Exception:  # an object may do anything when it is looked at
        return ()


def _called(frame):
    """A running function and what it was given; of one behind a door, what came to the door."""
    code, here = frame.f_code, frame.f_locals
    if code.co_name == "behind_a_door":
        return here["function"].__name__, here.get("given", {})
    return code.co_name, {name: here.get(name) for name in code.co_varnames[: code.co_argcount]}


# --- What must not change ------------------------------------------------------------------

# Where a function could patch what pages compute with, or what a check stands on.
_KEPT = [
    m
    for m in [*globals().values(), sys.modules["math"], np.random, np.linalg]
    if inspect.ismodule(m)
]


@contextlib.contextmanager
def _protected(function, fill):
    """Keep the page's variables, the modules, and the random state as they are, come what may."""
    pages = namespaces(function)
    modules = [*_KEPT, *(m for name, m in list(sys.modules.items()) if name.startswith("helpers"))]
    libraries = ("numpy", "torch") if fill is not None else ()
    memory = [sys.modules[name] for name in libraries if name in sys.modules]
    kept = [(names, dict(names)) for names in [*map(vars, {*modules, *memory})]]
    decoys = {name: _decoy(pages[0][name]) for name in page_variables_used(function)}
    replaced = [(page, {n: page[n] for n in (*decoys, *_ENDS) if n in page}) for page in pages]
    states = [(put_back, state()) for state, put_back in _STATES]
    output, errors = sys.stdout, sys.stderr
    for page, before in replaced:
        page.update({name: decoys.get(name, _end) for name in before})
    vars(builtins).update(input=_no_input, exit=_end, quit=_end)
    if hasattr(os, "fork"):
        os.fork = _no_fork
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = set(pyplot.get_fignums()) if pyplot else set()
    for library in memory:
        library.empty = _filled(library.empty, fill)
        library.empty_like = _filled(library.empty_like, fill)
    try:
        # What it displays would come once for each case; the answer says more than a warning.
        with capture_output(stdout=False, stderr=False), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for names, before in kept:
            for name in names.keys() - before.keys():
                del names[name]
            names.update(before)
        for page, before in replaced:
            page.update(before)
        if pyplot:
            for figure in set(pyplot.get_fignums()) - figures:
                pyplot.close(figure)
        sys.stdout, sys.stderr = output, errors
        for put_back, state in states:
            put_back(state)


def _folder():
    with contextlib.suppress(OSError):  # somebody may have deleted it
        return os.getcwd()


def _go_back(folder):
    with contextlib.suppress(OSError, TypeError):
        os.chdir(folder)


_STATES = (  # of the process: how to read one, and how to put it back
    (np.random.get_state, np.random.set_state),
    (random.getstate, random.setstate),
    (sys.getrecursionlimit, sys.setrecursionlimit),
    (_folder, _go_back),
)
_ENDS = ("exit", "quit")  # IPython's own end the kernel as soon as they are called


def _end(*_):
    raise SystemExit


def _no_input(prompt=""):
    raise Refused("input() asks a person, and here is none.")


def _no_fork():
    raise Refused("os.fork() would go on with all of the page in a second process.")


def _filled(empty, value):
    """`numpy.empty`, or PyTorch's, but with a memory that is known."""

    def filled(*arguments, **settings):
        array = empty(*arguments, **settings)
        of_torch = "f" if str(array.dtype).startswith("torch.float") else "i"
        kind = getattr(array.dtype, "kind", of_torch)
        if kind in "biuf":
            array[...] = abs(int(value)) if kind in "biu" else value
        return array

    return filled


def _decoy(value):
    """Something of the same kind that is of no use."""
    if isinstance(value, np.ndarray):
        return np.full((7,) + value.shape[1:], 0.123).astype(value.dtype)
    if isinstance(value, np.random.Generator):
        return np.random.default_rng(271828)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return 7
    return value


# --- What a function looks up --------------------------------------------------------------


def namespaces(function):
    """The namespaces that hold the learner's own code.

    Parameters
    ----------
    function : callable

    Returns
    -------
    list of dict
        That of the page first.
    """
    return [getattr(inspect.unwrap(function), "__globals__", {}), *LIBRARIES]


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
    page = namespaces(function)[0]
    names = {name for code in codes(function) for name in _looked_up(code)}
    return sorted(
        name
        for name in names & PAGE_VARIABLES & page.keys()
        if not (callable(page[name]) or isinstance(page[name], types.ModuleType))
    )


def codes(function):
    """The code of a function, of those inside it, and of the learner's own that it calls.

    Parameters
    ----------
    function : callable

    Returns
    -------
    list of code
    """
    own = namespaces(function)
    found, waiting = [], [getattr(function, "__code__", None)]
    while waiting:
        code = waiting.pop()
        if code is None or code in found:
            continue
        found.append(code)
        waiting += [part for part in code.co_consts if isinstance(part, types.CodeType)]
        for name in _looked_up(code):
            for names in own:
                other = names.get(name)
                if isinstance(other, types.FunctionType) and other.__globals__ is names:
                    waiting.append(other.__code__)
    return found


def _looked_up(code):
    return {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}


def _current_line(function, worker):
    """The line of the learner's code that is running, though a helper may be busy just now.

    A frame can end while it is being read, and then lead nowhere: look again.
    """
    for _ in range(50):
        for frame, number in traceback.walk_stack(sys._current_frames().get(worker.ident)):
            if _is_own(frame, function):
                return _line(frame, number)
        time.sleep(0.002)  # lets the function go on
    return ""
