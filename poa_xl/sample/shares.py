"""Two ways to divide a whole number so that the parts add up to it exactly."""

import heapq
from collections.abc import Sequence


def spread(total: int, weights: Sequence[float], minimum: int, limits: Sequence[int]) -> list[int]:
    """Whole parts of `total`, more for a greater weight, each between `minimum` and its limit.

    Highest averages: one by one to whoever has the least for its weight.
    """
    parts = [minimum] * len(weights)
    queue = [(-weight / (minimum + 1), i) for i, weight in enumerate(weights) if limits[i] > minimum]
    heapq.heapify(queue)
    for _ in range(total - sum(parts)):
        _, i = heapq.heappop(queue)
        parts[i] += 1
        if parts[i] < limits[i]:
            heapq.heappush(queue, (-weights[i] / (parts[i] + 1), i))
    return parts


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of `total` (of either sign) in proportion to the weights; equal parts where all weights are 0."""
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts, done, seen = [], 0, 0
    for weight in weights:
        seen += weight
        reached = (2 * total * seen + whole) // (2 * whole)
        parts.append(reached - done)
        done = reached
    return parts
