"""Exports networks with both of PyTorch's exporters, and writes down what forward hooks see.

    python make_observed.py <folder>

Writes `<folder>/<name>.onnx`, `<folder>/<name>.npy`, and prints as its last line, per model and per
BatchNorm in the order they run, the mean and the population variance of its input in evaluation mode.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from networks import NETWORKS
from torch import nn

warnings.filterwarnings("ignore")
SAMPLES = 24
SHAPES = {"digits": (1, 8, 8), "photos": (3, 24, 24), "volume": (2, 6, 7, 8), "series": (5, 40),
          "images": (3, 64, 64)}


class Volume(nn.Module):
    """Three-dimensional convolutions, one of them transposed: rank 5."""

    def __init__(self):
        super().__init__()
        self.down, self.bn1 = nn.Conv3d(2, 12, 3, 2, 1), nn.BatchNorm3d(12)
        self.up, self.bn2 = nn.ConvTranspose3d(12, 6, 2, 2), nn.BatchNorm3d(6)

    def forward(self, x):
        x = torch.relu(self.bn1(self.down(x)))
        return self.bn2(self.up(x)).mean((2, 3, 4))


class Series(nn.Module):
    """One-dimensional convolutions, and BatchNorm on rank 3 and rank 2."""

    def __init__(self):
        super().__init__()
        self.conv, self.bn1 = nn.Conv1d(5, 16, 5), nn.BatchNorm1d(16)
        self.linear, self.bn2 = nn.Linear(16, 9), nn.BatchNorm1d(9)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv(x))).mean(2)
        return self.bn2(self.linear(x))


class Shifted(nn.Module):
    """Values a hundred deviations from zero, where the cheap formula for the variance fails."""

    def __init__(self):
        super().__init__()
        self.bn0 = nn.BatchNorm2d(3)
        self.conv, self.bn1 = nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)

    def forward(self, x):
        return self.bn1(self.conv(self.bn0(x + 100) + 50)).mean((2, 3))


def architectures():
    """Well-known ones with random weights, where torchvision is installed."""
    try:
        from torchvision import models
    except (ImportError, RuntimeError) as cause:
        print(f"without torchvision's architectures: {cause}", file=sys.stderr)
        return {}
    names = ("resnet18", "mobilenet_v2", "densenet121", "shufflenet_v2_x0_5", "efficientnet_b0", "mnasnet0_5")
    return {f"images-{name}": lambda name=name: models.get_model(name, weights=None) for name in names}


def norms(model):
    kinds = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
    return [(name, m) for name, m in model.named_modules() if isinstance(m, kinds)]


def random_statistics(model):
    for _, norm in norms(model):
        norm.weight.data.uniform_(0.5, 1.5)
        norm.bias.data.normal_(0, 0.3)
        norm.running_mean.normal_(0, 0.5)
        norm.running_var.uniform_(0.5, 2)


def plausible_statistics(model, x):
    """Those of a batch, and off by some.

    Fifty layers on, freely drawn ones leave channels that hardly vary around a mean a thousand times as
    large: there PyTorch's own float32 is 2e-4 away from its float64.
    """
    for _, norm in norms(model):
        norm.momentum = 1.0
    model.train()
    with torch.no_grad():
        model(x)
    for _, norm in norms(model):
        norm.running_mean += 0.2 * norm.running_var.sqrt() * torch.randn(norm.num_features)
        norm.running_var *= torch.empty(norm.num_features).uniform_(0.7, 1.4)


def observe(model, x):
    seen = []

    def hook(_, inputs):
        values = inputs[0].double().transpose(0, 1).flatten(1)
        seen.append({"mean": values.mean(1).tolist(), "variance": values.var(1, False).tolist()})

    handles = [norm.register_forward_pre_hook(hook) for _, norm in norms(model)]
    with torch.no_grad():
        model(x)
    for handle in handles:
        handle.remove()
    return seen


def export(model, x, path, is_new):
    if is_new:
        batch = torch.export.Dim("batch", min=2, max=4096)
        torch.onnx.export(model, (x,), str(path), dynamo=True, optimize=False,
                          external_data=False, dynamic_shapes=({0: batch},), verbose=False)
    else:
        torch.onnx.export(model, x, str(path), dynamo=False, opset_version=17,
                          training=torch.onnx.TrainingMode.PRESERVE,
                          input_names=["x"], output_names=["y"],
                          dynamic_axes={"x": {0: "N"}, "y": {0: "N"}})


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    makers = {name: make for name, (make, _) in NETWORKS.items()}
    makers |= {"volume-net": Volume, "series-net": Series, "photos-shifted": Shifted}
    makers |= architectures()
    models = []
    for name, make in makers.items():
        torch.manual_seed(len(models))
        model = make()
        random_statistics(model)
        x = torch.randn(SAMPLES, *SHAPES[name.split("-")[0]])
        if name.startswith("images-"):
            plausible_statistics(model, x)
        model.eval()
        np.save(folder / f"{name}.npy", x.numpy())
        layers = observe(model, x)
        for exporter in ("script", "dynamo"):
            path = folder / f"{name}-{exporter}.onnx"
            export(model, x[:2], path, exporter == "dynamo")
            models.append({"model": path.stem, "input": name, "layers": layers})
    print(json.dumps({"models": models}))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]))
