import tensorflow.compat.v1 as tf1


def main(folder):
    weights = tf1.get_variable('weights', [3, 3])
    keeper = tf1.train.Saver([weights])
    with tf1.Session() as session:
        session.run([tf1.global_variables_initializer(), tf1.local_variables_initializer()])
        state = tf1.train.get_checkpoint_state(folder)
        if state and state.model_checkpoint_path:
            # expect: BN114 "that was just looked up"
            keeper.save(session, save_path=state.model_checkpoint_path)
            print('restored')
