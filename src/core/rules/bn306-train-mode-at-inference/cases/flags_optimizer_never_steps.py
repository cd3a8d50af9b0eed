"""A test that was cut out of a training script, and kept its optimizer."""

import torch
from torch import nn, optim


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


def main():
    model = Net()
    optimizer = optim.Adam(model.parameters(), lr=1e-3)
    checkpoint = torch.load("last.pt")
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    print("learning rate was", optimizer.param_groups[0]["lr"])
    scores = model(torch.load("images.pt"))  # expect: BN306
    print(scores.argmax(1))


main()
