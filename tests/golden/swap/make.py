#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: attacks by literal programs, on random texts.

    python3 make.py          (in this folder, with reat-predict in PATH)

writes texts.tok, synonyms.tsv, vectors.txt, words.tsv and expected.tsv.  The
classifiers are models of ../engine and two that REAT has, for which words.tsv
has English words in the place of w1 to w11.  reat-predict is asked; the attacks
are written as the papers and TextAttack have them, a text at a time:

    pwws             Ren et al. 2019, equations 4 to 8, and their program:
                     https://github.com/JHL-HUST/PWWS
    pwws-textattack  TextAttack 0.3.10, GreedyWordSwapWIR("weighted-saliency")
    textfooler       Jin et al. 2020, algorithm 1 without the sentence encoder;
                     the importance is equation 2
    beam, beam-swap  TextAttack's BeamSearch, which ends with a success where
                     there is one, also if it is not the best text

Versions: Python 3.11.7, numpy 2.4.6.  The seed is 17.
"""
import subprocess
import numpy as np

rng = np.random.default_rng(17)
words = ['w%d' % i for i in range(1, 12)]
english = dict(zip(words, 'good film bad slow dull funny charming story fine '
                   'boring great'.split()))
K, COSINE, T_MOST = 4, .3, 9

# ---- the texts, synonyms and vectors

texts = [[str(w) for w in rng.choice(words, rng.integers(1, T_MOST + 1))]
         for _ in range(24)]
synonyms = {w: [str(v) for v in rng.choice(words + ['u1'], 3, replace=False)
                if v != w] for w in words}
vocabulary = words + ['u1', 'u2']
vectors = np.round(rng.normal(size=(len(vocabulary), 5)) + .4, 3)

with open('texts.tok', 'w') as f:
    for i, text in enumerate(texts):
        print(f'# sent_id = {i + 1}', file=f)
        for t, w in enumerate(text):
            print(t + 1, w, *'________', sep='\t', file=f)
        print(file=f)
with open('synonyms.tsv', 'w') as f:
    for w in words:
        for v in synonyms[w]:
            print(w, v, sep='\t', file=f)
with open('vectors.txt', 'w') as f:
    for w, v in zip(vocabulary, vectors):
        print(w, *v, file=f)

with open('words.tsv', 'w') as f:
    for w, v in english.items():
        print(w, v, sep='\t', file=f)

unit = vectors / np.linalg.norm(vectors, axis=1)[:, None]


def neighbours(w):
    i = vocabulary.index(w)
    cosine = unit @ unit[i]
    order = [j for j in np.argsort(-cosine, kind='stable') if j != i]
    return [(vocabulary[j], cosine[j]) for j in order[:K] if cosine[j] >= COSINE]


# ---- the classifier

class Model:
    def __init__(self, name):
        self.known = {}
        self.form = english if name.startswith('sst') else {}
        self.name = name if self.form else f'../engine/{name}/'

    def labels(self):
        return subprocess.run(['reat-predict', '-q', '-m', self.name],
            input='# sent_id = 1\n\n', text=True, capture_output=True,
            check=True).stdout.split('\n')[0].split('\t')[3:]

    def ask(self, batch):
        """The probabilities of texts, as float32 in float64, and as printed."""
        new = list({tuple(x) for x in batch} - self.known.keys())
        if new:
            tok = ''
            for i, x in enumerate(new):
                tok += f'# sent_id = {i}\n' + ''.join(
                    f'{t + 1}\t{self.form.get(w, w)}' + '\t_' * 8 + '\n'
                    for t, w in enumerate(x)) + '\n'
            out = subprocess.run(['reat-predict', '-q', '-H', '-m',
                self.name], input=tok, text=True, capture_output=True,
                check=True).stdout
            for x, line in zip(new, out.splitlines()):
                self.known[x] = line.split('\t')[3:]
        return np.array([[float(np.float32(v)) for v in self.known[tuple(x)]]
                         for x in batch])


class Attack:
    def __init__(self, model, text, source, target, most, beam):
        self.model, self.text, self.target = model, text, target
        self.most, self.beam = most, beam
        self.near = {w: source(w) for w in set(text)}
        self.p = model.ask([text])[0]
        self.before = int(self.p.argmax())
        self.queries = 1

    def run(self, texts):
        self.queries += len(texts)
        return self.model.ask(texts)

    def score(self, p):
        """What TextAttack calls the score of the goal."""
        return 1 - p[..., self.before] if self.target is None else \
            p[..., self.target]

    def reached(self, p):
        c = int(p.argmax())
        return c != self.before if self.target is None else c == self.target

    def swapped(self, text, t, v):
        return text[:t] + [v] + text[t + 1:]

    # -- PWWS
    def saliency(self):
        S = self.score(self.run([self.swapped(self.text, t, 'UNK')
            for t in range(len(self.text))])) - self.score(self.p)
        return np.exp(S) / np.exp(S).sum()

    def pwws(self):
        weight = self.saliency()
        ranked = []
        for t, w in enumerate(self.text):
            candidates = [v for v, _ in self.near[w]]
            if not candidates:
                continue
            drop = self.score(self.run([self.swapped(self.text, t, v)
                for v in candidates])) - self.score(self.p)
            k = int(drop.argmax())
            ranked.append((drop[k] * weight[t], t, candidates[k]))
        ranked.sort(key=lambda r: -r[0])
        text = self.text
        for _, t, v in ranked[:self.most]:
            text = self.swapped(text, t, v)
            if self.reached(self.run([text])[0]):
                break
        return text

    def greedy(self, order, similar):
        text, score, changed = self.text, self.score(self.p), 0
        for t in order:
            candidates = self.near[self.text[t]]
            if not candidates or changed == self.most:
                continue
            tried = [self.swapped(text, t, v) for v, _ in candidates]
            p = self.run(tried)
            good = [k for k in range(len(tried)) if self.reached(p[k])]
            k = int(self.score(p).argmax())
            if similar and good:
                k = max(good, key=lambda k: (candidates[k][1], -k))
            elif self.score(p[k]) <= score:
                continue
            text, score = tried[k], self.score(p[k])
            changed += 1
            if self.reached(p[k]):
                break
        return text

    def pwws_textattack(self):
        H = self.saliency()
        for t, w in enumerate(self.text):
            candidates = [v for v, _ in self.near[w]]
            H[t] *= self.score(self.run([self.swapped(self.text, t, v)
                for v in candidates])).max() if candidates else 0
        return self.greedy(np.argsort(-H, kind='stable'), False)

    def textfooler(self):
        p = self.run([self.text[:t] + self.text[t + 1:]
            for t in range(len(self.text))])
        I = self.score(p) - self.score(self.p)
        for t in range(len(self.text)):
            c = int(p[t].argmax())
            if self.target is None and c != self.before:
                I[t] += p[t, c] - self.p[c]
        return self.greedy(np.argsort(-I, kind='stable'), True)

    # -- beam; a state has None for an erased word
    def search(self, erase):
        states, changed = [list(self.text)], 0
        best = states[0]
        while changed < self.most:
            children = {}
            for s in states:
                for t, w in enumerate(self.text):
                    if s[t] != w:
                        continue
                    if erase and sum(v is not None for v in s) > 1:
                        children[tuple(self.swapped(s, t, None))] = 1
                    for v, _ in self.near[w]:
                        children[tuple(self.swapped(s, t, v))] = 1
            if not children:
                break
            children = [list(c) for c in children]
            p = self.run([[v for v in c if v is not None] for c in children])
            order = sorted(range(len(children)), key=lambda k:
                (not self.reached(p[k]), -self.score(p[k])))
            states = [children[k] for k in order[:self.beam]]
            best, changed = states[0], changed + 1
            if self.reached(p[order[0]]):
                break
        return best


def attacked(a, name):
    if a.target == a.before:
        return a.text, 'skipped'
    result = {'pwws': a.pwws, 'pwws-textattack': a.pwws_textattack,
              'textfooler': a.textfooler, 'beam': lambda: a.search(True),
              'beam-swap': lambda: a.search(False)}[name]()
    rest = [w for w in result if w is not None]
    return result, 'yes' if a.reached(a.model.ask([rest])[0]) else 'no'


lists = {'r': lambda w: [(v, 1) for v in synonyms[w]], 'G': neighbours}
names = ['pwws', 'pwws-textattack', 'textfooler', 'beam', 'beam-swap']
runs = [(m, source, target, most, beam, 24)
        for m in ['gru-six', 'lstm-max-1'] for source in 'rG'
        for target, most, beam in [(None, 9, 8), (1, 9, 3), (None, 2, 1)]]
runs += [(m, source, target, most, beam, 5)
         for m, c in [('bigru-max-2', 0), ('bilstm-last-2', 1),
                      ('lstm-six', 4), ('sst2-bigru', 'negative'),
                      ('sst5-bigru', 'positive')] for source in 'rG'
         for target, most, beam in [(None, 9, 8), (c, 3, 2)]]
with open('expected.tsv', 'w') as f:
    print('model', 'source', 'target', 'n', 'beam', 'method', 'doc',
          'success', 'changed', 'queries', 'swaps', sep='\t', file=f)
    for m, source, target, most, beam, n in runs:
        model = Model(m)
        label = target if isinstance(target, str) else f'c{target}'
        if isinstance(target, str):
            target = model.labels().index(target)
        form = lambda w: model.form.get(w, w) or ''
        for name in names:
            for i, text in enumerate(texts[:n]):
                a = Attack(model, text, lists[source], target, most, beam)
                result, success = attacked(a, name)
                swaps = [f'{t + 1}:{form(w)}={form(v)}'
                         for t, (w, v) in enumerate(zip(text, result))
                         if v != w]
                print(m, source, '_' if target is None else label, most,
                      beam, name, i + 1, success, len(swaps), a.queries,
                      ' '.join(swaps) or '_', sep='\t', file=f)
