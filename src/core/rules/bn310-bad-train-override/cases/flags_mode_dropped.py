from torch import nn


class Base(nn.Module):
    pass


class Net(Base):
    def train(self, mode=True):  # expect: BN310 "super().train(mode)"
        self.is_learning = mode
        return self
