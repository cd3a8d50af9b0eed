from torch import nn


class Net(nn.Module):
    def train(self, mode=True):  # expect: BN310 "return self"
        super().train(mode)
        for layer in self.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.eval()
        return self
