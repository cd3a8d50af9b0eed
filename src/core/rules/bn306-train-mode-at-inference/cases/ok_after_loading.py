import torch
from torch import nn
from torchvision.models import resnet18, vgg16

from somewhere import serve

images = torch.load("images.pt")


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


def without_batch_norm():
    model = vgg16()
    model.load_state_dict(torch.load("vgg.pt"))
    return model(images).argmax(1)


def loaded_and_never_run():
    model = Net()
    model.load_state_dict(torch.load("net.pt"))


def received_from_nobody_knows_where(model):
    model.load_state_dict(torch.load("net.pt"))
    return model(images).argmax(1)


def evaluated():
    model = resnet18()
    model.load_state_dict(torch.load("resnet.pt"))
    model.eval()
    return model(images).argmax(1)


def told_not_to_train():
    model = Net()
    model.load_state_dict(torch.load("net.pt"))
    model.train(False)
    return model(images).argmax(1)


def told_by_a_variable(is_training=False):
    model = Net()
    model.load_state_dict(torch.load("net.pt"))
    model.train(is_training)
    return model(images).argmax(1)


def evaluated_under_another_name():
    model = Net()
    model.load_state_dict(torch.load("net.pt"))
    other = model
    other.eval()
    return model(images).argmax(1)


def handed_to_code_that_is_not_here():
    model = Net()
    model.load_state_dict(torch.load("net.pt"))
    serve(model)
    return model(images).argmax(1)


def get_ready(net):
    for part in [net]:
        part.eval()


def evaluated_by_a_function():
    model = Net()
    model.load_state_dict(torch.load("net.pt"))
    get_ready(model)
    return model(images).argmax(1)


def evaluated_before_loading():
    model = Net().eval()
    model.load_state_dict(torch.load("net.pt"))
    return model(images).argmax(1)


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = Net()
        self.head = nn.Linear(2, 2)
        self.body.eval()

    def train(self, mode=True):
        super().train(mode)
        self.body.train(False)
        return self

    def forward(self, x):
        return self.head(self.body(x))


def frozen_part():
    model = Frozen()
    model.load_state_dict(torch.load("frozen.pt"))
    return model(images).argmax(1)


class Service:
    def __init__(self):
        self.model = Net()
        self.model.load_state_dict(torch.load("net.pt"))
        self._get_ready()

    def _get_ready(self):
        self.model.eval()

    def answer(self, x):
        return self.model(x).argmax(1)


without_batch_norm()
loaded_and_never_run()
evaluated()
told_not_to_train()
told_by_a_variable()
evaluated_under_another_name()
handed_to_code_that_is_not_here()
evaluated_by_a_function()
evaluated_before_loading()
frozen_part()
print(Service().answer(images))
