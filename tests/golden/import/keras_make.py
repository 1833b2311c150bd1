# Make the folders keras-* beside this script by share/convert/from_keras.py,
# and what from_keras.py must refuse in the folder given.
#
#     pip install keras==3.* torch==2.13.0 safetensors
#     KERAS_BACKEND=torch python3 keras_make.py FOLDER
import os
import subprocess
import sys

import keras
from keras import layers as L

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
    "hard": [L.GRU(4, recurrent_activation="hard_sigmoid"), L.Dense(3)],
    "two-dense": [L.GRU(4), L.Dense(4, activation="relu"), L.Dense(3)],
    "relu": [L.LSTM(4, activation="relu"), L.Dense(3)],
    "sum": [L.Bidirectional(L.GRU(4), merge_mode="sum"), L.Dense(3)],
}
REFUSED = ("hard", "two-dense", "relu", "sum")

to = sys.argv[1]
with open(os.path.join(to, "words"), "w") as f:
    f.writelines(w + "\n" for w in WORDS)
for seed, (name, stack) in enumerate(STACKS.items()):
    model = keras.Sequential([keras.Input((None,)), L.Embedding(10, 5)] + stack)
    for k, w in enumerate(model.weights):
        w.assign(keras.random.normal(w.shape, stddev=0.5, seed=10 * seed + k))
    file = os.path.join(to, name + ".keras")
    model.save(file)
    if name not in REFUSED:
        subprocess.run([sys.executable, CONVERT, file, os.path.join(
            HERE, "keras-" + name), "-v", os.path.join(to, "words")],
            check=True)
