"""Wrong functions for every exercise: the right one with its result, or what it is given, changed.

Code in which `R` is the right result and `A` an argument, below what to say, in which WHAT stands
for the names of the arguments, and AXIS, OTHER and END for the first, second and last axis.
"""

from helpers.checks.exercise import table

DECIMALS = (
    "The decimals are cut off on the way, as integers do: leave out dtype=int, .astype(int) and int(...), and "
    "store results in an array of floats, as np.zeros(...) makes it."
)


def _table(text):
    """A table of codes, in which ALONG is each axis in turn, and all of them."""
    text = text.replace("ALONG", "<axis=None|axis=0|axis=-1>")
    return table(text.replace("DECIMALS", DECIMALS))


RESULT = _table("""
Everything is 0: is your answer ever written into the result, or is something cut to integers on the way?
    R * 0
The sign is the wrong way around.
    -R
These are the squares of the right numbers: a root is missing.
    R ** 2
These are the roots of the right numbers: there is a root too many.
    np.sqrt(R)
The sign is lost: these are the absolute values of the right numbers.
    abs(R)
You subtract the right numbers from 1.
    1 - R
Values below 0 are cut off: a difference may be below 0.
    np.maximum(R, 0)
Values below 0 and above 1 are cut off; here they may occur.
    np.clip(R, 0, 1)
Your numbers are bytes, from 0 to 255; they should go from 0 to 1.
    (R * 255).astype(np.uint8)
    np.<trunc|rint>(R * 255)
On the way through bytes the decimals are lost: your numbers are cut to steps of 1/255. Compute with the decimals themselves.
    np.<trunc|rint>(R * 255) / 255
Your numbers are only 0 and 1, as from a threshold or from rounding: keep the values between.
    (R > 0.5) * 1.0
    (R >= 0.5) * 1.0
Each of your numbers is 255 times the right one: 255 is white in a file, but here white is 1.
    R * 255
Each of your numbers is 1/255 of the right one: these values go from 0 to 1 already.
    R / 255
DECIMALS
    np.trunc(R) if R.ndim else None
The numbers are right, but AXISs and OTHERs are swapped: AXISs go along the first axis.
    np.swapaxes(R, 0, 1)
The numbers are right, but the channels come first: they are the last axis.
    np.moveaxis(R, -1, 0) if R.ndim == 3 else None
The numbers are right, but the axes come in another order.
    R.transpose(<2, 1, 0|0, 2, 1|1, 2, 0>)
The numbers are right, but they come as a column: there is an axis of size 1 too many. Flatten it with .ravel(), or leave out keepdims=True.
    R[:, None] if R.ndim == 1 else None
The numbers are right, but they come in one row of their own (an axis of size 1 too many, in front): is there a pair of brackets, or a [None], too many?
    R[None] if R.ndim else None
The number is right, but it comes as an array or a list that holds one number; take the number out of it.
    R.reshape(<1|1, 1|1, 1, 1>) if R.ndim == 0 else None
There is an axis of size 1 too many: is there a [None], or a keepdims=True, too many?
    R[<...|:>, None]
An axis of size 1 is gone (squeeze, or a single row taken): with one pixel or one color it has to stay.
    np.squeeze(R)
The numbers are right and in the right order, but as a flat list: fold it to the right shape.
    R.ravel()
It is upside down: the rows come from the bottom.
    R[::-1] if axes[0] == 'row' else None
It is mirrored: the columns come from the right.
    R[:, ::-1] if axes[1] == 'column' else None
The last axis comes backward: red and blue are swapped.
    R[..., ::-1] if axes[-1] == 'channel' else None
It comes backward: the last is first.
    R[::-1]
    R.reshape(-1, R.shape[-1])[::-1].reshape(R.shape)
    R.ravel()[::-1].reshape(R.shape)
The right values are there, but listed in another order of the axes (as by order='F', or when an outer and an inner loop change places), and then folded as if they came in the right one. A reshape does not swap axes.
    np.swapaxes(R, 0, 1).reshape(R.shape)
    np.moveaxis(R, -1, 0).reshape(R.shape)
    R.T.reshape(R.shape)
    R.reshape(R.shape[::-1]).T
Only the first AXIS comes back: the others are lost.
    R[<0|:1>]
Only the last AXIS comes back: does your result begin anew in each round, or is the line that stores it outside the loop?
    R[<-1|-1:>]
Of each AXIS only the last OTHER is left: is it begun anew in each round, or does the line that stores it stand outside the inner loop?
    R[:, <-1|-1:>]
Of each AXIS only the first OTHER is left.
    R[:, <0|:1>]
The last AXIS is missing: does a loop or a slice stop one too early?
    R[:-1]
The first AXIS is missing: ranges and slices begin with 0.
    R[1:]
The last END is missing: does a loop or a slice stop one too early?
    R[..., :-1]
Equal AXISs come only once (as from np.unique), and sorted: keep them all.
    np.unique(R, axis=0)
The right numbers come sorted, so that they no longer stand in their places.
    np.sort(R, ALONG).reshape(R.shape)
    R[np.lexsort(R.T[::-1])] if R.ndim == 2 else None
Rows of nothing but 0 are left out, and the others move up: does an if ask whether a row is anything but 0?
    R[R.any(axis=-1)] if R.ndim == 2 else None
    R[(~R.any(axis=-1)).argsort(kind='stable')] if R.ndim == 2 else None
The last AXIS stands in all places: is something overwritten in each round?
    np.broadcast_to(R[-1:], R.shape)
The first AXIS stands in all places: the others are left out, or the first is taken for all.
    np.broadcast_to(R[:1], R.shape)
Every number is the mean of all: each has its own.
    np.full_like(R * 1.0, R.mean())
The right numbers are added up; they should stay apart.
    R.sum(ALONG)
The right numbers are averaged; they should stay apart.
    R.mean(ALONG)
    R.mean(ALONG, keepdims=True)
    np.repeat(R.mean(axis=-1, keepdims=True), R.shape[-1], axis=-1)
You return the largest of the right numbers only; all of them are wanted.
    R.max(ALONG)
You return the smallest of the right numbers only; all of them are wanted.
    R.min(ALONG)
You return the number of the smallest, not the numbers themselves.
    R.argmin(ALONG)
Your running sum goes on from one place to the next: set it back to 0 for each.
    np.cumsum(R, ALONG).reshape(R.shape)
Each of the right numbers stands one place too early: a counter goes up before it is used; the first number is 0.
    np.roll(R, -1, axis=0)
    np.roll(R.reshape(-1, R.shape[-1]), -1, axis=0).reshape(R.shape)
Each of the right numbers stands one place too late: a counter begins below 0, or goes up too late.
    np.roll(R, 1, axis=0)
    np.roll(R.reshape(-1, R.shape[-1]), 1, axis=0).reshape(R.shape)
There is one AXIS of zeros too many: is there a + 1 too many in a size, or does a counter go up before it is used?
    np.concatenate([R, 0 * R[:1]])
    np.concatenate([0 * R[:1], R])
""")

# Said in the frame "You ... before you compute (at the end): leave out that step."
SCALES = _table("""
stretch WHAT, so that the smallest becomes 0 and the largest 1
    (A - A.min()) / (np.ptp(A) or 1)
    (A - A.min()) / np.ptp(A) if np.ptp(A) else A
    (A - A.min(ALONG)) / np.ptp(A, ALONG)
    (A - A.min(axis=0)) / (np.ptp(A, axis=0) + 1e-12)
divide WHAT by the largest value (so that the largest is 1)
    A / (A.max() or 1)
    A / A.max(ALONG, keepdims=True)
divide WHAT by the sum (so that they add up to 1)
    A / A.sum(ALONG, keepdims=True)
divide WHAT by the length (the norm)
    A / (np.linalg.norm(A<|, axis=-1, keepdims=True>))
subtract the mean from WHAT
    A - A.mean(ALONG, keepdims=True)
    (A - A.mean(ALONG)) / (A.std(ALONG) + 1e-12)
""")
STEPS = SCALES | _table("""
sort WHAT (so that nothing stays in its place)
    np.sort(A, axis=-1)
    np.sort(A, axis=None).reshape(A.shape)
    A[np.lexsort(A.T[::-1])]
    A[A.sum(axis=-1).argsort(kind='stable')]
sort each column of WHAT by itself (so that its rows are torn apart)
    np.sort(A, axis=0)
keep equal rows of WHAT only once (np.unique sorts them, too)
    np.unique(A, axis=0)
round WHAT
    np.round(A, <0|1|2|3>)
go through bytes with WHAT, which leaves steps of 1/255
    np.<trunc|rint>(A * 255) / 255
cut WHAT to 0 and 1
    np.clip(A, 0, 1)
square WHAT
    A ** 2
take the root of WHAT
    np.sqrt(A)
bend WHAT with a power of 2.2 (gamma)
    A ** (<2.2|1 / 2.2>)
take the remainder of WHAT (% 1), which turns 1 into 0
    A % 1
subtract WHAT from 1
    1 - A
take the logarithm of WHAT
    np.<log|log1p|log2>(A)
take the absolute values of WHAT
    abs(A)
divide WHAT by 255
    A / 255
divide 1 by WHAT
    1 / A
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
You leave out the last channel: does a loop over the channels stop too early?
    A[..., :-1] if A.shape[-1] > 1 else None
You leave out the first channel: loops and slices begin with 0.
    A[..., 1:] if A.shape[-1] > 1 else None
You look at the first channel only; all of them count.
    A[..., :1]
You look at the first 2 channels only, whatever their number is.
    A[..., :2]
You look at the first 3 channels only, whatever their number is.
    A[..., :3]
The last row of WHAT is left out: does a loop or a slice stop one too early?
    A[:-1] if len(A) > 1 else None
The first row of WHAT is left out: loops and slices begin with 0.
    A[1:] if len(A) > 1 else None
You use the first row of WHAT for all: is a number missing, or does it never go up?
    np.repeat(A[:1], len(A), axis=0)
You use the last row of WHAT for all: is something overwritten in each round?
    np.repeat(A[-1:], len(A), axis=0)
The last column of the picture is left out: does a loop or a slice stop one too early?
    A[:, :-1] if A.ndim == 3 and A.shape[1] > 1 else None
The first column of the picture is left out: loops and slices begin with 0.
    A[:, 1:] if A.ndim == 3 and A.shape[1] > 1 else None
WHAT comes backward: you begin at its end.
    A[::-1]
Rows and columns of WHAT are swapped.
    np.swapaxes(A, 0, 1)
You take the mean of WHAT for all of its rows, or all of its numbers.
    A * 0 + A.mean(<axis=0|>)
""")
