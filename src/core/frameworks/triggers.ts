/**
 * Words without which code cannot start anything that a rule is about.
 *
 * Whoever teaches the analysis a new fact adds the words that the fact begins with: code that has
 * none of them, and calls nothing that has, is read only when other code calls it.
 */
const triggerWords =
  /batch_?norm|_bn\b|\bbn_|trainable_(?:variables|weights)|global_variables|model_variables|get_variables|get_collection|GraphKeys|Saver|checkpoint|warm_?start|update_ops|minimize|apply_gradients|create_train_op|is_training|moving_(?:mean|var|average)|state_dict|\bparameters\(|named_parameters|buffers\(|\.eval\(|\.train\(|\bdef train\b|train_mode|torch\.(?:save|load|jit|onnx|export|no_grad|inference_mode)|no_grad|inference_mode|running_(?:mean|var)|track_running_stats|AveragedModel|swa|\bema\b|requires_grad|parameters_to_vector|GradientTape|train(?:ing)?_step|learning_phase|(?:get|set|load|save)_weights|\.weights\b|\.variables\b|\.trainable\b|\.fit\(|training=|batch_stats|use_running_average|convert_variables_to_constants|freeze|\.onnx\b|backward\(|\.momentum\b|optimize_loss|control_dependencies|updates_collections|add_to_collection|TFLiteConverter|(?<![.\w])bn\(/gi;

/** Where the words stand, ascending. */
export function triggerOffsets(text: string): readonly number[] {
  return Array.from(text.matchAll(triggerWords), ({ index }) => index);
}

/** Code that names a framework somewhere may use it; other code is read when it is imported. */
const frameworkWord =
  /tensorflow|keras|torch|\b(?:tf_slim|slim|flax|jax|tflearn|tensorlayer|tensorpack|timm)\b/;

export function hasFrameworkWord(text: string): boolean {
  return frameworkWord.test(text);
}

/**
 * Words with which code answers for other code: nothing begins where they stand, but rules look for
 * them in the modules beside a program and in those that import it.
 */
const witnessWords =
  /TF_USE_LEGACY_KERAS|UPDATE_OPS|update_ops|get_updates_for|create_train_op|optimize_loss|\bupdates\b|\b(?:tensorpack|tflearn|tensorlayer|tensor2tensor|sonnet|larq)\b/;

const tensorFlowWord = /tensorflow|keras|\b(?:tf_slim|slim|tflearn|tensorlayer|tensorpack)\b/;

export function isWitness(text: string): boolean {
  return witnessWords.test(text) && tensorFlowWord.test(text);
}
