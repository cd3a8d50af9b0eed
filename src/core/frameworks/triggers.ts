/**
 * Words without which code cannot start anything that a rule is about.
 *
 * Whoever teaches the analysis a new fact adds the words that the fact begins with: code that has
 * none of them, and calls nothing that has, is read only when other code calls it.
 */
const triggerWords =
  /batch_?norm|_bn\b|\bbn_|trainable_(?:variables|weights)|global_variables|model_variables|get_variables|get_collection|GraphKeys|Saver|checkpoint|warm_?start|update_ops|minimize|apply_gradients|create_train_op|is_training|moving_(?:mean|var|average)|state_dict|\bparameters\(|named_parameters|buffers\(|\.eval\(|\.train\(|train_mode|torch\.(?:save|load|jit|onnx|export|no_grad|inference_mode)|no_grad|inference_mode|running_(?:mean|var)|track_running_stats|AveragedModel|swa|\bema\b|requires_grad|parameters_to_vector|GradientTape|train(?:ing)?_step|learning_phase|(?:get|set|load|save)_weights|\.weights\b|\.variables\b|\.trainable\b|\.fit\(|training=|batch_stats|use_running_average|convert_variables_to_constants|freeze|\.onnx\b|backward\(|\.momentum\b|optimize_loss|control_dependencies|updates_collections|add_to_collection|TFLiteConverter|(?<![.\w])bn\(/i;

export function hasTriggerWord(text: string): boolean {
  return triggerWords.test(text);
}
