import copy

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


student = Net()
teacher = copy.deepcopy(student)
for step, x in enumerate(torch.load("batches.pt")):
    with torch.no_grad():
        target = teacher(x)
    nn.functional.mse_loss(student(x), target).backward()
    if step % 10 == 0:
        for t, s in zip(teacher.parameters(), student.parameters()):
            t.data.copy_(s.data)
