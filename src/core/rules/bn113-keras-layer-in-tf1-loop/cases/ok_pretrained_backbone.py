import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 224, 224, 3])
backbone = tf.keras.applications.ResNet50(weights='imagenet', include_top=False)
features = backbone(images)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(features))
