"""All the functions that the lessons ask for, in the order of the lessons."""

from helpers.checks import clustering, colors

EXERCISES = {**colors.EXERCISES, **clustering.EXERCISES}
