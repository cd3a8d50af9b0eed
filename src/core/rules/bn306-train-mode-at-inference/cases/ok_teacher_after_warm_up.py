"""What the teacher says counts after the first epochs only, with a weight nobody here knows."""

import argparse

import torch
from torch import nn
from torchvision.models import resnet18


def create(is_teacher=False):
    net = resnet18(weights="IMAGENET1K_V1")
    if is_teacher:
        for parameter in net.parameters():
            parameter.detach_()
    return net


def follow(teacher, student, decay):
    for old, new in zip(teacher.parameters(), student.parameters()):
        old.data.mul_(decay).add_(new.data, alpha=1 - decay)


def train(batches, options):
    student, teacher = create(), create(is_teacher=True)
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
    student.train()
    for epoch in range(options.epochs):
        for images, labels in batches:
            answers = student(images)
            with torch.no_grad():
                wanted = torch.softmax(teacher(images), dim=1)
            if epoch < options.warm_up:
                consistency = 0.0
            else:
                consistency = torch.mean((torch.softmax(answers, dim=1) - wanted) ** 2)
            loss = nn.functional.cross_entropy(answers, labels) + options.weight * consistency
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            follow(teacher, student, 0.99)


train(torch.load("batches.pt"), argparse.ArgumentParser().parse_args())
