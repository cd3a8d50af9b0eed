from torch import nn


class Trainer:
    def train(self, loader, epochs):
        self.net = nn.Linear(2, 2)
