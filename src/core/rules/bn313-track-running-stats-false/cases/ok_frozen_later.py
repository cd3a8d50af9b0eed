from torch import nn
from torchvision.models import resnet18

net = resnet18(weights="DEFAULT")
for layer in net.modules():
    if isinstance(layer, nn.BatchNorm2d):
        layer.eval()
        layer.track_running_stats = False
