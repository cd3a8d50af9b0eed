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


import copy

student = Net()
teacher = copy.deepcopy(student)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for x in torch.load("batches.pt"):
    with torch.no_grad():
        target = teacher(x).softmax(1)
    loss = nn.functional.mse_loss(student(x).softmax(1), target)
    loss.backward()
    optimizer.step()
