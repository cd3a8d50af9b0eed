import tensorflow as tf
import tensorflow.contrib.slim as slim
from nets import inception_v3

logits, _ = inception_v3.inception_v3(tf.placeholder(tf.float32), num_classes=5)
exclude = ['InceptionV3/Logits', 'InceptionV3/AuxLogits']
# expect: BN101
restore = [v for v in slim.get_trainable_variables() if not any(v.op.name.startswith(e) for e in exclude)]
init_fn = slim.assign_from_checkpoint_fn('inception_v3.ckpt', restore)
slim.learning.train(None, 'logs', init_fn=init_fn)
