"""How far the batch statistics are from those of the data after training."""

import json

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax.training import train_state


class Net(nn.Module):
    @nn.compact
    def __call__(self, x, train: bool):
        x = nn.BatchNorm(use_running_average=not train, momentum=0.9)(x)
        return nn.Dense(1)(x)


class TrainState(train_state.TrainState):
    batch_stats: dict


net = Net()
variables = net.init(jax.random.PRNGKey(0), jnp.ones((4, 8)), train=False)
state = TrainState.create(
    apply_fn=net.apply,
    params=variables["params"],
    batch_stats=variables["batch_stats"],
    tx=optax.sgd(0.001),
)


@jax.jit
def train_step(state, x, y):
    def loss_fn(params):
        prediction, _ = state.apply_fn(  # expect: BN401 "dropped"
            {"params": params, "batch_stats": state.batch_stats}, x, train=True, mutable=["batch_stats"]
        )
        return jnp.mean((prediction - y) ** 2)

    loss, grads = jax.value_and_grad(loss_fn)(state.params)
    return state.apply_gradients(grads=grads), loss


x = np.random.default_rng(0).normal(5.0, 3.0, (512, 8)).astype("float32")
y = x.sum(axis=1, keepdims=True)
for _ in range(200):
    state, loss = train_step(state, x, y)

stats = state.batch_stats["BatchNorm_0"]
mean = np.abs(x.mean(axis=0) - stats["mean"]).max()
variance = np.abs(x.var(axis=0) - stats["var"]).max()
print(json.dumps({"difference": float(max(mean, variance)) / 9.0}))
