from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norms = []
        for i in range(3):
            norm = nn.BatchNorm1d(4)
            self.add_module("norm%d" % i, norm)
            self.norms.append(norm)
