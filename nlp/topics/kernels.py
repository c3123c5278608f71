"""The loops between lemma numbers and topics, compiled by numba and kept compiled in the environment.

A text is three parts (title, lead, body) one after the other; `ends[i]` is where part i ends. The tree of phrases:
nodes from 1 on are lemmas, the others longer beginnings of phrases; the nodes below node n are reached by the lemmas
`nexts[firsts[n] : firsts[n + 1]]`, ascending, and numbered on in their order. `held[n]` is the phrase that ends at n.
Phrases below the length of `idf` are those learnt from labels and have the row of `weights` of their number; the rows
after these belong to the topics' telling phrases. Phrase p tells of the topics `told[tells[p] : tells[p + 1]]`.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]

EXPLAINING = 8
"""Words told with each topic."""
CERTAIN = 0.9
"""Probability of a topic that outweighs a doubt whether there is any."""


@njit(cache=True)
def below(node: int, lemma: int, firsts: Array, nexts: Array) -> int:
    """The node reached by this lemma, or 0."""
    low, high = firsts[node], firsts[node + 1]
    while low < high:
        middle = (low + high) // 2
        if nexts[middle] < lemma:
            low = middle + 1
        else:
            high = middle
    found = low < firsts[node + 1] and nexts[low] == lemma
    return firsts.shape[0] - 1 - nexts.shape[0] + low if found else 0


@njit(cache=True)
def counted(hits: Array, shares: Array) -> tuple[Array, Array]:
    phrases, counts, size = np.empty(len(hits), np.int64), np.zeros(len(hits)), 0
    for hit in hits:
        phrase, part = hit // len(shares), hit % len(shares)
        if size == 0 or phrases[size - 1] != phrase:
            phrases[size] = phrase
            size += 1
        counts[size - 1] += shares[part]
    return phrases[:size], counts[:size]


@njit(cache=True)
def find(
    lemmas: Array, ends: Array, shares: Array, firsts: Array, nexts: Array, held: Array, deepest: int
) -> tuple[Array, Array]:
    """Phrases, ascending, and how often each occurs: one in part i counts `shares[i]` times, none leaves its part.

    `deepest`: lemmas of the longest phrase. A hit is one number (phrase × parts + part), so that hits can be sorted.
    """
    parts, start, size = ends.shape[0], 0, 0
    hits = np.empty(lemmas.shape[0] * deepest, np.int64)
    for part in range(parts):
        for first in range(start, ends[part]):
            node, at = lemmas[first], first + 1
            while node > 0:
                if held[node] >= 0:
                    hits[size] = held[node] * parts + part
                    size += 1
                node = below(node, lemmas[at], firsts, nexts) if at < ends[part] else 0
                at += 1
        start = ends[part]
    return counted(np.sort(hits[:size]), shares)


@njit(cache=True)
def weigh(phrases: Array, counts: Array, idf: Array, tells: Array, told: Array, topics: int) -> tuple[Array, Array]:
    """Tf-idf of unit length for the phrases learnt (others have 0); occurrences of each topic's telling phrases."""
    values, cues = np.zeros(phrases.shape[0]), np.zeros(topics)
    for i in range(phrases.shape[0]):
        phrase = phrases[i]
        if phrase < idf.shape[0]:
            values[i] = np.log1p(counts[i]) * idf[phrase]
        for j in range(tells[phrase], tells[phrase + 1]):
            cues[told[j]] += counts[i]
    length = np.sqrt((values * values).sum())
    return (values / (length if length > 0 else 1.0)).astype(np.float32), cues


@njit(cache=True)
def add(out: Array, value: float, row: Array) -> None:
    for column in range(out.shape[0]):
        out[column] += value * row[column]


@njit(cache=True)
def score(phrases: Array, values: Array, cues: Array, cue: float, weights: Array, bias: Array) -> Array:
    out, learnt = bias.astype(np.float64), weights.shape[0] - cues.shape[0]
    for i in range(phrases.shape[0]):
        if values[i] > 0:
            add(out, values[i], weights[phrases[i]])
    for topic in range(cues.shape[0]):
        if cues[topic] > 0:
            add(out, np.log1p(cues[topic]) * cue, weights[learnt + topic])
    return out.astype(np.float32)


@njit(cache=True)
def probability(score: float) -> float:
    return float(1 / (1 + np.exp(-score)))


@njit(cache=True)
def choose(scores: Array, thresholds: Array, nothing: float, something: float, ordering: float) -> Array:
    """Topics above their thresholds, the main one first; the likeliest one where only the sum speaks for it."""
    topics = thresholds.shape[0]
    anything = probability(scores[-1])
    likely = np.array([probability(s) for s in scores[:topics]])
    if anything < nothing and likely.max() < CERTAIN:
        return np.empty(0, np.int64)
    order = -(scores[:topics] + ordering * scores[topics : 2 * topics])
    chosen = np.flatnonzero(likely >= thresholds)
    if not len(chosen) and anything >= something:
        return np.argmin(order) + np.zeros(1, np.int64)
    return chosen[np.argsort(order[chosen], kind="mergesort")]


@njit(cache=True)
def explain(
    topic: int,
    phrases: Array,
    counts: Array,
    values: Array,
    cues: Array,
    cue: float,
    weights: Array,
    tells: Array,
    told: Array,
    heaviest: Array,
    heavy: Array,
) -> None:
    """Writes down the phrases that added most to the topic's score and what each added, the heaviest first."""
    each = 0.0
    if cues[topic] > 0:
        each = np.log1p(cues[topic]) * cue * weights[weights.shape[0] - cues.shape[0] + topic, topic] / cues[topic]
    for i in range(phrases.shape[0]):
        added = float(values[i] * weights[phrases[i], topic]) if values[i] > 0 else 0.0
        for j in range(tells[phrases[i]], tells[phrases[i] + 1]):
            if told[j] == topic:
                added += counts[i] * each
        place = heavy.shape[0]
        while place > 0 and heavy[place - 1] < added:
            place -= 1
            if place + 1 < heavy.shape[0]:
                heavy[place + 1], heaviest[place + 1] = heavy[place], heaviest[place]
        if place < heavy.shape[0]:
            heavy[place], heaviest[place] = added, phrases[i]


@njit(cache=True)
def file(
    lemmas: Array,
    ends: Array,
    shares: Array,
    firsts: Array,
    nexts: Array,
    held: Array,
    deepest: int,
    idf: Array,
    tells: Array,
    told: Array,
    cue: float,
    weights: Array,
    bias: Array,
    thresholds: Array,
    nothing: float,
    something: float,
    ordering: float,
) -> tuple[Array, Array, Array, Array]:
    """Topics, their probabilities, and of each the heaviest phrases (-1: no more) with what they added."""
    phrases, counts = find(lemmas, ends, shares, firsts, nexts, held, deepest)
    values, cues = weigh(phrases, counts, idf, tells, told, thresholds.shape[0])
    scores = score(phrases, values, cues, cue, weights, bias)
    chosen = choose(scores, thresholds, nothing, something, ordering)
    heaviest, heavy = np.full((len(chosen), EXPLAINING), -1), np.zeros((len(chosen), EXPLAINING))
    for n, topic in enumerate(chosen):
        explain(topic, phrases, counts, values, cues, cue, weights, tells, told, heaviest[n], heavy[n])
    return chosen, np.array([probability(scores[t]) for t in chosen]), heaviest, heavy
