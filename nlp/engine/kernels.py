"""The loops that numpy has no words for, compiled by numba and kept compiled in the environment.

Every kernel that Python calls has one explicit signature, so that importing this module is all the compiling there is:
some seconds the first time, milliseconds afterwards. `first[t]` is 1 where token t begins a sequence (a sentence or a
document); nothing flows over such a border.
"""

import gc
import sys

import numpy as np
from numba import njit

# ruff: noqa: SIM109 - numba compiles a membership test to a loop
# mypy: disable-error-code="no-untyped-def, call-overload, untyped-decorator"

SCIPY = "scipy.linalg.cython_blas"
"""What numba imports before it first compiles: a third of a second, and 20 MiB, for products that no kernel makes."""
sys.modules.setdefault(SCIPY, None)  # type: ignore[arg-type] # None: as if it were not installed
COLLECTING = gc.isenabled()
gc.disable()  # compiling makes a million objects; looking through them for circles takes a tenth of its time

SPACE, RU, LAT, INT, PUNCT, OTHER = range(6)
KIND, DASH, UNDERSCORE, POINT, SLASH, ENDING = 7, 8, 16, 32, 64, 128
"""Bits of a character's class: its kind (the six above), then what razdel's rules ask of a punctuation mark."""
YAHOO = np.array([ord(letter) for letter in "yahoo"], np.uint32)
TIE = 1e-5
"""Two scores nearer than this, for their size, may change places when sums are made in another order."""


@njit(no_cpython_wrapper=True, no_cfunc_wrapper=True)
def near(top, other):
    return top - other < TIE * (1 + abs(top))


@njit(no_cpython_wrapper=True, no_cfunc_wrapper=True)
def smile(c, start, stop):
    """Is the text from start to stop «:-)», «;(((», «=)»?"""
    i = start
    if not (c[i] == 61 or c[i] == 58 or c[i] == 59):
        return 0
    i += 1
    if i < stop and c[i] == 45:
        i += 1
    if stop - i < 1 or stop - i > 3:
        return 0
    for k in range(i, stop):
        if not (c[k] == 40 or c[k] == 41):
            return 0
    return 1


@njit(no_cpython_wrapper=True, no_cfunc_wrapper=True)
def bridges(kinds, n, left, right):
    """razdel's 2112 rules: is one of two atoms side by side a mark that holds its neighbours together («кто-то»)?"""
    for bit in (DASH, UNDERSCORE, POINT, SLASH):
        if kinds[left] & bit:
            if left < 1:
                continue
            a, b = kinds[left - 1] & KIND, kinds[right] & KIND
        elif kinds[right] & bit:
            if right + 1 >= n:
                continue
            a, b = kinds[left] & KIND, kinds[right + 1] & KIND
        else:
            continue
        if bit == DASH or bit == UNDERSCORE:
            if a != PUNCT and b != PUNCT:
                return 1
        elif a == INT and b == INT:
            return 1
    return 0


@njit(no_cpython_wrapper=True, no_cfunc_wrapper=True)
def yahoo(c, start, stop):
    if stop - start != 5:
        return 0
    for i in range(5):
        if c[start + i] | 32 != YAHOO[i]:
            return 0
    return 1


@njit("i8(u4[::1], u1[::1], u1[::1], i4[::1], i4[::1])", cache=True, no_cfunc_wrapper=True)
def tokens(c, classes, kinds, begin, end):
    """razdel's tokens of the code points `c`, written to `begin` and `end`; their number. All arrays are as long."""
    size = c.shape[0]
    n, i = 0, 0
    while i < size:
        kind = classes[c[i]]
        if kind == SPACE:
            i += 1
            continue
        j = i + 1
        if kind == RU or kind == LAT or kind == INT:
            while j < size and classes[c[j]] == kind:
                j += 1
        kinds[n], begin[n], end[n] = kind, i, j
        n += 1
        i = j
    if n == 0:
        return 0
    # Now atoms; tokens are written over those of them that were read.
    count, start = 0, begin[0]
    for k in range(1, n):
        joined = begin[k] == end[k - 1]
        if joined:
            a, b = kinds[k - 1], kinds[k]
            ka, kb = a & KIND, b & KIND
            joined = bridges(kinds, n, k - 1, k) == 1
            if not joined and ka == PUNCT and kb == PUNCT:
                left, right = c[begin[k - 1]], c[begin[k]]
                joined = (
                    (a & ENDING and b & ENDING)
                    or (left == right and (left == 45 or left == 42))
                    or smile(c, start, end[k]) == 1
                )
            elif not joined:
                joined = (
                    (ka == OTHER and (kb == OTHER or kb == RU or kb == LAT))
                    or (kb == OTHER and (ka == RU or ka == LAT))
                    or (c[begin[k]] == 33 and ka == LAT and yahoo(c, begin[k - 1], end[k - 1]) == 1)
                )
        if not joined:
            begin[count], end[count] = start, end[k - 1]
            count += 1
            start = begin[k]
    begin[count], end[count] = start, end[n - 1]
    return count + 1


@njit(
    "void(i4[::1], i4[::1], u1[::1], f4[:,:,::1], i8, f4[:,:,::1], f4[::1], f4[::1], f4[::1], f4[:,:,::1])",
    cache=True,
    no_cfunc_wrapper=True,
)
def first_layer(rows, shapes, first, words, place, table, zero, scale, shift, X):
    """The first convolution, ReLU and norm of several nets: what three words and three shapes add.

    `zero` stands for neighbours that are none.
    """
    nets, n, width = X.shape
    for t in range(n):
        word, shape = words[rows[t], 1], table[shapes[t], 1]
        word_before = shape_before = word_after = shape_after = zero
        if t > 0 and not first[t]:
            word_before, shape_before = words[rows[t - 1], 0], table[shapes[t - 1], 0]
        if t + 1 < n and not first[t + 1]:
            word_after, shape_after = words[rows[t + 1], 2], table[shapes[t + 1], 2]
        for m in range(nets):
            x = X[m, t]
            o = m * width
            w = place + o
            for k in range(width):
                v = (word_before[w + k] + shape_before[o + k]) + (word[w + k] + shape[o + k])
                v += word_after[w + k] + shape_after[o + k]
                v = v if v > 0 else np.float32(0)
                x[k] = v * scale[o + k] + shift[o + k]


@njit("void(f4[:,::1], u1[::1], f4[::1], f4[::1], f4[::1], f4[::1], f4[:,::1])", cache=True, no_cfunc_wrapper=True)
def next_layer(Y, first, zero, bias, scale, shift, X):
    """A further convolution, whose three taps stand side by side in Y, then ReLU and norm."""
    n, width = X.shape
    for t in range(n):
        before = zero if t == 0 or first[t] else Y[t - 1]
        after = zero if t + 1 == n or first[t + 1] else Y[t + 1]
        here, x = Y[t], X[t]
        for k in range(width):
            v = before[k] + here[width + k] + after[2 * width + k] + bias[k]
            v = v if v > 0 else np.float32(0)
            x[k] = v * scale[k] + shift[k]


@njit(
    "void(f4[:,::1], i8[::1], f4[:,::1], f4[::1], f4[::1], u1[:,::1], u1[:,::1], u1[::1], u1[::1])",
    cache=True,
    no_cfunc_wrapper=True,
)
def viterbi(emissions, borders, transitions, score, fresh, history, doubts, tags, doubt):
    """The best tags of each sequence borders[s] … borders[s + 1], and where on the way another was as good.

    `score` and `fresh` have room for all tags, `history` and `doubts` for all of each token; `doubts` are zero.
    """
    K = emissions.shape[1]
    for s in range(borders.shape[0] - 1):
        o, end = borders[s], borders[s + 1]
        if o == end:
            continue
        for j in range(K):
            score[j] = emissions[o, j]
        for t in range(o + 1, end):
            for j in range(K):
                best, top = 0, (score[0] + transitions[0, j]) + emissions[t, j]
                for i in range(1, K):
                    v = (score[i] + transitions[i, j]) + emissions[t, j]
                    if v > top:
                        doubts[t, j] = near(v, top)
                        best, top = i, v
                    elif near(top, v):
                        doubts[t, j] = 1
                fresh[j] = top
                history[t, j] = best
            for j in range(K):
                score[j] = fresh[j]
        best = 0
        for j in range(1, K):
            if score[j] > score[best]:
                best = j
        for j in range(K):
            if j != best and near(score[best], score[j]):
                doubt[o] = 1
        tags[end - 1] = best
        for t in range(end - 1, o, -1):
            doubt[o] |= doubts[t, best]
            best = history[t, best]
            tags[t - 1] = best


@njit(
    "void(f4[:,::1], f4[:,::1], f4[::1], i8[::1], i8, i4[::1], u1[::1])",
    cache=True,
    no_cfunc_wrapper=True,
    fastmath={"reassoc", "contract"},
)
def heads(dependents, candidates, root, borders, longest, out, doubt):
    """For every token the best head in its sentence: its index in the stream, -1 for the root.

    Sentences of more than `longest` tokens are left alone.
    """
    H = dependents.shape[1]
    for s in range(borders.shape[0] - 1):
        if borders[s + 1] - borders[s] > longest:
            continue
        for i in range(borders[s], borders[s + 1]):
            d = dependents[i]
            top = np.float32(0)
            for h in range(H):
                top += d[h] * root[h]
            best = -1
            doubt[i] = 0
            for j in range(borders[s], borders[s + 1]):
                v = np.float32(0)
                for h in range(H):
                    v += d[h] * candidates[j, h]
                if v > top:
                    doubt[i] = near(v, top)
                    top, best = v, j
                elif near(top, v):
                    doubt[i] = 1
            out[i] = best


@njit("void(f4[:,:,::1], f4[:,::1], i8[::1], i8[::1], f4[::1], u1[::1], u1[::1])", cache=True, no_cfunc_wrapper=True)
def relations(R, dependents, row, token, score, out, doubt):
    """For each token[k] the best relation to the head whose kernel (hidden × labels) is R[row[k]].

    `score` has room for the labels.
    """
    hidden, labels = R.shape[1], R.shape[2]
    for k in range(token.shape[0]):
        d, kernel = dependents[token[k]], R[row[k]]
        for label in range(labels):
            score[label] = 0
        for h in range(hidden):
            v, part = d[h], kernel[h]
            if v != 0:
                for label in range(labels):
                    score[label] += v * part[label]
        best = 0
        for label in range(1, labels):
            if score[label] > score[best]:
                best = label
        for label in range(labels):
            if label != best and near(score[best], score[label]):
                doubt[token[k]] = 1
        out[token[k]] = best


@njit("void(f4[:,::1], i8[::1], u1[::1])", cache=True, no_cfunc_wrapper=True)
def rivals(scores, best, doubt):
    """Marks the rows in which another score is as good as the best."""
    n, K = scores.shape
    for t in range(n):
        row, top = scores[t], scores[t, best[t]]
        limit = top - np.float32(TIE) * (1 + abs(top))
        equals = np.int32(0)
        for k in range(K):
            equals += np.int32(1) if row[k] > limit else np.int32(0)
        doubt[t] = equals > 1


if sys.modules[SCIPY] is None:
    del sys.modules[SCIPY]
if COLLECTING:
    gc.enable()
