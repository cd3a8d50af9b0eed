import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


def restore(path):
    model = Net(classes=2)
    weights = torch.load(path)
    weights = {name.replace("module.", ""): value for name, value in weights.items()}
    model.load_state_dict(weights, strict=False)  # expect: BN305 "nothing looks at the keys"
    return model.eval()


restore("net.pt")
