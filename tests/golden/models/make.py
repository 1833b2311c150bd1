#!/usr/bin/env python3
# make.py: measure models with scikit-learn, for reat-eval:
#     python tests/golden/models/make.py [FOLDER]
# Python 3.11, numpy 2.4.6, scikit-learn 1.9.1, seed 5.  Two tables of
# predictions with five classes: one is never predicted by the first model, one
# is no label, names have a colon and a blank, and some probabilities are on the
# border of two bins.  scikit-learn has no expected calibration error: it is
# computed from its calibration_curve and the numbers of texts in its bins.
import sys
import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

rng = np.random.default_rng(5)
here = sys.argv[1] + '/' if len(sys.argv) > 1 else 'tests/golden/models/'
names = ['good', 'not so good', 'a:b', 'never', 'nobody']
C, N, BINS = len(names), 160, 15
gold = rng.choice([0, 0, 1, 2, 3], N)
out = []


def add(measure, at, model, value):
    out.append('%s\t%s\t%s\t%.12g\n' % (measure, at, model, value))


for model, skill in ('one', 1.2), ('two', 2.5):
    z = rng.normal(size=(N, C))
    z[np.arange(N), gold] += skill
    z[:, 3] -= 9 if model == 'one' else 0
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    p[:6] = [.8, .05, .05, .05, .05]    # 12 / 15: the border of bins 12, 13
    p[6:9] = [.2, .6, .1, 0, .1]        # a probability of 0; 9 / 15
    p = np.round(p, 6)
    k = p.argmax(1)
    with open(here + model + '.tsv', 'w') as f:
        f.write('\t'.join(['doc', 'label', 'predicted'] + names) + '\n')
        for i in range(N):
            f.write('\t'.join(['d%d' % i, names[gold[i]], names[k[i]]] +
                              ['%.6g' % v for v in p[i]]) + '\n')
    add('accuracy', '_', model, metrics.accuracy_score(gold, k))
    matrix = metrics.confusion_matrix(gold, k, labels=range(C))
    for a in range(C):
        for b in range(C):
            if matrix[a].sum() > 0:
                add('confusion', names[a] + ':' + names[b], model,
                    matrix[a, b] / matrix[a].sum())
    scores = metrics.precision_recall_fscore_support(
        gold, k, labels=range(C), zero_division=0)
    for c in range(C):
        add('precision', names[c], model, scores[0][c])
        if scores[3][c] > 0:
            add('recall', names[c], model, scores[1][c])
        add('f1', names[c], model, scores[2][c])
    add('macro-f1', '_', model, metrics.f1_score(gold, k, average='macro',
                                                  zero_division=0))
    # log_loss would divide rows by their sums, which rounding moves from 1
    own = np.clip(p[np.arange(N), gold], np.finfo(float).eps, 1)
    add('cross-entropy', '_', model, -np.log(own).mean())
    assert abs(metrics.log_loss(gold, p, labels=range(C)) +
               np.log(own).mean()) < 1e-5
    top, right = p.max(1), (k == gold).astype(float)
    share, mean = calibration_curve(right, top, n_bins=BINS)
    bins = np.linspace(0, 1, BINS + 1)
    n = np.bincount(np.searchsorted(bins[1:-1], top), minlength=BINS)
    add('calibration', '_', model,
        (n[n > 0] * np.abs(share - mean)).sum() / N)
    for b, gap in zip(np.flatnonzero(n), share - mean):
        add('reliability', '%.3f-%.3f' % (bins[b], bins[b + 1]), model, gap)
open(here + 'expected.tsv', 'w').write(''.join(out))
