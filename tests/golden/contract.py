#!/usr/bin/env python3
# contract.py: compute the small model, trace and score of tests/contract
# without REAT:
#     python tests/golden/contract.py
# numpy 2.x, seed 7.  GRU, D 2, H 3, one direction, last.
import json, struct
import numpy as np

F = np.float32
rng = np.random.default_rng(7)
here = 'tests/contract/'
D, H, labels = 2, 3, ['negative', 'positive']
vocab = ['<unk>', 'the', 'movie', 'fun', 'but', 'tedious', 'n\'t', 'serve', '.']
w = {
    'embedding.weight': rng.normal(size=(len(vocab), D)),
    'rnn.weight_ih_l0': rng.normal(size=(3 * H, D)),
    'rnn.weight_hh_l0': rng.normal(size=(3 * H, H)),
    'rnn.bias_ih_l0': rng.normal(size=3 * H),
    'rnn.bias_hh_l0': rng.normal(size=3 * H),
    'output.weight': rng.normal(size=(len(labels), H)),
    'output.bias': rng.normal(size=len(labels)),
}
w = {k: v.astype(F) for k, v in w.items()}
head, data = {}, b''
for k, v in w.items():
    raw = v.astype('<f4').tobytes()
    head[k] = {'dtype': 'F32', 'shape': list(v.shape),
               'data_offsets': [len(data), len(data) + len(raw)]}
    data += raw
head = json.dumps(head).encode()
head += b' ' * (-len(head) % 8)
with open(here + 'model/weights.safetensors', 'wb') as f:
    f.write(struct.pack('<Q', len(head)) + head + data)
with open(here + 'model/vocab.txt', 'w') as f:
    f.write(''.join(v + '\n' for v in vocab))
with open(here + 'model/model.yaml', 'w') as f:
    f.write('reat: 1\ncell: gru\npooling: last\nlabels: [%s]\n'
            'lowercase: true\nunknown: <unk>\nvocabulary: vocab.txt\n'
            'weights: [weights.safetensors]\n' % ', '.join(labels))

sigmoid = lambda x: 1 / (1 + np.exp(-x))
vec = lambda v: 'x' + np.asarray(v, '>f4').tobytes().hex()
short = lambda v: np.format_float_positional(F(v), unique=True, trim='-')


def forward(words):
    h, steps = np.zeros(H), []
    for word in words:
        i = vocab.index(word.lower()) if word.lower() in vocab else 0
        x = w['embedding.weight'][i]
        a = w['rnn.weight_ih_l0'] @ x + w['rnn.bias_ih_l0']
        b = w['rnn.weight_hh_l0'] @ h + w['rnn.bias_hh_l0']
        r, u = sigmoid(a[:H] + b[:H]), sigmoid(a[H:2 * H] + b[H:2 * H])
        h = (1 - u) * np.tanh(a[2 * H:] + r * b[2 * H:]) + u * h
        steps.append((h, u))
    return steps


trace, score = '', ('doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\t'
                    'prob\tscore\ttext\n')
for block in open(here + 'tok').read().rstrip('\n').split('\n\n'):
    lines = block.split('\n')
    rows = [l.split('\t') for l in lines if l[0] != '#']
    comments = [l for l in lines if l[0] == '#']
    words = [r for r in rows if r[0].isdigit()]
    doc = next(c[12:] for c in comments if c.startswith('# sent_id = '))
    steps = forward([r[1] for r in words])
    W, bias = w['output.weight'].astype(float), w['output.bias'].astype(float)
    logit = W @ (steps[-1][0] if steps else np.zeros(H)) + bias
    prob = np.exp(logit - logit.max())
    prob /= prob.sum()
    best = int(prob.argmax())
    comments += ['# reat.model = model', '# reat.cell = gru',
                 '# reat.pooling = last', '# reat.labels = ' + '|'.join(labels),
                 '# reat.weight = ' + vec(w['output.weight'].ravel()),
                 '# reat.bias = ' + vec(w['output.bias']),
                 '# reat.logit = ' + vec(logit),
                 '# reat.predicted = %s %s' % (short(prob[best]), labels[best])]
    G, S = np.ones(H), []
    for t in range(len(steps) - 1, -1, -1):
        s, a = steps[t]
        before = steps[t - 1][0] if t else np.zeros(H)
        S.insert(0, float(W[best] @ ((s - a * before) * G)))
        G = a * G
        r = words[t]
        misc = 'S=%s|A=%s' % (vec(s), vec(a))
        r[9] = misc if r[9] == '_' else r[9] + '|' + misc
    trace += '\n'.join(comments + ['\t'.join(r) for r in rows]) + '\n\n'
    row = lambda level, ids, tag, v, text: '\t'.join(
        [doc, labels[best], level, ids, ids, 'model', 'reat', tag,
         short(prob[best]), short(v), text]) + '\n'
    for r, v in zip(words, S):
        score += row('word', r[0], r[4], v, r[1])
    whole = ' '.join(r[1] for r in words)
    score += row('text', '_', '_', sum(S), whole)
    score += row('bias', '_', '_', bias[best], '_')
    score += row('logit', '_', '_', logit[best], '_')
open(here + 'trace', 'w').write(trace)
open(here + 'score', 'w').write(score)
