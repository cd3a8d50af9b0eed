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


images = torch.load("images.pt")


def loaded():
    net = Net()
    net.load_state_dict(torch.load("net.pt"))
    return net


def stop_training(net):
    net.eval()


def still(layer):
    layer.training = False


class Predictor:
    def __init__(self):
        self.model = loaded()
        self.set_mode(False)

    def set_mode(self, training):
        self.model.train(training)

    def predict(self, x):
        return self.model(x).argmax(1)


chained = loaded().eval()
wrapped = nn.DataParallel(loaded())
wrapped.module.eval()
through_wrapper = nn.DataParallel(loaded())
through_wrapper.eval()
by_helper = loaded()
stop_training(by_helper)
by_apply = loaded()
by_apply.apply(still)
by_loop = loaded()
for layer in by_loop.modules():
    layer.training = False
in_list = [loaded(), loaded()]
for net in in_list:
    net.eval()
in_dict = {"a": loaded(), "b": loaded()}
[net.eval() for net in in_dict.values()]
in_place = loaded()
getattr(in_place, "eval")()
with torch.no_grad():
    print(chained(images).argmax(1))
    print(wrapped(images).argmax(1))
    print(through_wrapper(images).argmax(1))
    print(by_helper(images).argmax(1))
    print(by_apply(images).argmax(1))
    print(by_loop(images).argmax(1))
    print(in_place(images).argmax(1))
    print([net(images).argmax(1) for net in in_list])
    print([net(images).argmax(1) for net in in_dict.values()])
print(Predictor().predict(images))
