"""Frozen statistics on purpose; the flag is for dropout."""

from torch import nn
from torch.nn import functional


class Block(nn.Module):
    def forward(self, x, training=False):
        x = functional.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias)
        return functional.dropout(x, 0.5, training)
