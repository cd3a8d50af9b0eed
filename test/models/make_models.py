"""Writes the tiny ONNX models of the tests beside this script.

Needs numpy and onnx (made with onnx 1.23.1). Run it after changing it, and commit what it writes:

    python test/models/make_models.py
"""

import json
from pathlib import Path

import numpy as np
import onnx
import onnx.inliner
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
RNG = np.random.default_rng(20260101)


def save(name, nodes, inputs, outputs, initializers, opset=15, functions=(), **model_fields):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    opsets = [helper.make_opsetid("", opset)]
    opsets += [helper.make_opsetid(f.domain, 1) for f in functions]
    opsets += model_fields.get("domains", [])
    model = helper.make_model(
        graph, opset_imports=opsets, functions=list(functions),
        ir_version=model_fields.get("ir", 8),
        producer_name=model_fields.get("producer", "bn-guard-tests"),
        producer_version=model_fields.get("version", "1"),
    )
    path = HERE / f"{name}.onnx"
    path.write_bytes(model.SerializeToString())
    return model


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def tensor(name, array, kind=np.float32):
    return numpy_helper.from_array(np.asarray(array, dtype=kind), name)


def statistics(channels):
    """gamma, beta, mean, variance that look trained."""
    return (
        RNG.uniform(0.5, 1.5, channels), RNG.normal(0, 0.3, channels),
        RNG.normal(0, 1, channels), RNG.uniform(0.3, 3, channels),
    )


def batch_norm(layer, source, target, outputs=(), **attributes):
    names = [f"{layer}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
    return helper.make_node(
        "BatchNormalization", [source, *names], [target, *outputs], name=layer, **attributes
    )


def parameters(layer, arrays, kind=np.float32):
    parts = ("weight", "bias", "running_mean", "running_var")
    return [tensor(f"{layer}.{part}", array, kind) for part, array in zip(parts, arrays)]


def untouched(channels):
    gamma, beta, _, _ = statistics(channels)
    return gamma, beta, np.zeros(channels), np.ones(channels)


def conv(layer, source, target, out_channels, in_channels):
    weight = RNG.normal(0, 0.4, (out_channels, in_channels, 3, 3))
    node = helper.make_node("Conv", [source, f"{layer}.weight"], [target], name=layer, pads=[1] * 4)
    return node, tensor(f"{layer}.weight", weight)


def two_layers(name, first, second, batch="N", opset=15, extra=(), **attributes):
    conv1, weight1 = conv("conv1", "x", "c1", 4, 3)
    conv2, weight2 = conv("conv2", "r1", "c2", 4, 4)
    nodes = [
        conv1, batch_norm("bn1", "c1", "b1", **attributes),
        helper.make_node("Relu", ["b1"], ["r1"]), *extra,
        conv2, batch_norm("bn2", "c2", "y", **attributes),
    ]
    tensors = [weight1, *parameters("bn1", first), weight2, *parameters("bn2", second)]
    save(name, nodes, [value("x", [batch, 3, 8, 8])], [value("y", [batch, 4, 8, 8])], tensors, opset)


def make_modes():
    two_layers("healthy", statistics(4), statistics(4))
    two_layers("partial", statistics(4), untouched(4))
    two_layers("untouched", untouched(4), untouched(4))
    two_layers("fixed_batch", statistics(4), statistics(4), batch=1)
    two_layers("healthy_opset9", statistics(4), statistics(4), opset=9)
    for name, opset in (("train_opset9", 9), ("train_opset15", 15)):
        count = 4 if opset == 9 else 2
        extra = [f"s{i}" for i in range(count)]
        training = {} if opset == 9 else {"training_mode": 1}
        node = batch_norm("bn", "x", "y", extra, **training)
        save(name, [node], [value("x", ["N", 3, 5, 5])], [value("y", ["N", 3, 5, 5])],
             parameters("bn", statistics(3)), opset)


def make_crashing():
    """A branch whose BatchNorm trains and leaves its running outputs unnamed: ONNX Runtime 1.30 ends."""
    inner = helper.make_node(
        "BatchNormalization", ["x", *[f"in.{p}" for p in ("g", "b", "m", "v")]], ["t", "", ""],
        name="inner", training_mode=1,
    )
    body = helper.make_graph([inner], "then", [], [value("t", None)])
    other = helper.make_graph([helper.make_node("Identity", ["x"], ["e"])], "else", [], [value("e", None)])
    # A condition that is known beforehand is resolved when the file is loaded, where it is an error.
    nodes = [
        helper.make_node("ReduceMax", ["x"], ["largest"], keepdims=0),
        helper.make_node("Greater", ["largest", "least"], ["flag"]),
        helper.make_node("If", ["flag"], ["h"], name="branch", then_branch=body, else_branch=other),
        batch_norm("bn", "h", "y"),
    ]
    tensors = [tensor("least", -1e9), *parameters("bn", statistics(3))]
    tensors += [tensor(f"in.{p}", array) for p, array in zip(("g", "b", "m", "v"), statistics(3))]
    save("crashing", nodes, [value("x", ["N", 3, 5, 5])], [value("y", ["N", 3, 5, 5])], tensors)


def make_old():
    for opset in (6, 7):
        extra = {"is_test": 1} if opset == 6 else {}
        save(f"batch_norm_{opset}", [batch_norm("bn", "x", "y", **extra)],
             [value("x", ["N", 3, 5, 5])], [value("y", ["N", 3, 5, 5])],
             parameters("bn", statistics(3)), opset)


def make_dropout():
    node = helper.make_node("Dropout", ["x", "ratio", "train"], ["d"], name="drop")
    tensors = [*parameters("bn", statistics(3)), tensor("ratio", 0.5),
               numpy_helper.from_array(np.asarray(True), "train")]
    save("dropout_training", [node, batch_norm("bn", "d", "y")],
         [value("x", ["N", 3, 5, 5])], [value("y", ["N", 3, 5, 5])], tensors)


def make_storage():
    """One layer per way of storing a parameter; the arrays are i + 1, so tests know them."""
    ramp = np.arange(1, 4)
    raw = tensor("raw", ramp)
    typed = helper.make_tensor("typed", TensorProto.FLOAT, [3], ramp.astype(float))
    half = helper.make_tensor("half", TensorProto.FLOAT16, [3], ramp.astype(float))
    bfloat = helper.make_tensor("bfloat", TensorProto.BFLOAT16, [3], ramp.astype(float))
    double = helper.make_tensor("double", TensorProto.DOUBLE, [3], ramp.astype(float))
    wide = tensor("wide", ramp.reshape(1, 3, 1))
    quantized = tensor("quantized", [2, 3, 4], np.int8)
    chain = [
        helper.make_node("Constant", [], ["constant"], value=tensor("", ramp)),
        helper.make_node("Constant", [], ["floats"], value_floats=[1.0, 2.0, 3.0]),
        helper.make_node("Identity", ["raw"], ["same"]),
        helper.make_node("Cast", ["half"], ["cast"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["bfloat"], ["cast_b"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["double"], ["cast_d"], to=TensorProto.FLOAT),
        helper.make_node("Reshape", ["wide", "shape"], ["narrow"]),
        helper.make_node("DequantizeLinear", ["quantized", "scale", "zero"], ["dequantized"]),
        helper.make_node("Unsqueeze", ["one", "axis"], ["one_d"]),
        helper.make_node("Expand", ["one_d", "shape"], ["expanded"]),
    ]
    names = ["raw", "typed", "cast", "cast_b", "cast_d", "constant", "floats", "same", "narrow",
             "dequantized"]
    norms = [
        helper.make_node("BatchNormalization", [f"h{i}", n, n, n, n], [f"h{i + 1}"], name=n)
        for i, n in enumerate(names)
    ]
    tensors = [raw, typed, half, bfloat, double, wide, quantized, tensor("shape", [3], np.int64),
               tensor("scale", 1.0), tensor("zero", 1, np.int8), tensor("one", 1.0),
               tensor("axis", [0], np.int64)]
    last = helper.make_node("Identity", [f"h{len(names)}"], ["y"])
    save("storage", [*chain, *norms, last], [value("h0", ["N", 3])], [value("y", ["N", 3])], tensors)


def make_external():
    model = save("external", [batch_norm("bn", "x", "y")], [value("x", ["N", 300])],
                 [value("y", ["N", 300])], parameters("bn", statistics(300)))
    # onnx appends to a file of weights that is there already.
    (HERE / "external.bin").unlink(missing_ok=True)
    for name, location in (("external", "external.bin"), ("external_missing", "not_there.bin")):
        copy = onnx.ModelProto.FromString(model.SerializeToString())
        onnx.save_model(copy, str(HERE / f"{name}.onnx"), save_as_external_data=True,
                        all_tensors_to_one_file=True, location=location, size_threshold=16)
    (HERE / "not_there.bin").unlink()


def make_shared():
    zeros, ones = tensor("zeros", np.zeros(3)), tensor("ones", np.ones(3))
    nodes = [
        helper.make_node("BatchNormalization", [s, f"g{i}", f"b{i}", "zeros", "ones"], [t],
                         name=f"bn{i}")
        for i, (s, t) in enumerate([("x", "h"), ("h", "y")])
    ]
    tensors = [zeros, ones]
    for i in range(2):
        gamma, beta, _, _ = statistics(3)
        tensors += [tensor(f"g{i}", gamma), tensor(f"b{i}", beta)]
    save("shared", nodes, [value("x", ["N", 3, 4, 4])], [value("y", ["N", 3, 4, 4])], tensors)


def make_computed():
    nodes = [
        helper.make_node("ReduceMean", ["x"], ["m"], axes=[0, 2, 3], keepdims=0),
        helper.make_node("ReduceMean", ["x"], ["m4"], axes=[0, 2, 3], keepdims=1),
        helper.make_node("Sub", ["x", "m4"], ["d"]),
        helper.make_node("Mul", ["d", "d"], ["q"]),
        helper.make_node("ReduceMean", ["q"], ["v"], axes=[0, 2, 3], keepdims=0),
        helper.make_node("BatchNormalization", ["x", "g", "b", "m", "v"], ["y"], name="bn"),
    ]
    gamma, beta, _, _ = statistics(3)
    save("computed", nodes, [value("x", ["N", 3, 4, 4])], [value("y", ["N", 3, 4, 4])],
         [tensor("g", gamma), tensor("b", beta)])


def make_nested():
    shape = ["N", 3, 4, 4]
    then = helper.make_graph([batch_norm("inner", "x", "t")], "then", [], [value("t", shape)])
    other = helper.make_graph([helper.make_node("Identity", ["x"], ["e"])], "else", [],
                              [value("e", shape)])
    branch = helper.make_node("If", ["flag"], ["h"], then_branch=then, else_branch=other)
    body = helper.make_node("BatchNormalization", ["a", "g", "b", "m", "v"], ["o"], name="called")
    epsilon = onnx.AttributeProto(name="epsilon", ref_attr_name="eps", type=onnx.AttributeProto.FLOAT)
    body.attribute.append(epsilon)
    function = helper.make_function("local", "norm", ["a", "g", "b", "m", "v"], ["o"], [body],
                                    [helper.make_opsetid("", 15)], ["eps"])
    call = helper.make_node(
        "norm", ["h", *[f"bn.{p}" for p in ("weight", "bias", "running_mean", "running_var")]],
        ["y"], domain="local", eps=0.25)
    tensors = [numpy_helper.from_array(np.asarray(True), "flag"),
               *parameters("inner", statistics(3)), *parameters("bn", statistics(3))]
    save("nested", [branch, call], [value("x", shape)], [value("y", shape)], tensors,
         functions=[function])


def make_taken_apart():
    """What Keras' dense layers, constant folding and hand-written layers leave of a BatchNorm."""
    gamma, beta, mean, variance = (a.reshape(1, 4, 1, 1) for a in statistics(4))
    conv1, weight = conv("conv", "x", "c", 4, 3)
    arithmetic = [
        conv1, helper.make_node("Sub", ["c", "mean"], ["s"], name="centre"),
        helper.make_node("Add", ["variance", "eps"], ["ve"]), helper.make_node("Sqrt", ["ve"], ["sd"]),
        helper.make_node("Div", ["s", "sd"], ["d"]), helper.make_node("Mul", ["d", "gamma"], ["g"]),
        helper.make_node("Add", ["g", "beta"], ["y"]),
    ]
    tensors = [weight, tensor("mean", mean), tensor("variance", variance), tensor("gamma", gamma),
               tensor("beta", beta), tensor("eps", 1e-3)]
    x, y = value("x", ["N", 3, 8, 8]), value("y", ["N", 4, 8, 8])
    save("arithmetic", arithmetic, [x], [y], tensors, producer="pytorch", version="2.4.0")
    affine = [
        helper.make_node("MatMul", ["x", "w"], ["m"]), helper.make_node("Mul", ["m", "scale"], ["s"], name="scaled"),
        helper.make_node("Add", ["s", "shift"], ["y"]),
    ]
    tensors = [tensor("w", RNG.normal(0, 1, (3, 4))), tensor("scale", gamma.ravel()), tensor("shift", beta.ravel())]
    save("affine", affine, [value("x", ["N", 3])], [value("y", ["N", 4])], tensors, producer="tf2onnx", version="1.17.0")
    layer_norm = [
        helper.make_node("MatMul", ["x", "w"], ["m"]), helper.make_node("ReduceMean", ["m"], ["mu"], axes=[-1]),
        helper.make_node("Sub", ["m", "mu"], ["c"]), helper.make_node("Mul", ["c", "c"], ["sq"]),
        helper.make_node("ReduceMean", ["sq"], ["v"], axes=[-1]), helper.make_node("Sqrt", ["v"], ["sd"]),
        helper.make_node("Div", ["c", "sd"], ["n"]), helper.make_node("Mul", ["n", "scale"], ["s"]),
        helper.make_node("Add", ["s", "shift"], ["y"]),
    ]
    save("layer_norm_written_out", layer_norm, [value("x", ["N", 3])], [value("y", ["N", 4])], tensors)


def make_functions():
    """Blocks as functions that call functions, as PyTorch's first dynamo exporter wrote them; and flat."""
    dtype = onnx.AttributeProto.FLOAT
    inner = helper.make_node("BatchNormalization", ["a", "g", "b", "m", "v"], ["n"], training_mode=1)
    inner.output.extend(["rm", "rv"])
    inner.attribute.append(onnx.AttributeProto(name="epsilon", ref_attr_name="eps", type=dtype))
    norm = helper.make_function(
        "local", "norm", ["a", "g", "b", "m", "v"], ["n"], [inner], [helper.make_opsetid("", 15)], ["eps"])
    call = helper.make_node("norm", ["c", "g", "b", "m", "v"], ["d"], domain="local")
    call.attribute.append(onnx.AttributeProto(name="eps", ref_attr_name="small", type=dtype))
    nodes = [helper.make_node("Conv", ["x", "w"], ["c"], pads=[1] * 4), call,
             helper.make_node("Dropout", ["d", "share", "on"], ["e"]), helper.make_node("Relu", ["e"], ["y"])]
    names = ["x", "w", "g", "b", "m", "v", "share", "on"]
    block = helper.make_function(
        "local", "block", names, ["y"], nodes,
        [helper.make_opsetid("", 15), helper.make_opsetid("local", 1)], ["small"])
    calls, tensors = [], [tensor("share", 0.5), numpy_helper.from_array(np.asarray(True), "on")]
    for index, (source, target) in enumerate((("x", "h"), ("h", "y"))):
        layer = f"layer{index}"
        _, weight = conv(layer, "", "", 3, 3)
        tensors += [weight, *parameters(layer, statistics(3))]
        parts = [f"{layer}.{p}" for p in ("weight", "bias", "running_mean", "running_var")]
        tensors[-5].name = f"{layer}.kernel"
        calls.append(helper.make_node(
            "block", [source, f"{layer}.kernel", *parts, "share", "on"], [target], name=layer,
            domain="local", small=0.5))
    model = save("functions", calls, [value("x", ["N", 3, 6, 6])], [value("y", ["N", 3, 6, 6])], tensors,
                 functions=[norm, block])
    for definition in model.functions:
        for node in (n for n in definition.node if n.op_type == "BatchNormalization"):
            del node.output[1:]
            node.attribute.remove(next(a for a in node.attribute if a.name == "training_mode"))
    (HERE / "functions_eval.onnx").write_bytes(model.SerializeToString())
    model = onnx.load(HERE / "functions.onnx")
    flat = onnx.inliner.inline_local_functions(model)
    for index, node in enumerate(n for n in flat.graph.node if n.op_type == "BatchNormalization"):
        node.name = f"flat{index}"
    (HERE / "functions_flat.onnx").write_bytes(flat.SerializeToString())

    only = helper.make_graph([batch_norm("bn", "x", "t")], "then", [], [value("t", ["N", 3])])
    other = helper.make_graph([helper.make_node("Identity", ["x"], ["e"])], "else", [], [value("e", ["N", 3])])
    branch = helper.make_node("If", ["flag"], ["y"], then_branch=only, else_branch=other)
    save("only_branch", [branch], [value("x", ["N", 3])], [value("y", ["N", 3])],
         [numpy_helper.from_array(np.asarray(True), "flag"), *parameters("bn", statistics(3))])


def make_others():
    weight = tensor("w", RNG.normal(0, 1, (4, 3, 3, 3)))
    folded = helper.make_node("Conv", ["x", "w", "c"], ["y"], name="/conv/Conv")
    save("folded", [folded], [value("x", ["N", 3, 8, 8])], [value("y", ["N", 4, 6, 6])],
         [weight, tensor("c", np.zeros(4))], producer="pytorch", version="2.9.0")
    norm = helper.make_node("InstanceNormalization", ["x", "g", "b"], ["y"], name="norm")
    gamma, beta, _, _ = statistics(3)
    save("instance_norm", [norm], [value("x", ["N", 3, 4, 4])], [value("y", ["N", 3, 4, 4])],
         [tensor("g", gamma), tensor("b", beta)])
    add = helper.make_node("Add", ["left", "right"], ["s"])
    save("two_inputs", [add, batch_norm("bn", "s", "y")],
         [value("left", ["N", 3, 4, 4]), value("right", ["N", 3, 4, 4])],
         [value("y", ["N", 3, 4, 4])], parameters("bn", statistics(3)))
    baked = [batch_norm("bn", "x", "h"), helper.make_node("Reshape", ["h", "shape"], ["r"]),
             batch_norm("bn_flat", "r", "y")]
    save("baked_batch", baked, [value("x", [1, 3, 2, 2])], [value("y", [1, 12])],
         [*parameters("bn", statistics(3)), *parameters("bn_flat", statistics(12)),
          tensor("shape", [1, 12], np.int64)])
    for name, kind, code in (("half", np.float16, TensorProto.FLOAT16),
                             ("double", np.float64, TensorProto.DOUBLE)):
        save(f"{name}_input", [batch_norm("bn", "x", "y")], [value("x", ["N", 3, 4, 4], code)],
             [value("y", ["N", 3, 4, 4], code)], parameters("bn", statistics(3), kind))
    bad = (np.ones(3), np.zeros(3), [0, np.nan, 0], [1, 1, -1])
    save("not_finite", [batch_norm("bn", "x", "y")], [value("x", ["N", 3])], [value("y", ["N", 3])],
         parameters("bn", bad))


def make_training_inside():
    """Training mode inside branches, loops and functions; and the same in evaluation mode."""
    shape = ["N", 3, 4, 4]
    names = [f"bn.{p}" for p in ("weight", "bias", "running_mean", "running_var")]
    initializers = [
        numpy_helper.from_array(np.asarray(True), "flag"), tensor("half", 0.5), tensor("two", 2, np.int64),
        *parameters("inner", statistics(3)), *parameters("looped", statistics(3)),
        *parameters("bn", statistics(3)),
    ]

    def models(name, is_training):
        def norm(layer, source, target, stored=None):
            inputs = [source, *[f"{layer}.{p}" for p in ("weight", "bias", "running_mean", "running_var")]]
            inputs[3] = stored or inputs[3]
            if is_training:
                return [helper.make_node("BatchNormalization", inputs, [target, f"{target}_rm", f"{target}_rv"],
                                         name=layer, training_mode=1)]
            return [helper.make_node("BatchNormalization", inputs, [target], name=layer),
                    helper.make_node("Identity", [inputs[3]], [f"{target}_rm"])]

        def dropout(source, target):
            inputs = [source, "half", "flag"] if is_training else [source]
            return helper.make_node("Dropout", inputs, [target], name=f"drop_{target}")

        then = helper.make_graph([*norm("inner", "x", "n"), dropout("n", "t")], "then", [], [value("t", shape)])
        other = helper.make_graph([helper.make_node("Identity", ["x"], ["e"])], "else", [], [value("e", shape)])
        branch = helper.make_node("If", ["flag"], ["h"], name="branch", then_branch=then, else_branch=other)
        kept = helper.make_node("Identity", ["keep"], ["keep_on"])
        body = helper.make_graph(
            [kept, *norm("looped", "a", "b", "m"), helper.make_node("Identity", ["b_rm"], ["m_next"])], "body",
            [value("i", [], TensorProto.INT64), value("keep", [], TensorProto.BOOL), value("a", shape), value("m", [3])],
            [value("keep_on", [], TensorProto.BOOL), value("b", shape), value("m_next", [3])])
        loop = helper.make_node("Loop", ["two", "flag", "h", "looped.running_mean"], ["l", "m_end"], name="loop", body=body)
        chosen = helper.make_graph([dropout("p", "c")], "chosen", [], [value("c", shape)])
        passed = helper.make_graph([helper.make_node("Identity", ["p"], ["q"])], "passed", [], [value("q", shape)])
        inside = helper.make_node("If", ["on"], ["r"], then_branch=chosen, else_branch=passed)
        constants = [helper.make_node("Constant", [], ["half"], value=tensor("half", 0.5)),
                     helper.make_node("Constant", [], ["flag"], value=numpy_helper.from_array(np.asarray(True), "t"))]
        function = helper.make_function("local", "maybe", ["p", "on"], ["r"], [*constants, inside],
                                        [helper.make_opsetid("", 15)])
        call = helper.make_node("maybe", ["l", "flag"], ["f"], domain="local")
        last = [*norm("bn", "f", "y"), helper.make_node("Identity", ["y_rm"], ["stored"])]
        save(name, [branch, loop, call, *last], [value("x", shape)],
             [value("y", shape), value("m_end", [3]), value("stored", [3])], initializers, functions=[function])

    models("training_inside", True)
    models("evaluation_inside", False)


def make_old_forms():
    """What operators looked like before version 7, and the same in version 15."""
    scale, shift, slope = RNG.uniform(0.5, 2, 3), RNG.normal(0, 1, 3), RNG.uniform(0.1, 0.3, 3)
    x = value("x", ["N", 3, 4, 4])
    norm = batch_norm("bn", "r", "n", is_test=1)
    old = [
        helper.make_node("Mul", ["x", "scale"], ["a"], broadcast=1, axis=1),
        helper.make_node("Add", ["a", "shift"], ["b"], broadcast=1, axis=-3, consumed_inputs=[0, 0]),
        helper.make_node("PRelu", ["b", "slope"], ["c"], consumed_inputs=[0, 0]),
        helper.make_node("Pad", ["c"], ["d"], paddings=[0, 0, 1, 1, 0, 0, 1, 1]),
        helper.make_node("Upsample", ["d"], ["u"], height_scale=2.0, width_scale=1.0),
        helper.make_node("Concat", ["u", "u"], ["t"]),
        helper.make_node("Reshape", ["t"], ["r"], shape=[0, 3, -1]),
        norm,
        helper.make_node("Add", ["n", "n"], ["s"]),
        helper.make_node("Sub", ["s", "one"], ["y"], broadcast=1),
    ]
    norm.attribute.append(helper.make_attribute("consumed_inputs", [0, 0, 0, 1, 1]))
    initializers = [tensor("scale", scale), tensor("shift", shift), tensor("slope", slope), tensor("one", 1.0),
                    *parameters("bn", statistics(3))]
    y = value("y", ["N", 3, "P"])
    save("old_forms", old, [x], [y], initializers, opset=1)
    by_channel = [helper.make_node("Reshape", [name, "by_channel"], [f"{name}_c"]) for name in ("scale", "shift", "slope")]
    new = [
        *by_channel,
        helper.make_node("Mul", ["x", "scale_c"], ["a"]), helper.make_node("Add", ["a", "shift_c"], ["b"]),
        helper.make_node("PRelu", ["b", "slope_c"], ["c"]), helper.make_node("Pad", ["c", "pads"], ["d"]),
        helper.make_node("Resize", ["d", "", "scales"], ["u"], mode="nearest",
                         coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
        helper.make_node("Concat", ["u", "u"], ["t"], axis=1), helper.make_node("Reshape", ["t", "shape"], ["r"]),
        batch_norm("bn", "r", "n"), helper.make_node("Add", ["n", "n"], ["s"]), helper.make_node("Sub", ["s", "one"], ["y"]),
    ]
    more = [tensor("by_channel", [3, 1, 1], np.int64), tensor("pads", [0, 0, 1, 1, 0, 0, 1, 1], np.int64),
            tensor("scales", [1, 1, 2, 1]), tensor("shape", [0, 3, -1], np.int64)]
    save("old_forms_new", new, [x], [y], [*initializers, *more])
    gamma, beta, mean, variance = statistics(3)
    taken_apart = [
        helper.make_node("Sub", ["x", "mean"], ["c"], broadcast=1, axis=1, name="centre"),
        helper.make_node("Div", ["c", "deviation"], ["d"], broadcast=1, axis=1),
        helper.make_node("Mul", ["d", "gamma"], ["g"], broadcast=1, axis=1),
        helper.make_node("Add", ["g", "beta"], ["z"], broadcast=1, axis=1),
    ]
    weight = tensor("w", RNG.normal(0, 1, (3, 3, 1, 1)))
    before = helper.make_node("Conv", ["image", "w"], ["x"], kernel_shape=[1, 1])
    save("old_arithmetic", [before, *taken_apart], [value("image", ["N", 3, 4, 4])], [value("z", ["N", 3, 4, 4])],
         [weight, tensor("mean", mean), tensor("deviation", np.sqrt(variance)), tensor("gamma", gamma),
          tensor("beta", beta)], opset=6)
    unknown = [helper.make_node("Squeeze", ["x"], ["q"], axes=[3]),
               helper.make_node("Mul", ["q", "scale"], ["a"], broadcast=1, axis=1, name="scaled"),
               batch_norm("bn", "a", "y", is_test=1)]
    save("old_unknown_rank", unknown, [value("x", ["N", 3, 4, 1])], [value("y", ["N", 3, 4])],
         initializers, opset=6)


def make_habits():
    """What exporters of other times and frameworks do."""
    shape = ["N", 3, 4, 4]
    x, y = value("x", shape), value("y", shape)
    initializers = parameters("bn", statistics(3))
    defaults = [value(t.name, [3]) for t in initializers]
    save("as_inputs", [batch_norm("bn", "x", "y")], [x, *defaults], [y], initializers, ir=3)
    keep = [helper.make_node("Mul", ["x", "keep"], ["h"]), batch_norm("bn", "h", "y")]
    save("keep_probability", keep, [x, value("keep", [])], [y], initializers)
    baked = [batch_norm("bn", "x", "h"), helper.make_node("Reshape", ["h", "shape"], ["r"]),
             batch_norm("flat", "r", "y")]
    save("baked_sixteen", baked, [value("x", [16, 3, 2, 2])], [value("y", [16, 12])],
         [*initializers, *parameters("flat", statistics(12)), tensor("shape", [16, 12], np.int64)])
    twice = [batch_norm("bn", "x", "h"), helper.make_node("Relu", ["h"], ["r"]), batch_norm("bn", "r", "y")]
    twice[2].name = "again"
    unknown = [helper.make_node("Blur", ["x"], ["b"], domain="my.ops"), batch_norm("bn", "b", "y")]
    save("unknown_operator", unknown, [x], [y], initializers, domains=[helper.make_opsetid("my.ops", 1)])
    behind = [batch_norm("bn", "x", "h"), helper.make_node("Blur", ["h"], ["y"], domain="my.ops")]
    save("unknown_behind", behind, [x], [y], initializers, domains=[helper.make_opsetid("my.ops", 1)])
    for rank, sizes in ((3, [7]), (5, [2, 3, 2])):
        save(f"rank_{rank}", [batch_norm("bn", "x", "y")], [value("x", ["N", 3, *sizes])],
             [value("y", ["N", 3, *sizes])], initializers)
    last = [helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]), batch_norm("bn", "t", "n"),
            helper.make_node("Transpose", ["n"], ["y"], perm=[0, 2, 3, 1])]
    save("channels_last", last, [value("x", ["N", 2, 5, 3])], [value("y", ["N", 2, 5, 3])], initializers)
    words = [helper.make_node("Gather", ["table", "x"], ["e"]),
             helper.make_node("Transpose", ["e"], ["t"], perm=[0, 2, 1]), batch_norm("bn", "t", "y")]
    save("word_numbers", words, [value("x", ["N", 6], TensorProto.INT64)], [value("y", ["N", 3, 6])],
         [*initializers, tensor("table", RNG.normal(0, 1, (10, 3)))])
    save("used_twice", twice, [x], [y], initializers)


def write_oracle():
    """What onnx's own reader says of every model, for comparison with ours."""
    oracle = {}
    for path in sorted(HERE.glob("*.onnx")):
        model = onnx.load(path, load_external_data=path.stem != "external_missing")
        tensors = {t.name: t for t in model.graph.initializer}
        layers = []
        for node in model.graph.node:
            if node.op_type != "BatchNormalization":
                continue
            stored = [tensors.get(name) for name in node.input[1:]]
            values = None
            if all(t is not None for t in stored) and path.stem != "external_missing":
                arrays = [numpy_helper.to_array(t).astype(float).ravel() for t in stored]
                values = [[str(v) for v in array] for array in arrays]
            layers.append({"node": node.name, "values": values})
        oracle[path.stem] = {"opset": model.opset_import[0].version, "layers": layers}
    (HERE / "oracle.json").write_text(json.dumps(oracle, indent=1) + "\n")


if __name__ == "__main__":
    for make in (make_modes, make_old, make_dropout, make_storage, make_external, make_shared,
                 make_computed, make_nested, make_others, make_crashing,
                 make_functions, make_taken_apart, make_training_inside, make_old_forms, make_habits):
        make()
    write_oracle()
