# Haiku hands its state through every call.
import haiku as hk
import jax


def forward(x, is_training):
    return hk.Linear(1)(hk.BatchNorm(True, True, 0.9)(x, is_training))


net = hk.transform_with_state(forward)


@jax.jit
def loss(params, state, rng, x, y):
    prediction, _ = net.apply(params, state, rng, x, True)
    return ((prediction - y) ** 2).mean()


grads = jax.grad(loss)
