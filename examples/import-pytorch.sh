#!/bin/sh
# import-pytorch.sh [FOLDER]: import a network from PyTorch and explain it.
#
# Python makes a small classifier without training and saves its state_dict and
# its words, and the logits of some texts; reat-model import derives model.yaml
# from them and compares the logits.  If Python has no torch or safetensors, the
# script prints a note and does nothing.
set -eu
python=${REAT_PEERS:-python3}
"$python" -c 'import torch, safetensors.torch' 2>/dev/null || {
	echo "import-pytorch.sh: skipped: no torch and safetensors for $python"
	exit 0
}
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

"$python" - "$folder" <<'EOF'
import sys
import torch
from safetensors.torch import save_file


class Net(torch.nn.Module):
    def __init__(self, words, classes):
        super().__init__()
        self.embedding = torch.nn.Embedding(words, 5)
        self.rnn = torch.nn.GRU(5, 4, batch_first=True)
        self.output = torch.nn.Linear(4, classes)

    def forward(self, ids):
        return self.output(self.rnn(self.embedding(ids))[1][-1])


torch.manual_seed(1)
words = ["<unk>", "a", "good", "bad", "film", "."]
net = Net(len(words), 2)
# ... training ...
save_file(net.state_dict(), sys.argv[1] + "/weights.safetensors")
with open(sys.argv[1] + "/vocab.txt", "w") as file:
    file.write("".join(word + "\n" for word in words))
net.eval()
with open(sys.argv[1] + "/logits.tsv", "w") as file:
    for text in ("a good film .", "bad", "no film"):
        ids = [words.index(w) if w in words else 0 for w in text.split()]
        print(text, *net(torch.tensor([ids]))[0].tolist(), sep="\t", file=file)
p = net(torch.tensor([[1, 2, 4, 5]])).softmax(-1)[0]
print("PyTorch  negative %.4f positive %.4f" % tuple(p.tolist()))
EOF

rm -f "$folder/model.yaml"
reat-model import -g "$folder/logits.tsv" -o "$folder/model.yaml" "$folder" \
	labels=negative,positive
reat-model check "$folder"
echo 'a good film .' | reat-tokenize |
	reat-predict -H -m "$folder" |
	awk '{ printf "REAT     negative %.4f positive %.4f\n", $4, $5 }'
echo 'a good film .' | reat-tokenize |
	reat-score -H -l word -c positive -m "$folder" | cut -f 10,11
