# SPDX-License-Identifier: MIT
"""Chance with a fixed seed, dates, and what every constructed row carries."""

import random
from datetime import date

AS_OF = date(2018, 7, 1)
NOTE = "constructed, not a fact; 构造数据，非事实"
MARK = {"source": "X01", "note": NOTE}

rng = random.Random(20180701)


# Only random() is used: its sequence is the same in every Python 3.
def whole(low, high):
    return low + int(rng.random() * (high - low + 1))


def pick(items):
    return items[int(rng.random() * len(items))]


def weighted(pairs):
    at = rng.random() * sum(weight for _, weight in pairs)
    for item, weight in pairs:
        at -= weight
        if at < 0:
            return item
    return pairs[-1][0]


def shuffled(items):
    return [item for _, item in sorted((rng.random(), item) for item in items)]


def chance(share):
    return rng.random() < share


def day_in(first, last):
    """A day from 3 to 27 of a month between two (year, month), both included:
    never beside the border of a window."""
    month = whole(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1)
    return date(month // 12, month % 12 + 1, whole(3, 27))


def months_before(day, months):
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, day.day)


def tier(since, days, as_of):
    """days: sorted dates of the tie's activities."""
    in_24 = sum(1 for day in days if months_before(as_of, 24) <= day < as_of)
    in_60 = sum(1 for day in days if months_before(as_of, 60) <= day < as_of)
    if in_24 >= 2:
        return "active"
    return "dormant" if in_60 == 0 and since < months_before(as_of, 60) else "unstable"
