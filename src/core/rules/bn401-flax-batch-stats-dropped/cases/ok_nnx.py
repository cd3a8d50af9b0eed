# NNX keeps its statistics in the module.
import optax
from flax import nnx


class Net(nnx.Module):
    def __init__(self, rngs):
        self.norm = nnx.BatchNorm(8, rngs=rngs)
        self.dense = nnx.Linear(8, 1, rngs=rngs)

    def __call__(self, x):
        return self.dense(self.norm(x))


net = Net(nnx.Rngs(0))
optimizer = nnx.Optimizer(net, optax.sgd(0.1))


@nnx.jit
def train_step(net, optimizer, x, y):
    loss, grads = nnx.value_and_grad(lambda net: ((net(x) - y) ** 2).mean())(net)
    optimizer.update(grads)
    return loss
