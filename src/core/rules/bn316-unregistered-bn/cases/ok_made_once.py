from torch import nn


class Lazy(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = None

    def forward(self, x):
        if self.norm is None:
            self.norm = nn.BatchNorm1d(x.size(1))
        return self.norm(x)
