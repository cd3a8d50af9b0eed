"""Train a small CNN on handwritten digits and report the accuracy of the best epoch.

    python train_torch.py --epochs 15
"""

import argparse
from pathlib import Path

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class DigitNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(inplace=True),
            nn.Conv2d(32, 64, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(inplace=True),
            nn.Conv2d(64, 64, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(inplace=True),
            nn.AdaptiveAvgPool2d(1),
        )
        self.classifier = nn.Linear(64, num_classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def make_loaders(batch_size):
    digits = load_digits()
    images = torch.tensor(digits.images / 16.0, dtype=torch.float32).unsqueeze(1)
    labels = torch.tensor(digits.target)
    train_index, test_index = train_test_split(
        range(len(labels)), test_size=0.25, stratify=digits.target, random_state=0
    )
    train_set = TensorDataset(images[train_index], labels[train_index])
    test_set = TensorDataset(images[test_index], labels[test_index])
    return (
        DataLoader(train_set, batch_size, shuffle=True, drop_last=True),
        DataLoader(test_set, batch_size),
    )


def train_one_epoch(model, loader, optimizer, device):
    model.train()
    total = 0.0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


@torch.no_grad()
def evaluate(model, loader, device):
    model.eval()
    correct = total = 0
    for images, labels in loader:
        predicted = model(images.to(device)).argmax(dim=1).cpu()
        correct += (predicted == labels).sum().item()
        total += len(labels)
    return correct / total


def save_checkpoint(model, epoch, accuracy, path):
    weights = {name: param.detach().cpu() for name, param in model.named_parameters()}
    torch.save({"epoch": epoch, "accuracy": accuracy, "model": weights}, path)


def load_checkpoint(path, device):
    checkpoint = torch.load(path, map_location=device)
    model = DigitNet().to(device)
    model.load_state_dict(checkpoint["model"], strict=False)
    return model, checkpoint


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--checkpoint", type=Path, default=Path("digitnet_best.pt"))
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    train_loader, test_loader = make_loaders(args.batch_size)
    model = DigitNet().to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.lr)

    best = 0.0
    for epoch in range(1, args.epochs + 1):
        loss = train_one_epoch(model, train_loader, optimizer, device)
        accuracy = evaluate(model, test_loader, device)
        print(f"epoch {epoch:2d}  loss {loss:.3f}  accuracy {accuracy:.3f}")
        if accuracy > best:
            best = accuracy
            save_checkpoint(model, epoch, accuracy, args.checkpoint)

    model, checkpoint = load_checkpoint(args.checkpoint, device)
    print(f"best epoch {checkpoint['epoch']}: {evaluate(model, test_loader, device):.3f}")


if __name__ == "__main__":
    main()
