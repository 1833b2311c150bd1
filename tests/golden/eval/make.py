#!/usr/bin/env python3
# make.py: compute the results of reat-eval without REAT:
#     python tests/golden/eval/make.py [FOLDER]
# Python 3.11, numpy 2.4.6, seed 11.  The texts have words of
# tests/contract/model, and two methods have random scores (rounded, so that
# some are equal).  The model is run in double precision on the texts without
# the top words, and with only the top words, at each share (ERASER: DeYoung et
# al. 2020).  The number of words of a share is rounded up, and equal scores
# keep the order of the text.  There are also the correlations of the scores of
# both methods, within texts (Spearman's, their mean) and over all words.
import json, math, struct, sys
import numpy as np

rng = np.random.default_rng(11)
here = sys.argv[1] + '/' if len(sys.argv) > 1 else 'tests/golden/eval/'
model = 'tests/contract/model/'
shares = [1, 5, 10, 20, 50]
vocab = open(model + 'vocab.txt').read().split('\n')[:-1]
raw = open(model + 'weights.safetensors', 'rb').read()
n = struct.unpack('<Q', raw[:8])[0]
w = {k: np.frombuffer(raw[8 + n:][slice(*v['data_offsets'])], '<f4').reshape(
     v['shape']).astype(float) for k, v in json.loads(raw[8:8 + n]).items()
     if k != '__metadata__'}
H = 3
sigmoid = lambda x: 1 / (1 + np.exp(-x))


def probabilities(words):
    h = np.zeros(H)
    for word in words:
        a = w['rnn.weight_ih_l0'] @ w['embedding.weight'][vocab.index(word)] \
            + w['rnn.bias_ih_l0']
        b = w['rnn.weight_hh_l0'] @ h + w['rnn.bias_hh_l0']
        r, u = sigmoid(a[:H] + b[:H]), sigmoid(a[H:2 * H] + b[H:2 * H])
        h = (1 - u) * np.tanh(a[2 * H:] + r * b[2 * H:]) + u * h
    z = np.exp(w['output.weight'] @ h + w['output.bias'])
    return z / z.sum()


def ranks(x):                       # the mean rank of equals
    return np.array([(x < v).sum() + ((x == v).sum() - 1) / 2 for v in x])


def spearman(x, y):
    a, b = ranks(np.array(x)), ranks(np.array(y))
    if len(x) < 2 or a.std() == 0 or b.std() == 0:
        return None
    return np.corrcoef(a, b)[0, 1]


names = ['negative', 'positive']
tok, out = '', {}
rows = {'one': '', 'two': ''}
measured = {}
rho = []
both = {'one': [], 'two': []}
for k in range(16):
    doc = 'd%d' % k
    words = [vocab[i] for i in rng.integers(1, len(vocab),
                                            rng.integers(1, 26))]
    tok += '# sent_id = %s\n' % doc + ''.join(
        '%d\t%s%s\n' % (i + 1, v, '\t_' * 8) for i, v in enumerate(words)) + '\n'
    p = probabilities(words)
    c = int(p.argmax())
    scores = {}
    for method in rows:
        s = scores[method] = [round(float(x), 1) for x in rng.normal(
            size=len(words))]
        rows[method] += ''.join(
            '%s\t%s\tword\t%d\t%d\tmodel\t%s\t_\t0.5\t%g\t%s\n' % (doc,
            names[c], i + 1, i + 1, method, v, words[i])
            for i, v in enumerate(s))
        rows[method] += ''.join(
            '%s\t%s\t%s\t_\t_\tmodel\t%s\t_\t0.5\t%g\t_\n' % (doc, names[c],
            level, method, v) for level, v in (('text', round(sum(s), 1)),
            ('bias', 0), ('logit', round(sum(s), 1))))
        order = sorted(range(len(words)), key=lambda i: (-s[i], i))
        for share in shares:
            top = set(order[:math.ceil(share / 100 * len(words) - 1e-9)])
            without = [v for i, v in enumerate(words) if i not in top]
            only = [v for i, v in enumerate(words) if i in top]
            for measure, left in (('comprehensiveness', without),
                                  ('sufficiency', only)):
                loss = p[c] - probabilities(left)[c]
                measured.setdefault((measure, method, str(share)),
                                    []).append(loss)
                measured.setdefault((measure, method, 'aopc'), []).append(loss)
    for method in both:
        both[method] += scores[method]
    r = spearman(scores['one'], scores['two'])
    if r is not None:
        rho.append(r)
header = 'doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\tprob\tscore\ttext\n'
open(here + 'docs.tok', 'w').write(tok)
for method in rows:
    open(here + method + '.score', 'w').write(header + rows[method])
with open(here + 'expected.tsv', 'w') as f:
    for (measure, method, at), v in measured.items():
        f.write('%s\t%s\t%s\t%.7f\n' % (measure, at, method, np.mean(v)))
    f.write('agreement\t_\ttwo\t%.7f\n' % np.mean(rho))
    f.write('correlation\tpearson\ttwo\t%.7f\n' %
            np.corrcoef(both['one'], both['two'])[0, 1])
    f.write('correlation\tspearman\ttwo\t%.7f\n' %
            spearman(both['one'], both['two']))
