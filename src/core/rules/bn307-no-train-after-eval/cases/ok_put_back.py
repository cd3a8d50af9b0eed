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


@torch.no_grad()
def validate(model, loader):
    was_training = model.training
    model.eval()
    score = sum((model(x).argmax(1) == y).float().mean() for x, y in loader)
    model.train(was_training)
    return score


@torch.no_grad()
def sample(model, x):
    was_training = model.training
    model.eval()
    scores = model(x).softmax(1)
    if was_training:
        model.train()
    return scores


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step, (x, y) in enumerate(torch.load("train.pt")):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()
    if step % 100 == 0:
        print(validate(model, torch.load("valid.pt")), sample(model, x))
