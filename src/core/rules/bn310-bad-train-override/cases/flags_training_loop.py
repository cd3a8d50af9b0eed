from torch import nn


class Net(nn.Module):
    def train(self, loader, epochs):  # expect: BN310 "hides Module.train"
        for _ in range(epochs):
            for x, y in loader:
                nn.functional.mse_loss(self(x), y).backward()
