"""Wrong functions for every exercise: the right one with its result, or what it is given, changed.

Code in which `A` is the right result, or an argument, below what to say, in which WHAT stands for
the names of the arguments, and AXIS, OTHER and END for the first, second and last axis.
"""

from helpers.checks.exercise import table

DECIMALS = "The decimals are cut off on the way, as integers do: leave out dtype=int, .astype(int) and int(...), and store results in an array of floats, as np.zeros(...) makes it."


def _table(text):
    """A table of codes, in which ALONG is each axis in turn, and all of them."""
    text = text.replace("ALONG", "<axis=None|axis=0|axis=-1>")
    return table(text.replace("DECIMALS", DECIMALS))


RESULT = _table("""
Everything is 0: is your answer ever written into the result, or is something cut to integers on the way?
    A * 0
The sign is the wrong way around.
    -A
These are the squares of the right numbers: a root is missing.
    A ** 2
These are the roots of the right numbers: there is a root too many.
    np.sqrt(A)
The sign is lost: these are the absolute values of the right numbers.
    abs(A)
You subtract the right numbers from 1.
    1 - A
Values below 0 and above 1 are cut off; here they may occur.
    np.clip(A, 0, 1)
Your numbers are bytes, from 0 to 255; they should go from 0 to 1.
    (A * 255).astype(np.uint8)
    np.<trunc|rint>(A * 255)
Your numbers are only 0 and 1, as from a threshold or from rounding: keep the values between.
    (A > 0.5) * 1.0
    (A >= 0.5) * 1.0
Each of your numbers is 255 times the right one: 255 is white in a file, but here white is 1.
    A * 255
Each of your numbers is 1/255 of the right one: these values go from 0 to 1 already.
    A / 255
DECIMALS
    np.trunc(A) if A.ndim else None
The numbers are right, but AXISs and OTHERs are swapped: AXISs go along the first axis.
    np.swapaxes(A, 0, 1)
The numbers are right, but the channels come first: they are the last axis.
    np.moveaxis(A, -1, 0) if A.ndim == 3 else None
The numbers are right, but the axes come in another order.
    A.transpose(<2, 1, 0|0, 2, 1|1, 2, 0>)
The numbers are right, but they come as a column: there is an axis of size 1 too many. Flatten it with .ravel(), or leave out keepdims=True.
    A[:, None] if A.ndim == 1 else None
The numbers are right, but they come in one row of their own (an axis of size 1 too many, in front): is there a pair of brackets, or a [None], too many?
    A[None] if A.ndim else None
The number is right, but it comes as an array or a list that holds one number; take the number out of it.
    A.reshape(<1|1, 1|1, 1, 1>) if A.ndim == 0 else None
There is an axis of size 1 too many: is there a [None], or a keepdims=True, too many?
    A[<...|:>, None]
An axis of size 1 is gone (squeeze, or a single row taken): with one pixel or one color it has to stay.
    np.squeeze(A)
The numbers are right and in the right order, but as a flat list: fold it to the right shape.
    A.ravel()
It is upside down: the rows come from the bottom.
    A[::-1] if axes[0] == 'row' else None
It is mirrored: the columns come from the right.
    A[:, ::-1] if axes[1] == 'column' else None
The last axis comes backward: red and blue are swapped.
    A[..., ::-1] if axes[-1] == 'channel' else None
It comes backward: the last is first.
    A[::-1]
    A.reshape(-1, A.shape[-1])[::-1].reshape(A.shape)
    A.ravel()[::-1].reshape(A.shape)
The right values are there, but listed in another order of the axes (as by order='F', or when an outer and an inner loop change places), and then folded as if they came in the right one. A reshape does not swap axes.
    np.swapaxes(A, 0, 1).reshape(A.shape)
    np.moveaxis(A, -1, 0).reshape(A.shape)
    A.T.reshape(A.shape)
    A.reshape(A.shape[::-1]).T
Only the first AXIS comes back: the others are lost.
    A[<0|:1>]
Only the last AXIS comes back: does your result begin anew in each round, or is the line that stores it outside the loop?
    A[<-1|-1:>]
Of each AXIS only the last OTHER is left: is it begun anew in each round, or does the line that stores it stand outside the inner loop?
    A[:, <-1|-1:>]
Of each AXIS only the first OTHER is left.
    A[:, <0|:1>]
The last AXIS is missing: does a loop or a slice stop one too early?
    A[:-1]
The first AXIS is missing: ranges and slices begin with 0.
    A[1:]
The last END is missing: does a loop or a slice stop one too early?
    A[..., :-1]
Equal AXISs come only once (as from np.unique), and sorted: keep them all.
    np.unique(A, axis=0)
The right numbers come sorted, so that they no longer stand in their places.
    np.sort(A, ALONG).reshape(A.shape)
    A[np.lexsort(A.T[::-1])] if A.ndim == 2 else None
Rows of nothing but 0 are left out, and the others move up: does an if ask whether a row is anything but 0?
    A[A.any(axis=-1)] if A.ndim == 2 else None
    A[(~A.any(axis=-1)).argsort(kind='stable')] if A.ndim == 2 else None
The first AXIS stands in all places: the others are left out, or the first is taken for all.
    np.broadcast_to(A[:1], A.shape)
The right numbers are added up; they should stay apart.
    A.sum(ALONG)
The right numbers are averaged; they should stay apart.
    A.mean(ALONG)
    A.mean(ALONG, keepdims=True)
    np.repeat(A.mean(axis=-1, keepdims=True), A.shape[-1], axis=-1)
You return the smallest of the right numbers only; all of them are wanted.
    A.min(ALONG)
You return the number of the smallest, not the numbers themselves.
    A.argmin(ALONG)
Your running sum goes on from one place to the next: set it back to 0 for each.
    np.cumsum(A, ALONG).reshape(A.shape)
Each of the right numbers stands one place too early: a counter goes up before it is used; the first number is 0.
    np.roll(A, -1, axis=0)
    np.roll(A.reshape(-1, A.shape[-1]), -1, axis=0).reshape(A.shape)
Each of the right numbers stands one place too late: a counter begins below 0, or goes up too late.
    np.roll(A, 1, axis=0)
    np.roll(A.reshape(-1, A.shape[-1]), 1, axis=0).reshape(A.shape)
""")

# Said in the frame "You ... before you compute (at the end): leave out that step."
_SCALES = _table("""
stretch WHAT, so that the smallest becomes 0 and the largest 1
    (A - A.min()) / (np.ptp(A) or 1)
    (A - A.min()) / np.ptp(A) if np.ptp(A) else A
    (A - A.min(ALONG)) / np.ptp(A, ALONG)
    (A - A.min(axis=0)) / (np.ptp(A, axis=0) + 1e-12)
divide WHAT by the largest value (so that the largest is 1)
    A / (A.max() or 1)
    A / A.max(ALONG, keepdims=True)
subtract the mean from WHAT
    A - A.mean(ALONG, keepdims=True)
    (A - A.mean(ALONG)) / (A.std(ALONG) + 1e-12)
""")
_STEPS = _SCALES | _table("""
sort WHAT (so that nothing stays in its place)
    np.sort(A, axis=-1)
    np.sort(A, axis=None).reshape(A.shape)
    A[np.lexsort(A.T[::-1])]
    A[A.sum(axis=-1).argsort(kind='stable')]
round WHAT
    np.round(A, <0|1|2|3>)
go through bytes with WHAT, which leaves steps of 1/255
    np.<trunc|rint>(A * 255) / 255
square WHAT
    A ** 2
bend WHAT with a power of 2.2 (gamma)
    A ** (<2.2|1 / 2.2>)
subtract WHAT from 1
    1 - A
divide WHAT by 255
    A / 255
turn WHAT into float16 (which keeps only three digits)
    A.astype(np.float16)
turn WHAT into bytes (uint8), which begin anew at 256
    (<A|A * 255|np.rint(A * 255)>).astype(np.uint8)
multiply WHAT by 255, as for bytes, which go from 0 to 255,
    A * 255
    np.<trunc|rint>(A * 255)
""")

# Said about what the function is given, in a sentence of its own.
GIVEN = _table("""
DECIMALS
    np.trunc(A)
You compute with gray, one brightness for all channels: keep the channels apart.
    np.repeat(A.mean(axis=-1, keepdims=True), A.shape[-1], axis=-1)
    np.repeat((A @ [0.299, 0.587, 0.114])[..., None], 3, axis=-1)
You use one channel for all: keep the channels apart.
    np.repeat(A[..., <:1|-1:>], A.shape[-1], axis=-1)
Red and blue are swapped: the order of the channels is red, green, blue.
    A[..., ::-1]
You look at the first channel only; all of them count.
    A[..., :1]
The last row of WHAT is left out: does a loop or a slice stop one too early?
    A[:-1] if len(A) > 1 else None
The first row of WHAT is left out: loops and slices begin with 0.
    A[1:] if len(A) > 1 else None
You use the first row of WHAT for all: is a number missing, or does it never go up?
    np.repeat(A[:1], len(A), axis=0)
You use the last row of WHAT for all: is something overwritten in each round?
    np.repeat(A[-1:], len(A), axis=0)
WHAT comes backward: you begin at its end.
    A[::-1]
Rows and columns of WHAT are swapped.
    np.swapaxes(A, 0, 1)
You take the mean of WHAT for all of its rows, or all of its numbers.
    A * 0 + A.mean(<axis=0|>)
""")

RESULT |= {
    f"You {words.replace('WHAT', 'the result')} at the end: leave out that step.": tuple(
        f"{code} if A.ndim else None" for code in codes
    )
    for words, codes in _SCALES.items()
}
GIVEN |= {f"You {w} before you compute: leave out that step.": c for w, c in _STEPS.items()}
