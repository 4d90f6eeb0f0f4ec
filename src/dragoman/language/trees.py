"""Trees from scores: the best head of every word such that each sentence is one tree."""

from __future__ import annotations

import numpy as np

_FORBIDDEN = -1e9


def best_tree(scores: np.ndarray) -> np.ndarray:
    """Each word's head in the best tree with one word below the root (numbers from 1; 0 is the root).

    ``scores[i, j]`` is the score of head ``j`` for word ``i + 1``. The best heads one by one are taken when they make a
    tree; else the best spanning tree is looked for (Chu & Liu 1965, Edmonds 1967). Where more than one word hangs on
    the root in it, hanging there is made so dear that one word does, and no more; that takes many more steps.
    """
    size = len(scores)
    table = np.full((size + 1, size + 1), _FORBIDDEN)
    table[1:] = scores
    np.fill_diagonal(table, _FORBIDDEN)
    heads: np.ndarray = table[1:].argmax(1)
    if (heads == 0).sum() == 1 and _cycle(np.append(0, heads)) is None:
        return heads
    solved: np.ndarray = _spanning_tree(table)[1:]
    if (solved == 0).sum() != 1:
        table[1:, 0] -= _DEAR
        solved = _spanning_tree(table)[1:]
    return solved


_DEAR = 1e5


def _spanning_tree(scores: np.ndarray) -> np.ndarray:
    """Heads of the best spanning tree of a graph below node 0; ``scores[i, j]`` is head
    ``j``'s for node ``i``."""
    heads: np.ndarray = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    smaller = np.full((len(outside) + 1, len(outside) + 1), _FORBIDDEN)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]  # heads outside for a node of the cycle
    leaving = scores[np.ix_(outside, cycle)]  # heads inside for a node outside
    smaller[-1, :-1] = entering.max(0)
    smaller[:-1, -1] = leaving.max(1)
    smaller[0] = _FORBIDDEN
    solved = _spanning_tree(smaller)
    result = np.zeros(len(scores), dtype=np.int64)
    result[cycle] = heads[cycle]
    new_head = solved[-1]
    broken = cycle[entering[:, new_head].argmax()]
    result[broken] = outside[new_head]
    for place, node in enumerate(outside):
        if place:
            head = solved[place]
            result[node] = cycle[leaving[place].argmax()] if head == len(outside) else outside[head]
    return result


def _cycle(heads: np.ndarray) -> np.ndarray | None:
    """The nodes of a cycle among heads (node 0 is the root), if there is one."""
    above: list[int] = heads.tolist()
    seen_from = [-1] * len(above)  # the node from which each was come to first
    seen_from[0] = 0
    for start in range(1, len(above)):
        node = start
        while seen_from[node] < 0:
            seen_from[node] = start
            node = above[node]
        if seen_from[node] == start:
            return _round(above, node)
    return None


def _round(above: list[int], node: int) -> np.ndarray:
    """The nodes from one up to itself."""
    nodes = [node]
    while above[nodes[-1]] != node:
        nodes.append(above[nodes[-1]])
    return np.array(nodes)
