"""One call of somebody's function: copies in, plain values out, and nothing else changed.

`call` is the one seam behind which a learner's function runs. What comes back is plain data
(`Trial`, see `helpers.plain`): no object of the learner's reaches the checks, so none can make
them fail. `helpers.watch` stops what never ends.
"""

import builtins
import contextlib
import copy
import dis
import inspect
import io
import math
import os
import random
import sys
import traceback
import types
import warnings
from dataclasses import dataclass, field

import numpy as np
from IPython.utils.capture import capture_output

from helpers import watch
from helpers.plain import MOST_PRINTED, plain, same, shape, share_memory

LIMIT = 2.0  # seconds of computing for all calls, which take milliseconds; a check tries twice

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


class Refused(Exception):
    """Raised by what a trial can't do, such as to ask for input."""


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


def call(function, cases, limit=None, fill=None, here=False):
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
    here : bool
        In this process, though a copy of it could be had: far sooner, and safe enough for what
        has come back from a copy before, or is to leave something here.

    Returns
    -------
    list of Trial
        One for each case; shorter if the time was over, the last one then being out of time.
    """
    limit = LIMIT if limit is None else limit
    if here or not watch.can_copy():
        return _call_each(function, cases, limit, fill)

    def work(send):
        _call_each(function, cases, limit, fill, lambda trial: send(_answer(trial)))

    sent, why = watch.in_a_copy(work, limit)
    trials = [Trial(given, *answer) for given, answer in zip(cases, sent, strict=False)]
    if len(trials) < len(cases) and not (trials and trials[-1].out_of_time):
        trials.append(Trial(cases[len(trials)], error=Failure(why)))
    return trials


def _answer(trial):
    """All of a trial but what was given."""
    return trial.got, trial.error, trial.printed, trial.changed, trial.shared, trial.seconds


def _call_each(function, cases, limit, fill, tell=lambda trial: None):
    """In this process; `tell` hears of each trial as soon as it is over."""
    trials = []

    def steps():
        for arguments in cases:
            trials.append(Trial(arguments))
            try:
                _call(function, trials[-1])
            except Exception:  # a part of Python that it has replaced fails here
                trials[-1].error = Failure("Ended")
            yield
            if trials[-1].out_of_time:
                return
            tell(trials[-1])

    with _protected(function, fill):
        line = watch.here(steps(), limit, namespaces(function))
        if line is not None:
            trials[-1].got = None
            trials[-1].error = Failure("OutOfTime", line=line)
            tell(trials[-1])
    return trials


def _call(function, trial):
    given = copy.deepcopy(trial.arguments)
    # Not given back here: who is stopped in its sleep wakes up late, when they are another's.
    printed = sys.stdout = _Printed()
    sys.stderr = _Printed()
    begun = watch.thread_clock()
    try:
        got = function(*given)
        trial.seconds = watch.thread_clock() - begun
        trial.shared = [n for n, argument in enumerate(given) if share_memory(got, argument)]
        trial.got = plain(got)
    except BaseException as error:  # even exit() must not close the page
        trial.error = _failure(function, error)
    trial.printed = printed.getvalue()
    trial.changed = [
        n for n, pair in enumerate(zip(trial.arguments, given, strict=True)) if not same(*pair)
    ]


class _Printed(io.StringIO):
    """Takes what is printed, and keeps the beginning."""

    def write(self, text):
        return super().write(text[: max(0, MOST_PRINTED - self.tell())])


# --- Errors -------------------------------------------------------------------------------


def _failure(function, error):
    frames = list(traceback.walk_tb(error.__traceback__))
    pages = namespaces(function)
    lines = [watch.line_at(f, number) for f, number in frames if watch.is_own(f, pages)]
    called = [_called(frame) for frame, _ in frames[2:] if "<" not in frame.f_code.co_name]
    helpers = tuple((name, {n: shape(a) for n, a in given.items()}) for name, given in called)
    kinds = tuple(kind.__name__ for kind in type(error).__mro__)
    text = ""
    with contextlib.suppress(Exception):  # an error may be anything, too
        text = str(error)[:1000]
    own = tuple(getattr(getattr(function, "__code__", None), "co_varnames", ()))
    return Failure(kinds[0], kinds, text, lines[-1] if lines else "", own, helpers)


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
    for m in [*globals().values(), *vars(watch).values(), math, np.random, np.linalg]
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
