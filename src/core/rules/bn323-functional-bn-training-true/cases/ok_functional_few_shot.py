"""Few-shot learning: the task's own batch is what is normalized with, and nothing is kept."""

import torch
from torch.nn import functional


def forward(x, weights, index):
    x = functional.conv2d(x, weights[f"conv{index}.weight"])
    mean = torch.zeros(x.size(1))
    var = torch.ones(x.size(1))
    x = functional.batch_norm(x, mean, var, weights[f"bn{index}.weight"], training=True)
    return functional.batch_norm(x, None, None, training=True)
