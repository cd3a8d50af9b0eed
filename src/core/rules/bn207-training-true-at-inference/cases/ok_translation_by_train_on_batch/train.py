"""A generator that keeps the batch statistics on purpose, as it does when its judge sees it."""

from tensorflow import keras


def draw_model():
    inputs = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(16, 3, padding="same")(inputs)
    x = keras.layers.BatchNormalization()(x, training=True)
    return keras.Model(inputs, keras.layers.Conv2D(2, 3, padding="same")(x))


def judge_model():
    inputs = keras.Input((32, 32, 2))
    x = keras.layers.Conv2D(16, 3)(inputs)
    x = keras.layers.BatchNormalization()(x)
    return keras.Model(inputs, keras.layers.Conv2D(1, 3)(x))


draw = draw_model()
judge = judge_model()
judge.compile("adam", "mse")
judge.trainable = False
sketch = keras.Input((32, 32, 1))
drawn = draw(sketch)
both = keras.Model(sketch, [judge(drawn), drawn])
both.compile("adam", ["mse", "mae"])

for sketches, colours, real, fake in keras.utils.get_file("batches", "https://example.org"):
    painted = draw.predict(sketches)
    judge.train_on_batch(colours, real)
    judge.train_on_batch(painted, fake)
    both.train_on_batch(sketches, [real, colours])
