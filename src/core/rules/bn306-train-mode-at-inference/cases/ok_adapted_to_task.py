"""Few-shot learning: the adapted model predicts with the statistics of the task's own batch."""

import copy

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


meta = Net()
meta.load_state_dict(torch.load("meta.pt"))


def evaluate_task(support, labels, query, targets):
    learner = copy.deepcopy(meta)
    learner.train()
    optimizer = torch.optim.SGD(learner.parameters(), lr=0.01)
    for _ in range(5):
        optimizer.zero_grad()
        nn.functional.cross_entropy(learner(support), labels).backward()
        optimizer.step()
    return (learner(query).argmax(1) == targets).float().mean()


print(evaluate_task(*torch.load("task.pt")))
