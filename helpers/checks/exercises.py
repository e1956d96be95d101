"""All the functions that the lessons ask for, in the order of the lessons."""

from helpers.checks import bridges, clustering, collections_, colors, faster, palettes

EXERCISES = {
    **colors.EXERCISES,
    **clustering.EXERCISES,
    **palettes.EXERCISES,
    **faster.EXERCISES,
    **bridges.EXERCISES,
    **collections_.EXERCISES,
}
