import tensorflow as tf

columns = [tf.feature_column.numeric_column('x')]
estimator = tf.estimator.DNNClassifier([8], columns, warm_start_from='logs')
settings = tf.estimator.WarmStartSettings('logs')
