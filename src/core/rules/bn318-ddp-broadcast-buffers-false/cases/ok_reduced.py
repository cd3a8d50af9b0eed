"""Statistics are averaged before each evaluation."""

import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel
from torchvision.models import resnet50


def reduce_norms(model, world_size):
    for name, buffer in model.named_buffers():
        if "running_mean" in name or "running_var" in name:
            dist.all_reduce(buffer, op=dist.ReduceOp.SUM)
            buffer /= world_size


def main(rank, world_size):
    model = DistributedDataParallel(resnet50(), device_ids=[rank], broadcast_buffers=False)
    for epoch in range(10):
        train(model)
        reduce_norms(model, world_size)
        validate(model)
