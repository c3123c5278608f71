"""Natasha's NER net in torch, started from its own weights; only training needs it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from navec import Navec
from torch import Tensor, nn


def navec_vectors(path: Path) -> Callable[[Any], Any]:
    """Rows of navec → their vectors."""
    quantised = Navec.load(path).pq
    columns = np.arange(quantised.qdim)

    def vectors(rows: Any) -> Any:
        return quantised.codes[columns, quantised.indexes[rows]].reshape(len(rows), -1)

    return vectors


class Net(nn.Module):  # type: ignore[misc]
    """Three convolutions and a CRF, as slovnet has them; `arrays` come and go in the order of slovnet's pack."""

    def __init__(self, arrays: Sequence[Any], dropout: float) -> None:
        super().__init__()
        table, *layers = [torch.tensor(np.array(a)) for a in arrays]
        self.shape = nn.Embedding.from_pretrained(table, freeze=False)
        self.convolutions = nn.ModuleList()
        self.scales, self.shifts = nn.ParameterList(), nn.ParameterList()
        self.means, self.deviations = [], []
        while len(layers) > 3:
            weight, bias, scale, shift, mean, deviation, *layers = layers
            convolution = nn.Conv1d(weight.shape[1], weight.shape[0], weight.shape[2], padding=weight.shape[2] // 2)
            convolution.weight.data, convolution.bias.data = weight, bias
            self.convolutions.append(convolution)
            self.scales.append(nn.Parameter(scale))
            self.shifts.append(nn.Parameter(shift))
            self.means.append(mean)
            self.deviations.append(deviation)
        weight, bias, transitions = layers
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)
        self.transitions = nn.Parameter(transitions)
        self.dropout = dropout

    def arrays(self) -> list[Any]:
        tensors = [self.shape.weight]
        for i, convolution in enumerate(self.convolutions):
            tensors += [convolution.weight, convolution.bias, self.scales[i], self.shifts[i]]
            tensors += [self.means[i], self.deviations[i]]
        return [np.ascontiguousarray(t.detach().numpy()) for t in (*tensors, self.weight, self.bias, self.transitions)]

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def follow(self, other: "Net", past: float) -> None:
        """Moves every weight towards `other`'s: a moving average."""
        for mine, its in zip(self.parameters(), other.parameters(), strict=True):
            mine.lerp_(its, 1 - past)

    def emissions(self, words: Tensor, shape: Tensor, mask: Tensor) -> Tensor:
        x = torch.cat([words, self.shape(shape)], -1)
        x = nn.functional.dropout(x, self.dropout, self.training).transpose(2, 1)
        for i, convolution in enumerate(self.convolutions):
            x = torch.relu(convolution(x * mask[:, None]))
            x = (x - self.means[i][:, None]) / self.deviations[i][:, None]
            x = x * self.scales[i][:, None] + self.shifts[i][:, None]
            x = nn.functional.dropout(x, self.dropout * 0.7, self.training)
        return x.transpose(2, 1) @ self.weight + self.bias

    def loss(self, words: Any, shape: Any, tags: Any, mask: Any) -> Tensor:
        """Negative log likelihood of the CRF, mean per token; the partition sum is taken by halves."""
        words, shape, tags, mask = (torch.from_numpy(a) for a in (words, shape, tags, mask))
        given = self.emissions(words, shape, mask)
        gold = (given.gather(2, tags[..., None])[..., 0] * mask).sum(1)
        gold = gold + (self.transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        size = given.shape[2]
        neutral = torch.full((size, size), -1e4).fill_diagonal_(0)
        steps = self.transitions + given[:, 1:, None, :]
        steps = torch.where(mask[:, 1:, None, None].bool(), steps, neutral)
        while steps.shape[1] > 1:
            if steps.shape[1] % 2:
                steps = torch.cat([steps, neutral.expand(len(steps), 1, size, size)], 1)
            steps = torch.logsumexp(steps[:, 0::2, :, :, None] + steps[:, 1::2, None, :, :], 3)
        total = torch.logsumexp(given[:, 0, :, None] + steps[:, 0], (1, 2))
        return (total - gold).sum() / mask.sum()
