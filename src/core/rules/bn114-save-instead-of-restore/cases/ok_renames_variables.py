import tensorflow as tf

checkpoint = tf.train.get_checkpoint_state('runs')
with tf.Session() as sess:
    for name, _ in tf.train.list_variables('runs'):
        tf.Variable(tf.train.load_variable('runs', name), name=name.replace('old', 'new'))
    saver = tf.train.Saver()
    sess.run(tf.global_variables_initializer())
    saver.save(sess, checkpoint.model_checkpoint_path)
