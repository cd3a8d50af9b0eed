"""Train one network on real digits, restore it in two ways, and show what the difference costs.

    pip install torch scikit-learn onnx
    python make_models.py

Writes healthy.onnx, broken.onnx, mixed.npz, similar.npz and results.json next to this file.
The steps, and what the numbers mean, are explained in ../README.md.
"""

import argparse
import copy
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from scipy import ndimage
from sklearn.datasets import load_digits
from torch import nn

SEED = 7
BATCH = 64


class Block(nn.Module):
    """A residual block: two convolutions, each followed by BatchNorm, and a shortcut."""

    def __init__(self, width_in, width_out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(width_in, width_out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width_out)
        self.conv2 = nn.Conv2d(width_out, width_out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width_out)
        self.shortcut = nn.Sequential()
        if stride != 1 or width_in != width_out:
            self.shortcut = nn.Sequential(
                nn.Conv2d(width_in, width_out, 1, stride, bias=False), nn.BatchNorm2d(width_out)
            )

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


class Backbone(nn.Module):
    """The part that is trained once and reused, as the layers of an ImageNet ResNet are."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 16, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(16)
        self.block1 = Block(16, 16, 1)
        self.block2 = Block(16, 32, 2)
        self.block3 = Block(32, 40, 2)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv(x)))
        return self.block3(self.block2(self.block1(x)))


class Head(nn.Module):
    """The new part: it comes from no checkpoint, so its BatchNorm learns its own statistics."""

    def __init__(self, classes):
        super().__init__()
        self.conv = nn.Conv2d(40, 32, 2, bias=False)
        self.bn = nn.BatchNorm2d(32)
        self.logits = nn.Linear(32, classes)

    def forward(self, x):
        return self.logits(torch.relu(self.bn(self.conv(x))).flatten(1))


class Classifier(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.backbone = Backbone()
        self.head = Head(classes)

    def forward(self, x):
        return self.head(self.backbone(x))


def load_data():
    """Splits the 1797 digits: 900 to pretrain on, 500 to fine-tune on, the rest to test."""
    digits = load_digits()
    order = np.random.default_rng(SEED).permutation(len(digits.images))
    images = torch.tensor(digits.images[order] / 16.0, dtype=torch.float32)[:, None]
    labels = torch.tensor(digits.target[order])
    cuts = [slice(0, 900), slice(900, 1400), slice(1400, None)]
    return [(images[cut], labels[cut]) for cut in cuts]


def train(model, optimizer, data, epochs):
    """Trains in train mode and returns the mean loss of the last epoch."""
    images, labels = data
    model.train()
    for _ in range(epochs):
        losses = []
        order = torch.randperm(len(images))
        for start in range(0, len(images) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            loss = nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return sum(losses) / len(losses)


def pretrain(data):
    torch.manual_seed(SEED)
    model = Classifier()
    train(model, torch.optim.Adam(model.parameters(), 3e-3), data, epochs=30)
    return model.backbone.state_dict()


def restore_everything(model, checkpoint):
    model.backbone.load_state_dict(checkpoint)


def restore_trainable_only(model, checkpoint):
    """What `Saver(tf.get_collection(TRAINABLE_VARIABLES))` restores: no running statistics."""
    trainable = {name: checkpoint[name] for name, _ in model.backbone.named_parameters()}
    model.backbone.load_state_dict(trainable, strict=False)


def fine_tune(restore, checkpoint, data, backbone_momentum=0.0):
    """Trains a new head, and the backbone a little, as a TensorFlow 1 loop does.

    In TensorFlow 1 a training step normalises with the batch and does not touch moving_mean and
    moving_variance: separate update ops do that, and many loops do not run those of the backbone,
    to keep the statistics it came with. In PyTorch the same loop is momentum = 0.
    """
    torch.manual_seed(SEED + 1)
    model = Classifier()
    restore(model, checkpoint)
    for module in model.backbone.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = backbone_momentum
    groups = [
        {"params": model.backbone.parameters(), "lr": 1e-4},
        {"params": model.head.parameters(), "lr": 3e-3},
    ]
    final_loss = train(model, torch.optim.Adam(groups), data, epochs=20)
    return model, final_loss


def mixed_batches(data):
    images, labels = data
    whole = len(images) - len(images) % BATCH
    return list(zip(images[:whole].split(BATCH), labels[:whole].split(BATCH)))


def similar_batch(image, label, seed):
    """One digit, photographed again and again: moved by a tenth of a pixel, brighter, noisier."""
    rng = np.random.default_rng(seed)
    variations = []
    for _ in range(BATCH):
        moved = ndimage.shift(image[0].numpy(), rng.uniform(-0.1, 0.1, 2), order=1)
        noisy = moved * rng.uniform(0.95, 1.05) + rng.normal(0, 0.02, moved.shape)
        variations.append(np.clip(noisy, 0, 1))
    return torch.tensor(np.stack(variations), dtype=torch.float32)[:, None], label.repeat(BATCH)


def accuracy(model, batches, mode):
    """Share of right answers. In train mode every BatchNorm uses the batch's own statistics."""
    measured = copy.deepcopy(model).train(mode == "train")
    right = total = 0
    with torch.no_grad():
        for images, labels in batches:
            right += (measured(images).argmax(1) == labels).sum().item()
            total += len(labels)
    return right / total


def measure(model, kinds):
    return {
        mode: {kind: round(accuracy(model, batches, mode), 4) for kind, batches in kinds.items()}
        for mode in ("eval", "train")
    }


def untouched_layers(model):
    """Names of the BatchNorm layers whose statistics are exactly the initial 0 and 1."""
    return [
        name
        for name, module in model.named_modules()
        if isinstance(module, nn.BatchNorm2d)
        and bool((module.running_mean == 0).all() and (module.running_var == 1).all())
    ]


def export(model, path):
    """Folding would merge BatchNorm into the convolutions: the statistics would be gone.

    The newer exporter (dynamo=True) needs optimize=False for that, and writes file names of this
    computer into the model, so the older one is used here.
    """
    torch.onnx.export(
        model.eval(),
        (torch.zeros(2, 1, 8, 8),),
        path,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
        do_constant_folding=False,
        opset_version=17,
        dynamo=False,
    )
    exported = onnx.load(path)
    onnx.checker.check_model(exported, full_check=True)
    kept = sum(node.op_type == "BatchNormalization" for node in exported.graph.node)
    wanted = sum(isinstance(module, nn.BatchNorm2d) for module in model.modules())
    if kept != wanted:
        raise RuntimeError(f"{path.name} kept only {kept} of {wanted} BatchNorm layers")


def save_batch(path, batch):
    images, labels = batch
    np.savez_compressed(path, image=images.numpy(), labels=labels.numpy())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    out = parser.parse_args().out
    torch.set_num_threads(1)
    pretraining, fine_tuning, test = load_data()
    checkpoint = pretrain(pretraining)
    runs = {
        "healthy": fine_tune(restore_everything, checkpoint, fine_tuning),
        "broken": fine_tune(restore_trainable_only, checkpoint, fine_tuning),
        "brokenThenUpdated": fine_tune(restore_trainable_only, checkpoint, fine_tuning, 0.003),
    }
    similar = [similar_batch(*sample, seed) for seed, sample in enumerate(zip(*test))]
    healthy = runs["healthy"][0]
    saved = next(batch for batch in similar if accuracy(healthy, [batch], "eval") == 1.0)
    kinds = {"mixed": mixed_batches(test), "similar": similar, "savedSimilar": [saved]}
    results = {
        "seed": SEED,
        "batchSize": BATCH,
        "testImages": len(test[0]),
        "savedSimilarDigit": saved[1][0].item(),
        "models": {},
    }
    for name, (model, final_loss) in runs.items():
        results["models"][name] = {
            "finalTrainingLoss": round(final_loss, 4),
            "untouchedLayers": untouched_layers(model),
            "accuracy": measure(model, kinds),
        }
        print(name, json.dumps(results["models"][name]["accuracy"]))
    for name in ("healthy", "broken"):
        export(runs[name][0], out / f"{name}.onnx")
    save_batch(out / "mixed.npz", tuple(part[: 2 * BATCH] for part in test))
    save_batch(out / "similar.npz", saved)
    (out / "results.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
