"""Trains small networks, puts one known fault into each copy, and writes models and samples.

    python make_faults.py <folder>

Writes `<folder>/<network>/<fault>.onnx`, one batch of samples per file `<network>/<inputs>_<n>.npy`,
and prints as its last line which model belongs to which samples.
"""

import copy
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from networks import DEVIATION, MEAN, NETWORKS, train
from torch import nn

warnings.filterwarnings("ignore")
BATCHES = 6
HEALTHY_BATCHES = 24
SAMPLES = 32


def norms(model):
    return [m for m in model.modules() if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d))]


def never_loaded(model, _):
    for norm in norms(model):
        norm.reset_running_stats()


def partly_loaded(model, _):
    """The checkpoint lacked the statistics of the second half of the network."""
    found = norms(model)
    for norm in found[len(found) // 2 :]:
        norm.reset_running_stats()


def one_layer_lost(model, _):
    found = norms(model)
    found[len(found) // 2].reset_running_stats()


def permuted(model, _):
    generator = torch.Generator().manual_seed(3)
    for norm in norms(model):
        order = torch.randperm(norm.num_features, generator=generator)
        norm.running_mean.copy_(norm.running_mean[order].clone())
        norm.running_var.copy_(norm.running_var[order].clone())


def stale(steps, decay=0.99):
    """Statistics that started at 0 and 1 and were updated a number of times only."""

    def make(model, images):
        generator = torch.Generator().manual_seed(4)
        for norm in norms(model):
            norm.reset_running_stats()
            norm.momentum = 1 - decay
        model.train()
        with torch.no_grad():
            for _ in range(steps):
                model(images[torch.randint(len(images), (64,), generator=generator)])
        model.eval()

    return make


def last_batch_only(model, images):
    """Momentum mistaken for decay: only the last small batch is remembered."""
    generator = torch.Generator().manual_seed(5)
    for norm in norms(model):
        norm.momentum = 0.99
    model.train()
    with torch.no_grad():
        for _ in range(3):
            model(images[torch.randint(len(images), (8,), generator=generator)])
    model.eval()
    for norm in norms(model):
        norm.momentum = 0.1


def quantised(model, _):
    """Statistics kept as 8-bit integers with one scale per tensor."""
    for norm in norms(model):
        for values in (norm.running_mean, norm.running_var):
            scale = values.abs().max() / 127
            values.copy_((values / scale).round() * scale)


def other_model(model, images):
    """Statistics of a network of the same shape with other weights."""
    other = copy.deepcopy(model)
    torch.manual_seed(9)
    for module in other.modules():
        if hasattr(module, "reset_parameters") and not isinstance(module, nn.BatchNorm2d):
            module.reset_parameters()
    stale(300, 0.9)(other, images)
    for norm, source in zip(norms(model), norms(other)):
        norm.running_mean.copy_(source.running_mean)
        norm.running_var.copy_(source.running_var)


MODEL_FAULTS = {
    "healthy": lambda model, images: None,
    "never-loaded": never_loaded,
    "partly-loaded": partly_loaded,
    "one-layer-lost": one_layer_lost,
    "permuted": permuted,
    "stale-10": stale(10),
    "stale-50": stale(50),
    "stale-100": stale(100),
    "stale-200": stale(200),
    "stale-500": stale(500),
    "last-batch-only": last_batch_only,
    "quantised": quantised,
    "other-model": other_model,
}


def denormalised(x):
    is_colour = x.shape[1] == 3
    return x * (DEVIATION if is_colour else 0.376) + (MEAN if is_colour else 0.306)


INPUT_FAULTS = {
    "healthy": lambda x: x,
    "times-255": lambda x: x * 255,
    "raw-0-255": lambda x: denormalised(x) * 255,
    "not-normalised": denormalised,
    "scaled-twice": lambda x: (denormalised(x) / 255 - 0.45) / 0.225,
    "half-mean-half-deviation": lambda x: (denormalised(x) - 0.5) / 0.5,
}
COLOUR_FAULTS = {"bgr": lambda x: x.flip(1), "mean-of-bgr": None}


def export(model, images, path):
    torch.onnx.export(
        model, images[:2], str(path), dynamo=False, opset_version=17,
        training=torch.onnx.TrainingMode.PRESERVE,
        input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "N"}, "y": {0: "N"}},
    )


def swapped_means(x):
    """Right order of channels, but red's mean and deviation for blue and the other way round."""
    return (denormalised(x) - MEAN.flip(1)) / DEVIATION.flip(1)


def main(folder):
    cases = []
    for name in NETWORKS:
        model, (images, _), (test, labels), accuracy = train(name)
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        inputs = dict(INPUT_FAULTS)
        if images.shape[1] == 3:
            inputs |= {**COLOUR_FAULTS, "mean-of-bgr": swapped_means}
        generator = torch.Generator().manual_seed(2)
        chosen = [torch.randperm(len(test), generator=generator)[:SAMPLES]
                  for _ in range(HEALTHY_BATCHES)]
        for kind, change in inputs.items():
            count = HEALTHY_BATCHES if kind == "healthy" else BATCHES
            for number, samples in enumerate(chosen[:count]):
                np.save(place / f"{kind}_{number}.npy", change(test[samples]).numpy())
        for fault, inject in MODEL_FAULTS.items():
            broken = copy.deepcopy(model)
            inject(broken, images)
            export(broken, images, place / f"{fault}.onnx")
            with torch.no_grad():
                right = (broken.eval()(test).argmax(1) == labels).float().mean().item()
            cases.append({"network": name, "fault": fault, "model": fault, "input": "healthy",
                          "batches": HEALTHY_BATCHES if fault == "healthy" else BATCHES,
                          "accuracy": right})
        for kind, change in inputs.items():
            if kind != "healthy":
                with torch.no_grad():
                    right = (model(change(test)).argmax(1) == labels).float().mean().item()
                cases.append({"network": name, "fault": kind, "model": "healthy", "input": kind,
                              "batches": BATCHES, "accuracy": right})
        print(f"{name}: accuracy {accuracy:.3f}", file=sys.stderr)
    print(json.dumps({"cases": cases}))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]))
