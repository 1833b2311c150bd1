#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_pytorch.py CHECKPOINT FOLDER [-v VOCABULARY]: write a PyTorch
checkpoint as a folder for reat-model import.

CHECKPOINT is what torch.save wrote: a state_dict, or a dictionary that has one
under state_dict, model_state_dict, model or net, as Lightning's.  It is read
with weights_only, so that no code in it runs; a pickled module is refused.
VOCABULARY is a file of words, one a line, or JSON: a list of words, or a map
from words to rows.

FOLDER gets weights.safetensors and vocab.txt.  A checkpoint does not say how
the program uses its tensors, so print the logits of a few texts there, and
then

    reat-model import -g LOGITS -o FOLDER/model.yaml FOLDER

Needs torch, numpy and safetensors.
"""
import os

import torch
from safetensors.torch import save_file

import folder
from folder import fail

PLACES = ("state_dict", "model_state_dict", "model", "net")
PREFIXES = ("_orig_mod.", "module.")    # of torch.compile, of DataParallel


def state_dict(path):
    try:
        found = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        fail("%s: %s" % (path, error.strerror or error))
    except Exception:
        fail("%s: cannot be read by weights_only=True, expected what "
             "torch.save(model.state_dict(), ...) writes" % path)
    for place in PLACES:
        if isinstance(found, dict) and isinstance(found.get(place), dict):
            found = found[place]
            break
    tensors = {}
    for name, value in (found.items() if isinstance(found, dict) else ()):
        if not isinstance(value, torch.Tensor):
            continue
        for prefix in PREFIXES:
            if name.startswith(prefix):
                name = name[len(prefix):]
        tensors[name] = value.detach().clone().contiguous()
    if not tensors:
        fail("%s: no tensors, expected a state_dict, or one under %s" %
             (path, ", ".join(PLACES)))
    return tensors


def main():
    a = folder.arguments(__doc__)
    tensors = state_dict(a.model)
    os.makedirs(a.folder, exist_ok=True)
    save_file(tensors, os.path.join(a.folder, "weights.safetensors"))
    if a.vocabulary is not None:
        folder.write_words(a.folder, folder.read_words(a.vocabulary))
    print("%s: %d tensors" % (a.folder, len(tensors)))


if __name__ == "__main__":
    main()
