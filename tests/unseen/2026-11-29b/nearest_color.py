"""Answers to nearest_color, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def keep_the_best(x, C):
    best = 0
    best_d = None
    for k in range(len(C)):
        d = sum((float(p) - float(c)) ** 2 for p, c in zip(x, C[k]))
        if best_d is None or d < best_d:
            best_d = d
            best = k
    return best


@wrong("Returns the nearest color itself instead of its number.")
def the_color(x, C):
    squared = ((C - x) ** 2).sum(axis=1)
    k = squared.argmin()
    return C[k]


@wrong("Compares with <=, so a tie goes to the highest number.")
def smaller_or_equal(x, C):
    nearest = 0
    smallest = 1000.0
    for k in range(len(C)):
        d = ((x - C[k]) ** 2).sum()
        if d <= smallest:
            smallest = d
            nearest = k
    return nearest


@wrong("Forgets to add up the channels, so argmin looks for the smallest single channel.")
def argmin_of_everything(x, C):
    return int(((C - x) ** 2).argmin())
