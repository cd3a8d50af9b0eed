"""The module as a whole is in training mode; the part that predicts is not."""

import copy

import torch
from torch import nn


class Pair(nn.Module):
    def __init__(self, student):
        super().__init__()
        self.student = student
        self.teacher = copy.deepcopy(student)
        self.teacher.eval()

    def forward(self, images):
        return self.teacher(images)


def small_net():
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(7200, 10))


pair = Pair(small_net())
pair.load_state_dict(torch.load("pair.pt"))


def predict(images):
    with torch.no_grad():
        return pair(images).argmax(1)


print(predict(torch.load("test.pt")))
