from tensorflow.contrib import slim


class NoScope(object):
    def __enter__(self):
        return None

    def __exit__(self, kind, value, trace):
        return False


def scope_of_what_is_given(functions, **options):
    given = {name: value for name, value in options.items() if value is not None}
    if given:
        return slim.arg_scope(functions, **given)
    return NoScope()


def scope_for(is_training):
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm), \
            scope_of_what_is_given([slim.batch_norm], is_training=is_training), \
            slim.arg_scope([slim.conv2d], padding='SAME') as scope:
        return scope


def network(images, is_training):
    scope = scope_for(is_training)
    with slim.arg_scope(scope):
        return slim.conv2d(images, 8, 3)


def with_a_scope_from_elsewhere(images, is_training, scopes):
    scope = scopes.for_mode(is_training)
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm):
        with scope:
            return slim.conv2d(images, 8, 3)
