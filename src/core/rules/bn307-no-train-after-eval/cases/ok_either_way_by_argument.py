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


class Runner:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def run(self, loader, phase):
        if phase == "train":
            self.model.train()
        else:
            self.model.eval()
        for x, y in loader:
            with torch.set_grad_enabled(phase == "train"):
                loss = nn.functional.cross_entropy(self.model(x), y)
                if phase == "train":
                    self.optimizer.zero_grad()
                    loss.backward()
                    self.optimizer.step()


runner = Runner(Net())
runner.run(torch.load("train.pt"), "train")
runner.run(torch.load("valid.pt"), "valid")
for phase in input().split():
    runner.run(torch.load("more.pt"), phase)
