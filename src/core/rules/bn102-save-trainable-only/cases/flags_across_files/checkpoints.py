def write(sess, saver, folder):
    saver.save(sess, folder + '/model.ckpt')
