"""A detector from the hub comes with its weights, in evaluation mode."""

import torch

model = torch.hub.load("ultralytics/yolov5", "yolov5s")


def detect(image):
    with torch.no_grad():
        return model(image).argmax(1)


print(detect(torch.load("image.pt")))
