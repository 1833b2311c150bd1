#!/usr/bin/env python3
# make.py: measures of explanations by the programs of those who define them:
#     python tests/golden/measures/make.py FOLDER AIX360 ERASER
# Python 3.11, numpy 2.4.6, torch 2.13.0, scikit-learn 1.9.1, seed 17.  AIX360 is a copy of
# github.com/Trusted-AI/AIX360 (here of commit 783f8365), ERASER one of
# github.com/jayded/eraserbenchmark (36467f16).  The model is a GRU with random
# weights, and runs in double precision.
#     monotonicity    aix360.metrics.monotonicity_metric: 60 texts of 4 words
#     flip, log-odds, log-probability
#                     no library has them: by their equations, 40 texts without
#                     the top 1, 5, 10, 20 and 50 % of the words
#     token-f1, iou-f1, auprc
#                     rationale_benchmark.metrics: 50 texts with random spans
#     infidelity      captum.metrics.infidelity 0.9.0: 20 texts, each with 25
#                     variants without random words; f is the logit
#     sensitivity     captum.metrics.sensitivity_max 0.9.0: gradient times input,
#                     15 texts, 5 copies of the model with noise in the embedding
import json, logging, math, os, struct, sys
import numpy as np
import torch

here, aix, eraser = sys.argv[1:4]
rng = np.random.default_rng(17)
V, D, H, C = 30, 4, 5, 2
names = ['negative', 'positive']
vocab = ['w%d' % i for i in range(V)]
out = []


def path(*name):
    return os.path.join(here, *name)


def safetensors(file, tensors):
    header, data = {}, b''
    for name, x in tensors.items():
        raw = x.numpy().astype('<f4').tobytes()
        header[name] = {'dtype': 'F32', 'shape': list(x.shape),
                        'data_offsets': [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    open(file, 'wb').write(struct.pack('<Q', len(text)) + text + data)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(V, D)
        self.rnn = torch.nn.GRU(D, H, batch_first=True)
        self.output = torch.nn.Linear(H, C)

    def run(self, x):                           # vectors [B][T][D]
        if x.shape[1] == 0:
            return self.output(torch.zeros(len(x), H, dtype=x.dtype))
        return self.output(self.rnn(x)[0][:, -1])


net = Net()
with torch.no_grad():
    for x in net.parameters():                  # as they are in the file
        x.copy_(torch.from_numpy(rng.normal(size=x.shape).astype('f4')))
    net.output.bias.zero_()
os.makedirs(path('model'), exist_ok=True)
safetensors(path('model', 'weights.safetensors'), net.state_dict())
open(path('model', 'vocab.txt'), 'w').write(''.join(v + '\n' for v in vocab))
open(path('model', 'model.yaml'), 'w').write(
    'reat: 1\ncell: gru\npooling: last\nlabels: [negative, positive]\n'
    'lowercase: true\nvocabulary: vocab.txt\nweights: [weights.safetensors]\n')
net.double()


def logits(ids):
    with torch.no_grad():
        return net.run(net.embedding(torch.tensor(
            np.array(ids, dtype=int)[None])))[0].numpy()


def probabilities(ids):
    z = np.exp(logits(ids))
    return z / z.sum()


def tok(name, texts, misc=lambda doc, t: '_'):
    with open(path(name), 'w') as f:
        for doc, ids in texts.items():
            f.write('# sent_id = %s\n' % doc + ''.join(
                '%d\t%s%s\t%s\n' % (t + 1, vocab[i], '\t_' * 7, misc(doc, t))
                for t, i in enumerate(ids)) + '\n')


def scores(name, texts, of, layer=lambda doc: []):
    with open(path(name), 'w') as f:
        f.write('doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\tprob\t'
                'score\ttext\n')
        for doc, ids in texts.items():
            q, s = probabilities(ids), of[doc]
            c = int(q.argmax())
            z = logits(ids)[c]

            def row(level, at, score, text):
                f.write('\t'.join([doc, names[c], level, at, 'model', 'm', '_',
                                   '%.9g' % q[c], '%.9g' % score, text]) + '\n')

            for t, i in enumerate(ids):
                row('word', '%d\t%d' % (t + 1, t + 1), s[t], vocab[i])
            for first, last, tag in layer(doc):
                f.write('\t'.join([doc, names[c], 'rationale', str(first + 1),
                                   str(last + 1), 'model', 'm', tag,
                                   '%.9g' % q[c], '%.9g' % sum(
                                       s[first:last + 1]), ' '.join(
                    vocab[i] for i in ids[first:last + 1])]) + '\n')
            row('text', '_\t_', sum(s), '_')
            row('bias', '_\t_', z - sum(s), '_')
            row('logit', '_\t_', z, '_')


def random_texts(n, least, most):
    return {'d%d' % k: rng.integers(V, size=rng.integers(least, most + 1))
            for k in range(n)}


# ---- monotonicity ----

sys.path.insert(0, os.path.join(aix, 'aix360'))
from metrics.local_metrics import monotonicity_metric


class Classifier:
    def predict_proba(self, x):                 # an id of -1 is no word
        return np.array([probabilities(row[row >= 0]) for row in x])


texts = random_texts(60, 4, 4)
of = {doc: np.round(rng.normal(size=4), 3) for doc in texts}
tok('monotone.tok', texts)
scores('monotone.score', texts, of)
out.append(('monotonicity', '_', np.mean([monotonicity_metric(
    Classifier(), ids, of[doc], np.full(4, -1)) for doc, ids in
    texts.items()])))

# ---- flip, log-odds, log-probability ----

shares = [1, 5, 10, 20, 50]
texts = random_texts(40, 1, 25)
of = {doc: np.round(rng.normal(size=len(ids)), 3) for doc, ids in texts.items()}
tok('flip.tok', texts)
scores('flip.score', texts, of)
values = {}
for doc, ids in texts.items():
    order = sorted(range(len(ids)), key=lambda i: (-of[doc][i], i))
    p, fraction = probabilities(ids), 1
    c = p.argmax()
    for share in reversed(shares):
        top = set(order[:math.ceil(share / 100 * len(ids) - 1e-9)])
        q = probabilities([v for i, v in enumerate(ids) if i not in top])
        flips = float(q.argmax() != c)
        fraction = share / 100 if flips else fraction
        for measure, value in (
                ('flip', flips), ('log-odds', math.log(p[c] / (1 - p[c])) -
                                  math.log(q[c] / (1 - q[c]))),
                ('log-probability', math.log(p[c]) - math.log(q[c]))):
            values.setdefault((measure, str(share)), []).append(value)
            if measure != 'flip':
                values.setdefault((measure, 'aopc'), []).append(value)
    values.setdefault(('flip', 'fraction'), []).append(fraction)
out += [(measure, at, np.mean(v)) for (measure, at), v in values.items()]

# ---- token-f1, iou-f1, auprc ----

logging.disable()
sys.path.insert(0, eraser)
from rationale_benchmark import metrics
from rationale_benchmark.metrics import PositionScoredDocument, Rationale

texts = random_texts(50, 2, 25)
# scores with equals, higher in rationales; word -> number of its span, from 1
of, span = {}, {}
for doc, ids in texts.items():
    T = len(ids)
    span[doc] = np.zeros(T, dtype=int)
    for k in range(1, rng.integers(2, 5)):
        first = rng.integers(T)
        span[doc][first:first + rng.integers(1, 5)] = k
    of[doc] = np.round(rng.normal(size=T) + (span[doc] > 0), 1)


def runs(doc, number):
    """The runs of one number other than 0."""
    found, first = [], 0
    for t in range(1, len(number) + 1):
        if t == len(number) or number[t] != number[first]:
            if number[first]:
                found.append(Rationale(doc, doc, first, t))
            first = t
    return found


def bio(doc, t):
    k = span[doc][t]
    return 'rationale=' + ('O' if k == 0 else
                           'I-R' if t > 0 and span[doc][t - 1] == k else 'B-R')


def layer(doc):
    found = runs(doc, span[doc])
    inside = {t for r in found for t in range(r.start_token, r.end_token)}
    return sorted([(r.start_token, r.end_token - 1, 'R') for r in found] +
                  [(t, t, '_') for t in range(len(span[doc]))
                   if t not in inside])


tok('rationale.tok', texts, bio)
scores('rationale.score', texts, of, layer)
truth = [r for doc in texts for r in runs(doc, span[doc])]
for at in ['same', '1', '5', '10', '20', '50']:
    top = []
    for doc, s in of.items():
        k = sum(span[doc] > 0) if at == 'same' else math.ceil(
            int(at) / 100 * len(s) - 1e-9)
        order = sorted(range(len(s)), key=lambda t: (-s[t], t))[:k]
        top += runs(doc, np.isin(np.arange(len(s)), order))
    words = lambda list: [w for r in list for w in r.to_token_level()]
    out += [('token-f1', at, metrics.score_hard_rationale_predictions(
                words(truth), words(top))['instance_macro']['f1']),
            ('iou-f1', at, metrics.partial_match_score(
                truth, top, [.5])[0]['macro']['f1'])]
soft = metrics.score_soft_tokens([PositionScoredDocument(
    doc, doc, tuple(s), tuple(span[doc] > 0)) for doc, s in of.items()])
out += [('auprc', 'auc', soft['auprc']),
        ('auprc', 'ap', soft['average_precision'])]

# ---- infidelity ----

from captum.metrics import infidelity, sensitivity_max

texts = random_texts(20, 1, 12)
of = {doc: np.round(rng.normal(size=len(ids)), 3) for doc, ids in texts.items()}
values, variants = {'_': [], 'scaled': []}, {}
for doc, ids in texts.items():
    T, c = len(ids), probabilities(ids).argmax()
    lost = rng.random((25, T)) < .4             # subsets, also empty ones
    lost[0] = True
    variants[doc] = ids
    for k, row in enumerate(lost):
        variants['%s~%d~%s' % (doc, k + 1, ','.join(
            str(t + 1) for t in np.flatnonzero(row)))] = ids[~row]

    def forward(kept):                          # [n][T] of 1 and 0
        return torch.tensor([logits(ids[row > .5])[c] for row in kept.numpy()])

    def perturb(x):
        gone = torch.tensor(lost, dtype=torch.float64)
        return gone, x - gone

    for at in values:
        values[at].append(infidelity(
            forward, perturb, torch.ones(1, T, dtype=torch.float64),
            torch.tensor(of[doc][None]), n_perturb_samples=len(lost),
            normalize=at == 'scaled').item())
tok('variants.tok', variants)
scores('variants.score', texts, of)
out += [('infidelity', at, np.mean(v)) for at, v in values.items()]

# ---- sensitivity ----

texts = random_texts(15, 1, 12)
tok('sensitivity.tok', texts)
noisy = []
for k in range(5):
    x = (net.embedding.weight.detach().numpy() + rng.uniform(
        -.02, .02, (V, D))).astype('f4')
    state = net.float().state_dict()
    state['embedding.weight'] = torch.from_numpy(x)
    os.makedirs(path('noise%d' % k), exist_ok=True)
    safetensors(path('noise%d' % k, 'weights.safetensors'), state)
    open(path('noise%d' % k, 'model.yaml'), 'w').write(open(path(
        'model', 'model.yaml')).read().replace('vocab.txt',
                                               '../model/vocab.txt'))
    noisy.append(torch.from_numpy(x).double())
    net.double()
worst = []
for ids in texts.values():
    c, at = int(probabilities(ids).argmax()), torch.tensor(ids)

    def explain(x):                             # gradient times input
        with torch.enable_grad():
            x = (x[0] if isinstance(x, tuple) else x).detach()
            x.requires_grad_()
            grad, = torch.autograd.grad(net.run(x)[:, c].sum(), x)
        return (grad * x).sum(-1).detach(),

    def perturb(x):
        return torch.stack([e[at] for e in noisy])

    worst.append(sensitivity_max(explain, net.embedding(at)[None].detach(),
                                 perturb_func=perturb,
                                 n_perturb_samples=len(noisy)).item())
out.append(('sensitivity', '_', np.mean(worst)))

with open(path('expected.tsv'), 'w') as f:
    for measure, at, value in out:
        f.write('%s\t%s\t%.9g\n' % (measure, at, value))
