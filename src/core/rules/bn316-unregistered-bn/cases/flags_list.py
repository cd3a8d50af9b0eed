from torch import nn


class Net(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.norms = []
        for _ in range(depth):
            self.norms.append(nn.BatchNorm1d(4))  # expect: BN316 "self.norms"

    def forward(self, x):
        for norm in self.norms:
            x = norm(x)
        return x


net = Net()
