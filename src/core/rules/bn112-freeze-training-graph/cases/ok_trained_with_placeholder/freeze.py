import tensorflow as tf

with tf.Session() as sess:
    saver = tf.train.import_meta_graph('runs/model.ckpt.meta')
    saver.restore(sess, 'runs/model.ckpt')
    converter = tf.lite.TFLiteConverter.from_session(sess, [], [])
