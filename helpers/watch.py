"""Somebody's work, stopped when its time is over. There are three ways to watch it.

A copy of the process is the safest: whatever the work patches, prints or ends stays in the
copy, and even what never lets go of Python's lock can be stopped. Where no copy can be had
(Windows, macOS, PyTorch or scikit-learn is loaded), it is a thread, which is stopped by an
exception that Python raises inside it. Where no thread can start either (a browser), the work
is done in place, and Python is asked to look at the clock at every turn of the learner's loops:
what loops inside NumPy or Python's own functions, as ``sum(range(10**11))`` does, runs on there
to its end.
"""

import contextlib
import contextvars
import ctypes
import gc
import io
import os
import pickle
import select
import signal
import sys
import threading
import time
import traceback
import warnings

# What the process, and what the thread has computed. In a browser these clocks stand still.
IN_BROWSER = sys.platform == "emscripten"
process_clock = time.perf_counter if IN_BROWSER else time.process_time
thread_clock = time.perf_counter if IN_BROWSER else time.thread_time

PATIENCE = 10  # times as long by the clock on the wall: a busy machine, or a function that sleeps
MEMORY = 4 * 2**30  # bytes that a copy of the process may ask for on top of what it has

# Rooms that run the work, and are not to be stopped in it.
OURS = ("helpers.call", "helpers.plain", "helpers.watch")


class OutOfTime(BaseException):
    """Raised inside a function whose time is over; `except Exception` lets it pass."""


def can_copy():
    """Whether a copy of this process can compute: on Linux, where no threads of C wait in it."""
    return sys.platform == "linux" and not {"torch", "sklearn"} & set(sys.modules)


def in_a_copy(work, limit):
    """Let ``work(send)`` run in a forked process, which sends through a pipe.

    Parameters
    ----------
    work : callable
        It is handed a function that sends one thing back; it watches the time itself.
    limit : float
        Seconds of computing.

    Returns
    -------
    sent : list
    why : str
        How it ended, if too little was sent: ``"Ended"`` by itself, or ``"OutOfTime"``.
    """
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
                work(lambda thing: _send(thing, pipe))
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
    by_limit = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    return sent, "Ended" if ended and not by_limit else "OutOfTime"


def _send(thing, pipe):
    pickle.dump(thing, pipe)
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


def here(steps, limit, own):
    """Take all the steps in this process, unless the time is over before.

    Parameters
    ----------
    steps : iterator
        Each step is a piece of the work.
    limit : float
        Seconds of computing for all of them.
    own : list of dict
        The namespaces of the learner's code.

    Returns
    -------
    str or None
        The learner's line at which the work was stopped ("" if nobody knows); None if it came
        to its end.
    """
    computed, waited = process_clock() + limit, time.monotonic() + PATIENCE * limit
    stopped_at = []

    def is_over():
        return process_clock() >= computed or time.monotonic() >= waited

    def work():
        with contextlib.suppress(OutOfTime):  # it may come once more, on the way out
            for _ in steps:
                if stopped_at:  # and its function has gone on as if nothing were
                    return

    worker = threading.Thread(target=work, daemon=True)
    try:
        worker.start()
    except RuntimeError:  # no thread can start
        if not hasattr(sys, "monitoring"):  # before Python 3.12
            raise
        _in_place(work, is_over, own, stopped_at)
    else:
        while worker.is_alive() and not is_over():
            worker.join(0.02)
        if worker.is_alive():
            stopped_at.append(_line_of_thread(worker, own))
            _stop(worker)
    return stopped_at[0] if stopped_at else None


def _stop(worker):
    """Raise `OutOfTime` inside a thread, again and again, until it ends (or for a second)."""
    with _nothing_told():
        raised = ctypes.c_ulong(worker.ident), ctypes.py_object(OutOfTime)
        for _ in range(20):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(*raised)
            worker.join(0.05)
            if not worker.is_alive():
                break


@contextlib.contextmanager
def _nothing_told():
    """Of an `OutOfTime` that comes where nobody can catch it: on the way out, in a `__del__`."""
    hooks = threading.excepthook, sys.unraisablehook
    threading.excepthook = sys.unraisablehook = lambda about: None
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = hooks


def _in_place(work, is_over, own, stopped_at):
    """Do the work right here; once the time is over, the learner's code meets `OutOfTime`.

    Python tells of each jump and each start of a function. NumPy's code and Python's own are
    left alone: stopped half-way, they might leave the whole page in disorder.
    """
    monitoring = sys.monitoring
    tool = next(n for n in range(6) if monitoring.get_tool(n) is None)  # others may debug
    events = [getattr(monitoring.events, name) for name in ("JUMP", "PY_START", "PY_RESUME")]

    def look(*_):
        frame = sys._getframe(1)
        if not _may_be_stopped(frame, own):
            return monitoring.DISABLE  # tell no more of this place
        if is_over():
            begins = frame.f_lineno == frame.f_code.co_firstlineno  # told is who has called it
            line = (begins and current_line(frame.f_back, own)) or current_line(frame, own)
            stopped_at.append(line or "")
            raise OutOfTime
        return None

    monitoring.use_tool_id(tool, "sixteen-colors")
    try:
        for event in events:
            monitoring.register_callback(tool, event, look)
        monitoring.restart_events()
        monitoring.set_events(tool, sum(events))
        with _nothing_told():
            contextvars.Context().run(work)  # NumPy's error settings are new, as in a thread
    finally:
        monitoring.set_events(tool, 0)
        for event in events:
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)


def _may_be_stopped(frame, own):
    """Whether it is the learner's code, or the course's that the learner has called."""
    name = frame.f_globals.get("__name__") or ""
    return is_own(frame, own) or (name.startswith("helpers.") and name not in OURS)


# --- Lines of code -------------------------------------------------------------------------


def is_own(frame, own):
    """Whether the code that runs there is of these namespaces."""
    return any(frame.f_globals is names for names in own)


def line_at(frame, number):
    """The text of a line of the code that runs there; "" if it is not to be had."""
    code = frame.f_code
    return traceback.FrameSummary(code.co_filename, number, code.co_name).line or ""


def current_line(frame, own):
    """The line of the learner's code that is running, though a helper may be busy; None if none."""
    while frame is not None:
        if is_own(frame, own):
            return line_at(frame, frame.f_lineno)
        frame = frame.f_back
    return None


def _line_of_thread(worker, own):
    """The learner's line that a thread is at.

    A frame can end while it is being read, and then lead nowhere: look again.
    """
    for _ in range(50):
        line = current_line(sys._current_frames().get(worker.ident), own)
        if line is not None:
            return line
        time.sleep(0.002)  # lets the function go on
    return ""
