import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


def clone_of(model):
    clone = Net()
    for new, old in zip(clone.parameters(), model.parameters()):
        new.data = old.data.clone()  # expect: BN302
    return clone


model = Net()
model.load_state_dict(torch.load("net.pt"))
served = clone_of(model)
served.eval()
print(served(torch.load("image.pt")).argmax(1))
