#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: write the golden files of reat-chunk, by a matcher that shares no
code with it.

    make.py EWT-TEST.conllu.xz        (Python 3.11; seed below)

ewt.tok      200 sentences of UD English EWT 2.x, test (CC BY-SA 4.0, the
             authors of https://universaldependencies.org/treebanks/en_ewt),
             forms and tags only, one to three sentences per document
wild.yaml    random rules
*.spans      the chunks it finds: document, level, tag:first-last ...

The matcher goes token by token through the parse tree of a pattern, and tries
the ends of a match in the order of a backtracking matcher.  It uses no regular
expressions.
"""
import lzma
import os
import random
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SEED = 20261123
COLUMN = {'form': 1, 'lemma': 2, 'upos': 3, 'xpos': 4, 'deprel': 7}


# ---- patterns -> trees

class Parser:
    def __init__(self, pattern):
        self.p, self.i = pattern, 0

    def peek(self):
        while self.i < len(self.p) and self.p[self.i] in ' \n':
            self.i += 1
        return self.p[self.i] if self.i < len(self.p) else ''

    def alternation(self):
        branches = [self.sequence()]
        while self.peek() == '|':
            self.i += 1
            branches.append(self.sequence())
        return ('alt', branches)

    def sequence(self):
        items = []
        while self.peek() not in ('', '|', ')'):
            items.append(self.quantified(self.item()))
        return ('seq', items)

    def item(self):
        c = self.peek()
        if c == '<':
            return self.atom()
        self.i += 1
        if c != '(':
            return {'.': ('any',), '^': ('first',), '$': ('last',)}[c]
        kind = 'group'
        for text, name in (('?<=', 'behind'), ('?<!', 'not behind'),
                           ('?=', 'ahead'), ('?!', 'not ahead'),
                           ('?:', 'group')):
            if self.p.startswith(text, self.i):
                self.i += len(text)
                kind = name
                break
        body = self.alternation()
        assert self.peek() == ')'
        self.i += 1
        return body if kind == 'group' else (kind, body)

    def atom(self):
        values, value, column = [], '', None
        self.i += 1
        negated = self.p[self.i] == '!'
        self.i += negated
        m = re.match('([a-z]+):', self.p[self.i:])
        if m:
            column = m.group(1)
            self.i += m.end()
        while self.p[self.i] != '>':
            if self.p[self.i] == '|':
                values.append(value.strip())
                value = ''
            else:
                self.i += self.p[self.i] == '\\'
                value += self.p[self.i]
            self.i += 1
        self.i += 1
        return ('atom', negated, column, values + [value.strip()])

    def quantified(self, item):
        c = self.peek()
        low, high = {'*': (0, 9**9), '+': (1, 9**9), '?': (0, 1)}.get(
            c, (None, None))
        if c == '{':
            end = self.p.index('}', self.i)
            low, _, high = self.p[self.i + 1:end].partition(',')
            high = low if _ == '' else high
            low, high = int(low), int(high) if high.strip() else 9**9
            self.i = end
        if low is None:
            return item
        self.i += 1
        mode = self.peek()
        self.i += mode in ('?', '+') and mode != ''
        return ('repeat', item, low, high,
                {'?': 'lazy', '+': 'possessive'}.get(mode, 'greedy'))


# ---- trees -> ends

def holds(atom, word, tags, unnamed):
    _, negated, column, values = atom
    column = column or unnamed
    coarse = tags.get(word[4] if word[4] != '_' else word[3])
    if column == 'tag':
        has = {word[3], word[4], coarse}
    elif column == 'coarse':
        has = {coarse}
    elif column == 'lower':
        has = {word[1].lower()}
    else:
        has = {word[COLUMN[column]]}
    return bool(has & set(values)) != negated


class Matcher:
    def __init__(self, words, tags, unnamed):
        self.w, self.tags, self.unnamed = words, tags, unnamed

    def ends(self, node, i):
        """The ends of a match of node from token i, the best first."""
        kind = node[0]
        if kind == 'any':
            if i < len(self.w):
                yield i + 1
        elif kind == 'atom':
            if i < len(self.w) and holds(
                    node, self.w[i], self.tags, self.unnamed):
                yield i + 1
        elif kind == 'first':
            if i == 0:
                yield i
        elif kind == 'last':
            if i == len(self.w):
                yield i
        elif kind == 'alt':
            for branch in node[1]:
                yield from self.ends(branch, i)
        elif kind == 'seq':
            yield from self.sequence(node[1], i)
        elif kind == 'repeat':
            yield from self.repeat(node, i)
        elif kind.endswith('ahead'):
            found = any(True for _ in self.ends(node[1], i))
            if found != kind.startswith('not'):
                yield i
        else:
            found = any(i in self.ends(node[1], j) for j in range(i + 1))
            if found != kind.startswith('not'):
                yield i

    def sequence(self, items, i):
        if not items:
            yield i
            return
        for j in self.ends(items[0], i):
            yield from self.sequence(items[1:], j)

    def repeat(self, node, i):
        _, item, low, high, mode = node
        if mode == 'possessive':
            for j in self.repeat(('repeat', item, low, high, 'greedy'), i):
                yield j
                return
            return
        if low > 0:
            for j in self.ends(item, i):
                yield from self.repeat(
                    ('repeat', item, low - 1, high - 1, mode), j)
            return
        if mode == 'lazy':
            yield i
        if high > 0:
            for j in self.ends(item, i):
                if j > i:
                    yield from self.repeat(
                        ('repeat', item, 0, high - 1, mode), j)
                else:
                    yield j
        if mode == 'greedy':
            yield i


def chunk(words, rules, tags, unnamed):
    spans, i = [], 0
    m = Matcher(words, tags, unnamed)
    while i < len(words):
        found = next(((tag, i, j, held) for tag, tree, held in rules
                      for j in m.ends(tree, i) if j > i), None)
        if found is None:
            i += 1
            continue
        spans.append(found)
        i = found[2]
    return spans


def lacks(words, held, tags, unnamed):
    m = Matcher(words, tags, unnamed)
    return held is not None and not any(
        j > i for i in range(len(words)) for j in m.ends(held, i))


def join(words, spans, tags, unnamed):
    """Join chunks that lack something: first runs of chunks without a gap are
    made, then each run is divided before the second, third, ... of its chunks
    that lack nothing."""
    runs = []
    for tag, i, j, held in spans:
        if not runs or runs[-1][-1][2] != i:
            runs.append([])
        runs[-1].append((tag, i, j, lacks(words[i:j], held, tags, unnamed)))
    joined = []
    for run in runs:
        full = [k for k, s in enumerate(run) if not s[3]] or [0]
        starts = [0] + full[1:]
        for k, start, end in zip(full, starts, starts[1:] + [len(run)]):
            joined.append((run[k][0], run[start][1], run[end - 1][2]))
    return joined


# ---- files

def read_tok(path):
    docs = []
    with open(path, encoding='utf-8') as f:
        for block in f.read().split('\n\n'):
            lines = block.strip('\n').split('\n')
            if lines == ['']:
                continue
            words = [x.split('\t') for x in lines if not x.startswith('#')]
            docs.append((lines[0].split(' = ')[1], words))
    return docs


def sentences(words):
    parts = []
    for w in words:
        if 'sentence=B' in w[9] or not parts:
            parts.append([])
        parts[-1].append(w)
    return parts


def unquote(value):
    value = value.strip()
    return value[1:-1].replace("''", "'") if value[:1] == "'" else value


def read_rules(path):
    """A reader of the part of YAML that these files use."""
    within, unnamed, tags, levels, section, last = None, 'tag', {}, {}, None, 0
    with open(path, encoding='utf-8') as f:
        for line in f:
            if not line.strip() or line.lstrip().startswith('#'):
                continue
            depth = len(line) - len(line.lstrip())
            key, _, value = line.strip().partition(': ')
            if depth == 0:
                section = key.rstrip(':')
                within = value if section == 'within' else within
                unnamed = value if section == 'column' else unnamed
            elif section == 'tags':
                tags[key] = value
            elif depth == 2:
                level = levels[key.rstrip(':')] = []
            elif key == '- tag':
                level.append([value, None, None])
            elif key in ('pattern', 'holds'):
                last = 1 if key == 'pattern' else 2
                level[-1][last] = '' if value == '>-' else unquote(value)
            else:                       # goes on with the pattern
                level[-1][last] += ' ' + line.strip()
    return within, unnamed, tags, levels


def write_spans(rules_path, docs, out):
    within, unnamed, tags, rules = read_rules(rules_path)
    levels = {name: [(tag, Parser(pattern).alternation(),
                      held and Parser(held).alternation())
                     for tag, pattern, held in level]
              for name, level in rules.items()}
    with open(os.path.join(HERE, out), 'w', encoding='utf-8') as f:
        for name, words in docs:
            parts = sentences(words) if within == 'sentence' else [words]
            for level, trees in levels.items():
                found, base = [], 1
                for part in parts:
                    spans = chunk(part, trees, tags, unnamed)
                    found += [f'{tag}:{base + i}-{base + j - 1}'
                              for tag, i, j in join(part, spans, tags,
                                                    unnamed)]
                    base += len(part)
                print(name, level, *found, file=f)


def make_tok(source):
    rng = random.Random(SEED)
    with lzma.open(source, 'rt', encoding='utf-8') as f:
        sents = [[x.split('\t') for x in block.split('\n')
                  if re.match(r'\d+\t', x)]
                 for block in f.read().split('\n\n')]
    sents = [s for s in sents if 4 <= len(s) <= 30]
    with_but = [s for s in sents if any(
        w[1].lower() in ('but', 'yet', ';', '--', '-', '...') for w in s)]
    chosen = rng.sample(with_but, 60) + rng.sample(sents, 140)
    rng.shuffle(chosen)
    n = 0
    with open(os.path.join(HERE, 'ewt.tok'), 'w', encoding='utf-8') as f:
        while chosen:
            take = min(rng.choice((1, 1, 2, 3)), len(chosen))
            n += 1
            print(f'# sent_id = ewt-{n}', file=f)
            i = 0
            for s in [chosen.pop() for _ in range(take)]:
                for k, w in enumerate(s):
                    i += 1
                    print(i, w[1], '_', w[3], w[4], '_', '_', '_', '_',
                          f'sentence={"B" if k == 0 else "I"}-S',
                          sep='\t', file=f)
            print(file=f)


def random_pattern(rng, depth=0):
    """Atoms of many kinds under a few operators, no star inside a star."""
    def atom():
        return rng.choice((
            '<NOUN>', '<VERB>', '<!NOUN>', '<ADJ|ADV>', '<ADP|CONJ>', '<DET>',
            '<xpos:NN|NNS>', '<upos:PRON>', '<coarse:VERB>', '.',
            '<lower:the|a|of|to>', '<form:I>', '<!PUNCT|ADP>', '<!xpos:,>',
            '<xpos:,|.>', '<!lower:and|,|.>', '<PART>', '<!VERB|AUX|PRON>'))

    def quantifier():
        return rng.choice(('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}',
                           '*?', '+?', '??', '*+', '{1,2}?', '?+'))

    def piece():
        r = rng.random()
        if depth == 0 and r < 0.3:
            inner = '|'.join(random_pattern(rng, 1)
                             for _ in range(rng.choice((1, 2))))
            return f'({inner}){rng.choice(("", "?", "{1,2}", "*", "+"))}'
        if r < 0.42:
            return f'({rng.choice(("?=", "?!"))}{atom()}{atom()})'
        if r < 0.5:
            return f'({rng.choice(("?<=", "?<!"))}{atom()})'
        if r < 0.53:
            return rng.choice('^$')
        return atom() + quantifier()

    return ' '.join(piece() for _ in range(rng.choice((1, 2, 3, 4))))


def make_wild():
    rng = random.Random(SEED)
    with open(os.path.join(HERE, 'wild.yaml'), 'w', encoding='utf-8') as f:
        print('# Random rules, made by make.py.\nwithin: sentence\ntags:', file=f)
        for tag, coarse in (('NN', 'NOUN'), ('NNS', 'NOUN'), ('VBZ', 'VERB'),
                            ('VBD', 'VERB'), ('RB', 'ADV'), ('IN', 'ADP'),
                            ('CC', 'CONJ'), ('RP', 'PART'), ('PRP$', 'DET')):
            print(f'  {tag}: {coarse}', file=f)
        print('levels:', file=f)
        for level in range(24):
            print(f'  l{level}:', file=f)
            for tag in 'ABC'[:rng.choice((1, 2, 3))]:
                print(f"    - tag: {tag}\n      pattern: "
                      f"'{random_pattern(rng)}'", file=f)
                if rng.random() < 0.5:
                    print(f"      holds: '{random_pattern(rng)}'", file=f)


if __name__ == '__main__':
    make_tok(sys.argv[1])
    make_wild()
    docs = read_tok(os.path.join(HERE, 'ewt.tok'))
    for name in ('chunk', 'chunk-wide'):
        write_spans(os.path.join(HERE, f'../../../share/rules/{name}.yaml'),
                    docs, f'{name}.spans')
    write_spans(os.path.join(HERE, 'wild.yaml'), docs[:40], 'wild.spans')
