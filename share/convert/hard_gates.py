# SPDX-License-Identifier: ISC
"""hard_gates.py: hard sigmoids of any slope as those of REAT.

Needs numpy.
"""
import numpy as np


def harden(tensors, end, slope, offset=0.5):
    """Gates min(1, max(0, slope x + offset)) as x / 6 + 1 / 2 of other x: the
    rows of gates, all but the candidate, are scaled in double precision."""
    wide = tensors["rnn.weight_hh" + end].shape
    tensors.setdefault("rnn.bias_ih" + end, np.zeros(wide[0]))
    for key in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        name = "rnn." + key + end
        if name in tensors:
            rows = np.split(np.array(tensors[name], np.float64),
                            wide[0] // wide[1])
            for k in (0, 1, 3)[:len(rows) - 1]:
                rows[k] *= 6 * slope
                rows[k] += 6 * offset - 3 if key == "bias_ih" else 0
            tensors[name] = np.concatenate(rows)
