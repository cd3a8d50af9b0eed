# Reads a list of names to map, from a model with LayerNorm.
import tensorflow as tf
import modeling
import optimization

model = modeling.BertModel(config=modeling.BertConfig.from_json_file('bert_config.json'))
tvars = tf.trainable_variables()
assignment_map, names = modeling.get_assignment_map_from_checkpoint(tvars, 'bert_model.ckpt')
tf.train.init_from_checkpoint('bert_model.ckpt', assignment_map)
