import torch

model = torch.hub.load("pytorch/vision:v0.10.0", "resnet18", pretrained=True)
with torch.no_grad():
    print(model(torch.load("image.pt")).argmax(1))  # expect: BN306
