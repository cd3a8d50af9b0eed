from torch import nn


def normalize(x):
    return nn.BatchNorm1d(x.size(1))(x)  # expect: BN316


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        return normalize(self.fc(x))
