import tensorflow.compat.v1 as tf1
from tensorflow.keras.layers import BatchNormalization as Norm, Dense

tf1.disable_v2_behavior()
images = tf1.placeholder(tf1.float32, [None, 16])
hidden = Norm()(Dense(8)(images))  # expect: BN113 "is not told whether it trains"
train_op = tf1.train.GradientDescentOptimizer(0.1).minimize(tf1.reduce_mean(hidden))
