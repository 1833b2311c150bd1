# Make the folder huggingface beside this script: a classifier as Hugging Face
# has it, the vocab.txt that share/convert/from_huggingface.py writes, the
# settings to import it, and logits.
#
#     pip install torch==2.13.0 tokenizers==0.23.3 safetensors
#     python3 huggingface_make.py
import json
import os
import sys

import tokenizers
import torch
from safetensors.torch import save_file
from tokenizers import models, normalizers, pre_tokenizers
from torch import nn

TO = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "huggingface")
WORDS = ["[PAD]", "[UNK]", "the", "film", "is", "very", "good", "bad", "not",
         "."]
CONFIG = {
    "architectures": ["LSTMForSequenceClassification"],
    "model_type": "lstm", "hidden_size": 4, "num_layers": 1,
    "bidirectional": True, "vocab_size": 10, "layer_norm_eps": 1e-12,
    "problem_type": "multi_label_classification",
    "id2label": {"0": "sad", "1": "very happy", "2": "neither"},
}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embeddings = nn.Embedding(10, 5, padding_idx=0)
        self.lstm = nn.LSTM(5, 4, batch_first=True, bidirectional=True)
        self.dense = nn.Linear(8, 6)
        self.norm = nn.LayerNorm(6, eps=CONFIG["layer_norm_eps"])
        self.classifier = nn.Linear(6, 3)

    def forward(self, ids):
        x = self.lstm(self.embeddings(ids))[0].mean(1)
        return self.classifier(self.norm(torch.tanh(self.dense(x))))


os.makedirs(TO, exist_ok=True)
torch.manual_seed(0)
net = Net().eval()
tokenizer = tokenizers.Tokenizer(models.WordLevel(
    {w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(),
                                             normalizers.Lowercase()])
tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
tokenizer.add_special_tokens(["[PAD]", "[UNK]"])
tokenizer.save(os.path.join(TO, "tokenizer.json"))
save_file(net.state_dict(), os.path.join(TO, "model.safetensors"))
with open(os.path.join(TO, "config.json"), "w") as f:
    json.dump(CONFIG, f, indent=2)
    f.write("\n")
with open(os.path.join(TO, "vocab.txt"), "w") as f:
    f.writelines(w + "\n" for w in WORDS)
with open(os.path.join(TO, "logits.tsv"), "w") as f, torch.no_grad():
    for text in ("The film is very good .", "not bad", "zzz Bad film"):
        logits = net(torch.tensor([tokenizer.encode(text).ids]))[0].tolist()
        f.write("\t".join([text] + ["%.9g" % x for x in logits]) + "\n")
with open(os.path.join(TO, "import"), "w") as f:
    f.write("pooling=mean head=dense,tanh,norm output=classifier "
            "epsilon=1e-12 multilabel=true unknown=[UNK] lowercase=true\n")
