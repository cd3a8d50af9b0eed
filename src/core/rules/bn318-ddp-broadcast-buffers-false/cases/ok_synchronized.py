from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torchvision.models import resnet50


def main(rank):
    model = nn.SyncBatchNorm.convert_sync_batchnorm(resnet50())
    return DistributedDataParallel(model, device_ids=[rank], broadcast_buffers=False)
