from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = {
            "a": nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4)),  # expect: BN316
        }
