"""The learner decides what frozen layers do."""

import torch
from fastai.vision.all import Learner
from torch import nn
from torchvision.models import resnet18

body = resnet18()
body.requires_grad_(False)
model = nn.Sequential(body, nn.Linear(1000, 2))
learner = Learner(torch.load("loaders.pt"), model, train_bn=False)
learner.fit(3)
