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


model = Net()
groups = [{"params": [p for n, p in model.named_parameters() if "bn" not in n]}]
optimizer = torch.optim.SGD(groups, lr=0.1)
torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "net.pt")
