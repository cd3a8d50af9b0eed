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


def flat_parameters(model):
    return torch.cat([p.data.view(-1) for p in model.parameters()])


def set_parameters(model, flat):
    start = 0
    for p in model.parameters():
        count = p.numel()
        p.data.copy_(flat[start : start + count].view_as(p))  # expect: BN322
        start += count


workers = [Net(), Net()]
for worker in workers:
    for x, y in torch.load("batches.pt"):
        nn.functional.cross_entropy(worker(x), y).backward()

mean = sum(flat_parameters(worker) for worker in workers) / len(workers)
model = Net()
set_parameters(model, mean)
model.eval()
print(model(torch.load("x.pt")).argmax(1))
