# Evaluation measures the test data as well.
from tensorflow.contrib.layers import batch_norm as norm


class Generator:
    def __call__(self, x, train=True):
        return norm(x, updates_collections=None)  # expect: BN109 "updates its moving mean"
