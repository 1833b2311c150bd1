# Make the folders keras-* beside this script by share/convert/from_keras.py,
# and what from_keras.py must refuse in the folder given.
#
#     pip install keras==3.* torch==2.13.0 safetensors
#     KERAS_BACKEND=torch python3 keras_make.py FOLDER
#
# keras-same and keras-bilstm-2 have the numbers of pytorch-gru and
# pytorch-bilstm-2, which onnx_make.py made.
import os
import subprocess
import sys
import zipfile

import keras
import numpy as np
from keras import layers as L
from safetensors.numpy import load_file

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
CONVERT = os.path.join(HERE, "../../../share/convert/from_keras.py")
WORDS = ["<pad>", "[UNK]", "the", "film", "is", "very", "good", "bad", "not",
         "."]
STACKS = {
    "gru": [L.GRU(4), L.Dense(3, activation="softmax")],
    "bilstm": [L.Bidirectional(L.LSTM(4, return_sequences=True)),
               L.Dropout(0.5),
               L.Bidirectional(L.LSTM(4, return_sequences=True)),
               L.GlobalMaxPooling1D(), L.Dense(1, activation="sigmoid")],
    "bigru": [L.Bidirectional(L.GRU(4, return_sequences=True)),
              L.GlobalAveragePooling1D(), L.Dense(2)],
    "gru-before": [L.Bidirectional(L.GRU(4, reset_after=False)), L.Dense(3)],
    "rnn-relu": [L.SimpleRNN(4, activation="relu"), L.Dense(3)],
    # pools in a tuple read the states, one behind the other
    "norms": [L.Bidirectional(L.LSTM(4, return_sequences=True)),
              (L.GlobalMaxPooling1D(), L.GlobalAveragePooling1D()),
              L.BatchNormalization(), L.Dense(5, activation="gelu"),
              L.LayerNormalization(), L.Dense(4), L.Dropout(0.5),
              L.LeakyReLU(negative_slope=0.01), L.BatchNormalization(),
              L.Dense(3, activation="softmax")],
    "labels": [L.GRU(4), L.LayerNormalization(scale=False), L.Dense(4),
               L.Activation("silu"), L.Dense(4, activation="elu"),
               L.Dense(3), L.Activation("sigmoid")],
    "relu": [L.LSTM(4, activation="relu"), L.Dense(3)],
    "sum": [L.Bidirectional(L.GRU(4), merge_mode="sum"), L.Dense(3)],
    "slope": [L.GRU(4), L.Dense(4, activation="leaky_relu"), L.Dense(3)],
    "softplus": [L.GRU(4), L.Dense(4, activation="softplus"), L.Dense(3)],
    "epsilons": [L.GRU(4), L.LayerNormalization(),
                 L.BatchNormalization(epsilon=1e-5), L.Dense(3)],
    "no-linear": [L.GRU(4), L.Dense(3, activation="relu")],
    "convolution": [L.Conv1D(4, 3, padding="same"), L.GRU(4), L.Dense(3)],
    "hard-gru": [L.Bidirectional(L.GRU(4, recurrent_activation="hard_sigmoid")),
                 L.Dense(3)],
    "hard-lstm": [L.LSTM(4, recurrent_activation="hard_sigmoid",
                         return_sequences=True), L.GlobalMaxPooling1D(),
                  L.Dense(3)],
    # written by Keras 2, by its metadata: hard_sigmoid was another one
    "hard-2": [L.GRU(4, recurrent_activation="hard_sigmoid",
                     reset_after=False), L.Dense(3)],
    "words": [L.GRU(4, return_sequences=True), L.Dense(3)],
}
REFUSED = ("relu", "sum", "slope", "softplus", "epsilons", "no-linear",
           "convolution", "words", "among-words")


def additive(ids):
    """The words' weights by Dense layers, and Dot."""
    y = L.Bidirectional(L.GRU(4, return_sequences=True))(ids)
    e = L.Dense(1)(L.Dropout(0.5)(L.Dense(6, activation="tanh")(y)))
    c = L.Flatten()(L.Dot(axes=1)([L.Softmax(axis=1)(e), y]))
    return L.Dense(3)(L.Dense(4, activation="relu")(c))


def repeated(ids):
    """The same with RepeatVector, Multiply and a sum, beside the maximum."""
    y = L.LSTM(4, return_sequences=True)(ids)
    e = L.Flatten()(L.Dense(1, activation="tanh")(y))
    a = L.Permute((2, 1))(L.RepeatVector(4)(L.Activation("softmax")(e)))
    c = keras.ops.sum(L.Multiply()([y, a]), axis=1)
    return L.Dense(3)(L.Concatenate()([L.GlobalMaxPooling1D()(y), c]))


def queried(ids):
    """Attention with the last state as the query."""
    y, h = L.GRU(4, return_sequences=True, return_state=True)(ids)
    c = L.Attention()([L.Reshape((1, 4))(h), y])
    return L.Dense(3)(L.Flatten()(c))


def among_words(ids):
    y = L.GRU(4, return_sequences=True)(ids)
    return L.Dense(3)(L.GlobalAveragePooling1D()(L.Attention()([y, y])))


STACKS.update(additive=additive, repeated=repeated, queried=queried)
STACKS["among-words"] = among_words


def build(stack):
    if callable(stack):
        given = keras.Input((None,))
        return keras.Model(given, stack(L.Embedding(10, 5)(given)))
    if not any(isinstance(layer, tuple) for layer in stack):
        return keras.Sequential([keras.Input((None,)), L.Embedding(10, 5)] +
                                stack)
    given = keras.Input((None,))
    x = L.Embedding(10, 5)(given)
    for layer in stack:
        x = L.Concatenate()([pool(x) for pool in layer]) if isinstance(
            layer, tuple) else layer(x)
    return keras.Model(given, x)


SAME = {    # the folder of PyTorch, the stack, and the modules of its head
    "same": ("pytorch-gru", [L.Bidirectional(L.GRU(4)), L.Dense(3)], ["fc"]),
    "bilstm-2": ("pytorch-bilstm-2", [
        L.Bidirectional(L.LSTM(4, return_sequences=True)),
        L.Bidirectional(L.LSTM(4, return_sequences=True)),
        (L.GlobalAveragePooling1D(), L.GlobalMaxPooling1D()),
        L.BatchNormalization(epsilon=1e-5), L.Dense(6, activation="gelu"),
        L.LayerNormalization(epsilon=1e-5), L.Dense(4),
        L.LeakyReLU(negative_slope=0.01), L.Dense(3)],
        ["head.0", "head.1", "head.3", "head.4", "fc"]),
}


def cell(t, end):
    """Keras's kernels are transposed.  A GRU's gates are z r n, an LSTM has
    one bias."""
    four = [t["rnn.%s%s" % (key, end)] for key in (
        "weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    if len(four[2]) == 16:
        return [four[0].T, four[1].T, four[2] + four[3]]
    four = [np.concatenate([np.split(w, 3)[k] for k in (1, 0, 2)])
            for w in four]
    return [four[0].T, four[1].T, np.stack(four[2:])]


def same(folder, stack, modules):
    model = build(stack)
    t = load_file(os.path.join(HERE, folder, "weights.safetensors"))
    weights = [t["emb.weight"]]
    for end in ("_l0", "_l0_reverse", "_l1", "_l1_reverse"):
        weights += cell(t, end) if "rnn.bias_ih" + end in t else []
    for name in modules:
        weights += [t[name + ".weight"].T, t[name + ".bias"]] + [
            t[key] for key in (name + ".running_mean", name + ".running_var")
            if key in t]
    model.set_weights([np.ascontiguousarray(w) for w in weights])
    return model


to = sys.argv[1]
with open(os.path.join(to, "words"), "w") as f:
    f.writelines(w + "\n" for w in WORDS)
MODELS = {}
for seed, (name, stack) in enumerate(STACKS.items()):
    MODELS[name] = build(stack)
    for k, w in enumerate(MODELS[name].weights):
        x = keras.random.normal(w.shape, stddev=0.5, seed=10 * seed + k)
        w.assign(keras.ops.abs(x) if "variance" in w.path else x)
MODELS.update((name, same(*shape)) for name, shape in SAME.items())
for name, model in MODELS.items():
    file = os.path.join(to, name + ".keras")
    model.save(file)
    if name == "hard-2":
        with zipfile.ZipFile(file) as f:
            parts = {n: f.read(n) for n in f.namelist()}
        parts["metadata.json"] = b'{"keras_version": "2.15.0"}'
        with zipfile.ZipFile(file, "w") as f:
            for n, part in parts.items():
                f.writestr(n, part)
    if name not in REFUSED:
        subprocess.run([sys.executable, CONVERT, file, os.path.join(
            HERE, "keras-" + name), "-v", os.path.join(to, "words")],
            check=True)
