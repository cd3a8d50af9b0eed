"""Small real networks: one per way in which BatchNorm is used in practice."""

import numpy as np
import torch
from sklearn.datasets import load_digits, load_sample_images
from torch import nn
from torch.nn import functional as F


def conv(width_in, width_out, stride=1, kernel=3, groups=1):
    return nn.Conv2d(width_in, width_out, kernel, stride, kernel // 2, groups=groups, bias=False)


class Plain(nn.Module):
    """Convolution, BatchNorm, ReLU, again and again, as in VGG."""

    def __init__(self, channels, classes):
        super().__init__()
        widths = [channels, 24, 32, 48, 64]
        layers = []
        for index, (a, b) in enumerate(zip(widths, widths[1:])):
            layers += [conv(a, b, 2 if index % 2 else 1), nn.BatchNorm2d(b), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


class Block(nn.Module):
    def __init__(self, a, b, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(a, b, stride), nn.BatchNorm2d(b)
        self.conv2, self.bn2 = conv(b, b), nn.BatchNorm2d(b)
        self.shortcut = nn.Sequential()
        if stride != 1 or a != b:
            self.shortcut = nn.Sequential(conv(a, b, stride, 1), nn.BatchNorm2d(b))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class Residual(nn.Module):
    """Shortcuts around pairs of layers, as in ResNet."""

    def __init__(self, channels, classes):
        super().__init__()
        self.stem, self.bn = conv(channels, 16), nn.BatchNorm2d(16)
        self.body = nn.Sequential(Block(16, 16, 1), Block(16, 32, 2), Block(32, 48, 2))
        self.head = nn.Linear(48, classes)

    def forward(self, x):
        return self.head(self.body(torch.relu(self.bn(self.stem(x)))).mean((2, 3)))


class Separable(nn.Module):
    """A depthwise and a pointwise convolution by turns, with ReLU6, as in MobileNet."""

    def __init__(self, channels, classes):
        super().__init__()
        layers = [conv(channels, 16), nn.BatchNorm2d(16), nn.ReLU6()]
        for a, b, stride in ((16, 32, 1), (32, 48, 2), (48, 64, 1), (64, 64, 2)):
            layers += [conv(a, a, stride, groups=a), nn.BatchNorm2d(a), nn.ReLU6()]
            layers += [conv(a, b, 1, 1), nn.BatchNorm2d(b), nn.ReLU6()]
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(64, classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


class PreActivation(nn.Module):
    """BatchNorm before the convolution, on concatenated features, as in DenseNet."""

    def __init__(self, channels, classes):
        super().__init__()
        self.stem = conv(channels, 16)
        widths = [16 + 12 * index for index in range(6)]
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in widths)
        self.convs = nn.ModuleList(conv(width, 12) for width in widths)
        self.last = nn.BatchNorm2d(16 + 12 * 6)
        self.head = nn.Linear(16 + 12 * 6, classes)

    def forward(self, x):
        x = self.stem(x)
        for index, (norm, layer) in enumerate(zip(self.norms, self.convs)):
            x = torch.cat([x, layer(torch.relu(norm(x)))], 1)
            if index == 2:
                x = F.avg_pool2d(x, 2)
        return self.head(torch.relu(self.last(x)).mean((2, 3)))


class Dense(nn.Module):
    """BatchNorm between fully connected layers: one value per sample and channel."""

    def __init__(self, features, classes):
        super().__init__()
        widths = [features, 128, 96, 64]
        layers = [nn.Flatten()]
        for a, b in zip(widths, widths[1:]):
            layers += [nn.Linear(a, b, bias=False), nn.BatchNorm1d(b), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(64, classes)

    def forward(self, x):
        return self.head(self.body(x))


def digits():
    """Handwritten digits of scikit-learn, 8 by 8, scaled as training scripts do."""
    data = load_digits()
    images = torch.tensor(data.images / 16, dtype=torch.float32)[:, None]
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(0))
    images, labels = images[order], torch.tensor(data.target)[order]
    images = (images - 0.306) / 0.376
    return (images[:1100], labels[:1100]), (images[1100:], labels[1100:])


MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)


def patches():
    """Pieces of scikit-learn's two photographs; the class is the photograph and the third of its
    height.

    Training and test take them from upright bands that do not touch. Normalised as for ImageNet.
    """
    random = np.random.default_rng(0)
    photos = load_sample_images().images
    parts = {}
    for part, count, lefts in (("train", 1280, range(84)), ("test", 640, range(110, 130))):
        images, labels = [], []
        for index in range(count):
            picture, top = index % 2, random.integers(0, 402)
            left = 160 * random.integers(0, 4) + random.choice(lefts)
            images.append(photos[picture][top : top + 24, left : left + 24])
            labels.append(3 * picture + top // 134)
        images = torch.tensor(np.stack(images), dtype=torch.float32).permute(0, 3, 1, 2) / 255
        order = torch.tensor(random.permutation(count))
        parts[part] = ((images[order] - MEAN) / DEVIATION, torch.tensor(labels)[order])
    return parts["train"], parts["test"]


NETWORKS = {
    "digits-plain": (lambda: Plain(1, 10), digits),
    "digits-residual": (lambda: Residual(1, 10), digits),
    "digits-dense": (lambda: Dense(64, 10), digits),
    "photos-residual": (lambda: Residual(3, 6), patches),
    "photos-separable": (lambda: Separable(3, 6), patches),
    "photos-preactivation": (lambda: PreActivation(3, 6), patches),
}


def train(name, epochs=12, batch=64):
    """A network trained to a useful accuracy, and its test samples."""
    torch.manual_seed(1)
    make, data = NETWORKS[name]
    (images, labels), test = data()
    model = make()
    steps = epochs * (len(images) // batch)
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9, weight_decay=5e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.2, total_steps=steps)
    for _ in range(epochs):
        order = torch.randperm(len(images))
        for at in range(0, batch * (len(images) // batch), batch):
            chosen = order[at : at + batch]
            loss = F.cross_entropy(model(images[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    model.eval()
    with torch.no_grad():
        accuracy = (model(test[0]).argmax(1) == test[1]).float().mean().item()
    return model, (images, labels), test, accuracy
