"""How well the checks know the answers in the zoo: caught, rejected, diagnosed.

python tests/zoo_table.py
"""

import sys

from zoo import all_answers

from helpers import call
from helpers.checks import CHECKS

COUNTS = ("wrong", "caught", "named", "right", "rejected")
call.LIMIT = 0.25  # for the endless loops: a right answer takes milliseconds


def as_wanted(answer, result):
    """Whether a right answer passed, or a wrong one failed with the words that it asks for."""
    told = result.message.rpartition("\nReread")[0] or result.message  # a section names no mistake
    named = all(word.lower() in told.lower() for word in answer.words)
    return result.passed == (not answer.words) and named


def main():
    """Print the table, and every answer that is not judged as it should be."""
    rows, surprises = {}, []
    for answer in all_answers():
        result = CHECKS[answer.exercise](answer.function)
        fine = as_wanted(answer, result)
        row = rows.setdefault(answer.exercise, dict.fromkeys(COUNTS, 0))
        if answer.words:
            row["wrong"] += 1
            row["caught"] += not result.passed
            row["named"] += fine
        else:
            row["right"] += 1
            row["rejected"] += not result.passed
        if not fine:
            surprises.append(f"{answer.name}, wanted {answer.words or 'to pass'}: {result}\n")
    print(f"{'exercise':24} wrong caught  diagnosed   right rejected")
    together = {key: sum(row[key] for row in rows.values()) for key in next(iter(rows.values()))}
    for name, row in [*rows.items(), ("together", together)]:
        wrong, right = max(row["wrong"], 1), max(row["right"], 1)
        print(
            f"{name:24} {row['wrong']:5} {row['caught'] / wrong:6.0%} {row['named'] / wrong:10.0%}"
            f" {row['right']:7} {row['rejected'] / right:8.0%}"
        )
    print("\n".join(["", *surprises]))
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
