import torch
from torch import nn
from torchvision.models import resnet18

images = torch.load("images.pt")


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


def library_model():
    model = resnet18()
    model.load_state_dict(torch.load("resnet.pt"))
    return model(images).argmax(1)  # expect: BN306


def own_module():
    model = Net()
    model.load_state_dict(torch.load("net.pt"))
    return model(images).argmax(1)  # expect: BN306


def told_to_train_before_under_another_name():
    model = resnet18()
    model.train()
    model.load_state_dict(torch.load("resnet.pt"))
    other = model
    return loss_free(other)


def loss_free(net):
    return net(images).argmax(1)  # expect: BN306


def weights_in_a_variable():
    model = Net()
    checkpoint = torch.load("checkpoint.pt", map_location="cpu")
    weights = checkpoint["model"]
    model.load_state_dict(weights, strict=True)
    return model(images).argmax(1)  # expect: BN306


def load_into(model, path):
    model.load_state_dict(torch.load(path))
    return model


def received_as_parameter(model):
    load_into(model, "net.pt")
    with torch.no_grad():
        return model(images).argmax(1)  # expect: BN306


class Service:
    def __init__(self):
        self.model = None
        self.load("net.pt")

    def load(self, path):
        self.model = Net().to("cpu")
        self.model.load_state_dict(torch.load(path))

    def answer(self, x):
        return self.model(x).argmax(1)  # expect: BN306


library_model()
own_module()
told_to_train_before_under_another_name()
weights_in_a_variable()
received_as_parameter(Net())
print(Service().answer(images))
