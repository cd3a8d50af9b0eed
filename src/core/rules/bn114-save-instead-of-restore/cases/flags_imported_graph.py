import tensorflow as tf

sess = tf.Session()
saver = tf.train.import_meta_graph('runs/model.ckpt.meta')
saver.save(sess, 'runs/model.ckpt')  # expect: BN114 "whose graph was imported"
