import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax.training import checkpoints, train_state


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
        prediction, updates = state.apply_fn(
            {"params": params, "batch_stats": state.batch_stats}, x, train=True, mutable=["batch_stats"]
        )
        return jnp.mean((prediction - y) ** 2), updates

    (loss, updates), grads = jax.value_and_grad(loss_fn, has_aux=True)(state.params)
    return state.apply_gradients(grads=grads, batch_stats=updates["batch_stats"]), loss


for x, y in np.load("batches.npy", allow_pickle=True):
    state, loss = train_step(state, x, y)

checkpoints.save_checkpoint("run", state, step=100)
checkpoints.save_checkpoint("params", state.params, step=100)
