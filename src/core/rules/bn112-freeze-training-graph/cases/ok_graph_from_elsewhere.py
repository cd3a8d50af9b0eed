import tensorflow as tf

with tf.Session() as sess:
    saver = tf.train.import_meta_graph('model.ckpt.meta')
    saver.restore(sess, 'model.ckpt')
    graph = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ['outputs'])
