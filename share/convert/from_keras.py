#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_keras.py MODEL.keras FOLDER [-v VOCABULARY]: write a Keras classifier
as a model of REAT: weights.safetensors, vocab.txt, model.yaml, and logits.tsv
for reat-model check -g, some texts with the logits that Keras gives.

The model is an Embedding; GRU, LSTM or SimpleRNN, each perhaps in
Bidirectional; a global average or maximum over the words, attention, several of
them concatenated, or none; Dense, BatchNormalization, LayerNormalization and PyTorch's
activations; and Dense with softmax, sigmoid or none.  Dropout is left out;
anything else is refused.  VOCABULARY has a word a line; a TextVectorization
layer at the beginning has its own.  Texts have no padding.

Needs keras, h5py, numpy and safetensors.
"""
import keras
import numpy as np

import folder
from folder import fail
from keras_attention import find as attention
from keras_layers import add, of_keras_2, recurrent

RECURRENT = "GRU", "LSTM", "SimpleRNN", "Bidirectional"
POOLINGS = {"GlobalAveragePooling1D": "mean", "GlobalMaxPooling1D": "max"}
DROPOUTS = ("Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout")


def wires(model):
    """The layers in order, with numbers for what each reads and gives."""
    if isinstance(model, keras.Sequential):
        return [(layer, k, k + 1) for k, layer in enumerate(model.layers)]
    return [(op, keras.tree.map_structure(id, op.input),
             id(keras.tree.flatten(op.output)[0])) for op in model.operations]


def stack(model, old):
    """Returns network, head, tensors, and the TextVectorization or None."""
    tensors, kinds, known, head = {}, [], None, folder.Head()
    x, states, pools, pooling, found = None, None, {}, None, None
    for layer, given, gives in wires(model):
        kind = type(layer).__name__
        if found and gives in found[3]:
            if gives != found[0]:
                continue
            pools[gives] = ["attention"]
        elif kind in POOLINGS and given == states and not layer.keepdims:
            pools[gives] = [POOLINGS[kind]]
        elif kind == "Concatenate" and all(g in pools for g in given):
            pools[gives] = sum([pools[g] for g in given], [])
        elif x not in (None, given) and "Attention" not in kind:
            fail("%s does not read the layer before it alone" % layer.name)
        elif kind in DROPOUTS + ("InputLayer",):
            if given in (states, *pools):
                pools[gives] = pools.get(given, [])
            states = gives if given == states else states
        elif kind == "TextVectorization" and not tensors:
            known = layer
        elif kind == "Embedding" and not tensors:
            tensors["embedding.weight"] = np.array(layer.get_weights()[0])
        elif kind in RECURRENT and tensors and pooling is None:
            kinds.append(recurrent(layer, len(kinds), tensors, old))
            states = gives
            if kinds[-1][2] and not isinstance(model, keras.Sequential):
                found = attention(model, wires(model), states, kinds[-1][1] > 1)
        elif kinds and add(head, layer):
            pooling = pools.get(given, []) if pooling is None else pooling
        else:
            fail("%s (%s) has no place in an Embedding, GRU, LSTM or "
                 "SimpleRNN, global poolings or attention whose weights are made "
                 "of a word's state or its product with the last one, and a "
                 "head" % (layer.name, kind))
        x = gives
    pooled = [True] * (len(kinds) - 1) + [bool(pooling)]
    if pooling is None or len({k[:2] for k in kinds}) != 1 or \
            [k[2] for k in kinds] != pooled:
        fail("layers of different kinds, or sequences that are not pooled")
    network = {"cell": kinds[0][0], "layers": len(kinds), "bidirectional":
               kinds[0][1] == 2, "pooling": "+".join(pooling) or "last"}
    if "attention" in pooling:
        network["attention"] = found[1]
        tensors.update(found[2])
    return network, head, tensors, known


def main():
    a = folder.arguments(__doc__)
    model = keras.models.load_model(a.model, compile=False)
    network, head, tensors, known = stack(model, of_keras_2(a.model))
    words = known.get_vocabulary() if known else None
    if known and isinstance(model, keras.Sequential):
        model = keras.Sequential(model.layers[model.layers.index(known) + 1:])
    elif known:
        model = keras.Model(known.output, model.output)
    words = folder.read_words(a.vocabulary) if a.vocabulary else words
    if getattr(model.layers[-1], "activation", None) is not None:
        model.layers[-1].activation = keras.activations.linear  # of logits
    folder.write(a.folder, words, network, head, tensors,
                 lambda ids: keras.ops.convert_to_numpy(
                     model(np.array([ids])))[0])


if __name__ == "__main__":
    main()
