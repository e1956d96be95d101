"""A walk through K-means in words: what each half-step did, and only what is true of it."""

import numpy as np

from helpers.color import to_hex
from helpers.explore.canvas import GLYPHS
from helpers.explore.own import called, theirs
from helpers.explore.stills import chips
from helpers.explore.walk import BY_HAND, CORNER, MOST_MOVES
from helpers.explore.walk_pictures import PEN, SERIES_COLORS, seen_at, shown_colors, visible

MOST_TOLD = 2  # centroids that go astray, one by one


def start_words(cloud, K, how, seed):
    """How the walk begins."""
    if how == BY_HAND:
        return f"the {cloud.center}s stand where your hand has put them."
    if how == CORNER:
        return f"{K} {cloud.many} of one corner."
    return f"seed {seed} draws {K} of the {cloud.many}."


def step_words(cloud, steps, n, how):
    """What a half-step did, with its numbers: one heading, one to three sentences."""
    step = steps[n]
    heading = f"Half-step {n} of {len(steps) - 1}, {step.kind}:"
    if step.kind == "start":
        return f"{heading} {how} No groups yet.{_twin_words(cloud, step)} {cloud.question}".strip()
    before = steps[n - 1]
    said = {"assign": _assign_words, "rescue": _rescue_words}.get(step.kind, _move_words)
    words = f"{heading} {said(cloud, before, step)} {_wcss_words(before.wcss, step.wcss)}"
    if n == len(steps) - 1 and sum(step.kind == "move" for step in steps) == MOST_MOVES:
        words += f" Here the walk stops, after {MOST_MOVES} moves."
    return words


def begun_words(steps):
    """While a hand carries a centroid."""
    now = _number(steps[1].wcss) if len(steps) > 1 else "unknown"
    return f"By hand: WCSS {now}. Let go, and the walk begins from here."


def _twin_words(cloud, step):
    return "".join(
        f" {cloud.center.capitalize()}s {twin} and {k} are at the same place."
        for k, twin in _twins(step.centroids).items()
    )


def _twins(centroids):
    """Of each centroid that is not the first at its place, which one is."""
    same = (centroids[:, None] == centroids).all(axis=-1)
    return {k: int(row.argmax()) for k, row in enumerate(same) if row[:k].any()}


def _assign_words(cloud, before, step):
    late, sizes, name = _not_nearest(cloud.X, step), _sizes(step), cloud.center.capitalize()
    sentences = []
    if before.idx is not None:
        changed = int((before.idx != step.idx).sum())
        verb = "changes its" if changed == 1 else "change their"
        sentences.append(f"{_count(cloud, changed)} {verb} group.")
    elif not late:
        sentences.append(f"every {cloud.one} goes to its nearest {cloud.center}.")
    if late:
        verb = "is" if late == 1 else "are"
        sentences.append(f"{_count(cloud, late)} {verb} not with the nearest {cloud.center}.")
    for k in np.flatnonzero(sizes == 0):
        why = ", for ties go to the lower number" if k in _twins(step.centroids) else ""
        sentences.append(f"{name} {k} gets none{why}: it has no mean to go to.")
    for k in np.flatnonzero(~visible(step.centroids) & (sizes > 0)):
        sentences.append(f"{name} {k} is nan, nowhere, and has {_count(cloud, sizes[k])}.")
    return " ".join(sentences)


def _not_nearest(X, step):
    """How many points have a centroid nearer than their own, by more than rounding."""
    with np.errstate(all="ignore"):
        squared = np.stack([((X - c) ** 2).sum(axis=1) for c in step.centroids], axis=1)
    squared = np.where(np.isfinite(squared), squared, np.inf)
    own, least = squared[np.arange(len(X)), step.idx], squared.min(axis=1)
    return int((own > least * (1 + 1e-9) + 1e-12).sum())


def _rescue_words(cloud, before, step):
    sentences = []
    for k in np.flatnonzero((before.centroids != step.centroids).any(axis=1)):
        sentences.append(
            f"the lost {cloud.center} {k} moves to the {cloud.one} that is served worst, "
            f"{_place(step.centroids[k])}, and gets {_sizes(step)[k]} {cloud.many}"
        )
    return "; ".join(sentences) + "."


def _move_words(cloud, before, step):
    done, sizes, odd = step.kind == "done", _sizes(step), []
    for k, (center, size) in enumerate(zip(step.centroids, sizes, strict=True)):
        mean = cloud.X[step.idx == k].mean(axis=0) if size else None
        if size and np.allclose(center, mean):
            continue
        why = f"though its {cloud.many} have the mean {_place(mean)}" if size else ""
        why = why or f"for it has no {cloud.many}"
        odd.append(
            f"{cloud.center} {k} {'stays at' if done else 'goes to'} {_place(center)}, {why}"
        )
    if len(odd) > MOST_TOLD:
        more = len(odd) - MOST_TOLD
        odd[MOST_TOLD:] = [f"and {more} more {'is' if more == 1 else 'are'} such"]
    if odd:
        return "; ".join(odd) + "." + " Nothing moves." * done
    if done:
        return f"every {cloud.center} is the mean of its {cloud.many} already. Nothing moves."
    ways = np.sqrt(((step.centroids - before.centroids) ** 2).sum(axis=1))
    return (
        f"every {cloud.center} goes to the mean of its {cloud.many}; the longest way, "
        f"{ways.max():.3f}, is that of {cloud.center} {ways.argmax()}."
    )


def _wcss_words(before, now):
    if before is None:
        return f"WCSS {_number(now)}."
    if _number(before) == _number(now):
        return f"WCSS stays at {_number(now)}."
    if not np.isfinite([before, now]).all():
        return f"WCSS was {_number(before)}, and is {_number(now)}."
    return f"WCSS {'falls' if now < before else 'rises'} from {_number(before)} to {_number(now)}."


def _number(value):
    """With two decimals; a learner's may be so large that nobody counts its digits."""
    return f"{value:.3g}" if 1e6 <= abs(value) < np.inf else f"{value:.2f}"


def _count(cloud, n):
    """So many points."""
    return f"{n or 'no'} {cloud.one if n == 1 else cloud.many}"


def _place(x):
    """A color by its hex name, a point by its coordinates."""
    if not np.isfinite(x).all():
        return "nan, nowhere"
    if len(x) == 3 and x.min() >= 0 and x.max() <= 1:
        return to_hex(x)
    return f"({', '.join(map(_number, x))})"


def _sizes(step):
    return np.bincount(step.idx, minlength=len(step.centroids))


def picture_words(cloud, step):
    """What the picture shows, for those who do not see it."""
    where = "a plane" if cloud.flat else "the cube of red, green and blue"
    places = ", ".join(f"{k} at {_place(c)}" for k, c in enumerate(step.centroids))
    return f"{len(cloud.X):,} {cloud.many} in {where}. {cloud.center.capitalize()}s: {places}."


def curve_words(steps, n):
    """The WCSS so far, in numbers."""
    values = [_number(step.wcss) for step in steps[1 : n + 1]]
    if not values:
        return "The curve of the WCSS, still empty."
    if len(values) > 8:
        values = [*values[:4], "and so on", *values[-3:]]
    return f"The curve of the WCSS up to half-step {n}: {', '.join(values)}."


def group_chips(cloud, step):
    """How many points each centroid has, as colored labels."""
    places = [_place(center) for center in step.centroids]
    if cloud.flat:
        texts = [f"{k} {GLYPHS[k]} at {place}" for k, place in enumerate(places)]
        colors = SERIES_COLORS[: len(texts)]
    else:
        texts = [f"{k} · {place}" for k, place in enumerate(places)]
        colors = shown_colors(step.centroids)
    if step.idx is not None:
        for k, size in enumerate(_sizes(step)):
            texts[k] += (
                f": {_count(cloud, size)}" if cloud.flat else f" · {size / len(cloud.X):.1%}"
            )
    return chips(colors, texts)


# --- What hands do -------------------------------------------------------------------------


def hand_words(cloud, step, hand):
    """What the hand holds."""
    if hand.held is None:
        return f"nothing in hand: press 0 for {cloud.center} 0"
    if hand.held == PEN:
        x = seen_at(cloud, hand.pen, cloud.X[0], 0)
        return f"the pen at {_place(x)}. {_distance_words(cloud, step, hand.over)}".strip()
    return f"{cloud.center} {hand.held} at {_place(step.centroids[hand.held])}"


def _distance_words(cloud, step, row):
    if row is None:
        return ""
    x = cloud.X[row]
    ways = np.sqrt(((step.centroids - x) ** 2).sum(axis=1))
    told = ", ".join(f"{way:.2f} to {cloud.center} {k}" for k, way in enumerate(ways))
    return f"From the {cloud.one} at {_place(x)}: {told}."


def hint_words(cloud, step, hand, functions):
    """What a hand can do, or what it has found."""
    found = hand.refused or _distance_words(cloud, step, hand.over)
    return (
        f"<div style='line-height: 1.4; min-height: 4.2em'>{found or _how(cloud, functions)}</div>"
    )


def _how(cloud, functions):
    words, own = "", [f"<code>{called(function)}</code>" for function in theirs(*functions)]
    if own:
        them = "it" if len(own) == 1 else "them"
        words = f"This walk runs {' and '.join(own)} as this page has {them}. "
    around, pen = "Drag the space around them to turn the cube.", ""
    if cloud.flat:
        around = (
            "Drag a point, click it to take it away, or click a free place for one more; hold the "
            "mouse still over a point to see its distances."
        )
        pen = "; P takes a pen that the arrows move: Enter adds a point there, Delete takes the "
        pen += "nearest"
    return (
        f"{words}<b>Drag</b> a {cloud.center}: the walk begins where you let go. {around} "
        "<b>Keys</b>, once the picture has the focus: a number, or N for the next, chooses a "
        f"{cloud.center}, and the arrows move it (Shift: further){pen}."
    )
