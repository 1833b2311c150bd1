#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""tf2onnx_make.py: write onnx/tf2onnx.onnx, a Keras network that tf2onnx has
exported from TensorFlow.  The folder onnx-tf2onnx is what from_onnx.py makes of it:

    pip install tensorflow-cpu==2.21.0 tf2onnx==1.17.0 && python3 tf2onnx_make.py
    python3 ../../../share/convert/from_onnx.py onnx/tf2onnx.onnx onnx-tf2onnx \\
        -v onnx-gru-new/vocab.txt

tf2onnx writes Keras's LSTM as a node LSTM, and GRU and SimpleRNN as a loop over
their steps, which from_onnx.py refuses.
"""
import os
import sys

import keras
import numpy as np
import tensorflow as tf
import tf2onnx

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
WORDS = len(open(HERE + "/onnx-gru-new/vocab.txt").read().split())
random = np.random.default_rng(1)
ids = keras.Input((None,), dtype="int32")
x = keras.layers.Embedding(WORDS, 4)(ids)
for sequences in True, False:
    x = keras.layers.Bidirectional(keras.layers.LSTM(
        3, return_sequences=sequences))(x)
x = keras.layers.Dense(5, activation="relu")(x)
net = keras.Model(ids, keras.layers.Dense(3)(x))
for w in net.weights:
    w.assign(random.normal(0, .7, w.shape))
signature = [tf.TensorSpec((None, None), tf.int32, name="ids")]
tf2onnx.convert.from_function(
    tf.function(lambda i: net(i, training=False), input_signature=signature),
    input_signature=signature, opset=17, output_path=HERE + "/onnx/tf2onnx.onnx")
