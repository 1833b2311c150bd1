#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""tokenizer.py: compare reat-tokenize with NLTK: tokens, sentences and speed.

    tokenizer.py parity [-v]     compare the tokens of corpora and of random
                                 mixtures with those of NLTK's word_tokenize
    tokenizer.py sentences [-v]  F1 of the sentence rules on UD EWT (the rules
                                 were made on train) and on UD GUM (not used)
    tokenizer.py speed           MB/s of both in one run

It needs NLTK 3.10.4, the data sets in $REAT_DATA, and reat-tokenize in PATH.
"""
import lzma, os, random, resource, subprocess, sys, tempfile, unicodedata
from nltk.tokenize import word_tokenize
from nltk.tokenize.treebank import TreebankWordDetokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get('REAT_DATA', os.path.join(HERE, '../../../shared/data'))
RULES = os.path.join(HERE, '../../share/rules/tokenize.yaml')


def lines(path):
    path = os.path.join(DATA, path)
    opened = lzma.open if path.endswith('.xz') else open
    with opened(path, 'rt', encoding='utf-8', newline='\n') as f:
        return f.read().rstrip('\n').split('\n')


def sst2():
    return [row.split('\t')[0] for part in ('train', 'dev', 'test')
            for row in lines(f'sst2/{part}.tsv')]


def yelp():
    return [row.split('\t')[1] for row in lines('yelp-reviews/reviews.tsv.xz')]


def treebank():
    """Sentences of the Penn sample as NLTK's own detokenizer writes them."""
    back = {'-LRB-': '(', '-RRB-': ')', '-LCB-': '{', '-RCB-': '}'}
    sentences, words = [], []
    for row in lines('treebank/wsj-sample.tagged.tsv.xz') + ['']:
        if row:
            word = row.split('\t')[0]
            words.append(back.get(word, word))
        elif words:
            sentences.append(TreebankWordDetokenizer().detokenize(words))
            words = []
    return sentences


def treebank_spaced():
    """The same sentences: words with blanks between, quotes as in the trees."""
    sentences, words = [], []
    for row in lines('treebank/wsj-sample.tagged.tsv.xz') + ['']:
        if row:
            words.append(row.split('\t')[0])
        elif words:
            sentences.append(' '.join(words))
            words = []
    return sentences


def ewt():
    return [row[9:] for part in ('train', 'dev', 'test')
            for row in lines(f'pos/en_ewt-ud-{part}.conllu.xz')
            if row.startswith('# text = ')]


def soup(corpus, n, seed, alphabet):
    """Random mixtures of the corpus's words and punctuation."""
    random.seed(seed)
    words = sorted({w for line in corpus for w in line.split()})
    out = []
    for _ in range(n):
        s = ''
        for _ in range(random.randrange(1, 12)):
            r = random.random()
            if r < 0.35:
                s += random.choice(words)
            elif r < 0.5:
                w = random.choice(CLITICS)
                s += random.choice((w, w.upper(), w.title()))
            elif r < 0.9:
                s += ''.join(random.choice(alphabet)
                             for _ in range(random.randrange(1, 4)))
            else:
                s += ' ' * random.randrange(1, 4)
        out.append(s)
    return out


CLITICS = ("cannot d'ye gimme gonna gotta lemme more'n wanna 'tis 'twas n't "
           "'s 'm 'd 'll 're 've ' '' can not don't it's U.S. e.g. 3.5 1,000 "
           "10:30 'em 'n rock'n'roll o' ... .. -- ---").split()
ASCII = '''"'`.,:;!?()[]{}<>-*@#$%&/\\|+=~^_  0a'''
WIDE = ASCII + '«»“”‘’„‚…–—―‒\u00a0\u2009\u3000éßŁ中٣²½\u0301\u200b'


def clean(s):
    """The line after the filter's changes before tokenization."""
    s = ''.join(' ' if unicodedata.category(c) == 'Cc' or c in '\u2028\u2029'
                else c for c in s)
    return s.strip(' ')


def run(texts, *options):
    """The filter's output as [(text, [(form, first, end, opens)])]."""
    done = subprocess.run(['reat-tokenize', *options],
                          input='\n'.join(texts) + '\n', text=True,
                          encoding='utf-8', stdout=subprocess.PIPE, check=True)
    result = []
    for block in done.stdout.split('\n\n')[:-1]:
        text, tokens = '', []
        for row in block.split('\n'):
            if row.startswith('# text ='):
                text = row[9:]
            elif not row.startswith('#'):
                cell = row.split('\t')
                misc = dict(m.split('=') for m in cell[9].split('|'))
                first, end = map(int, misc['TokenRange'].split(':'))
                tokens.append((cell[1], first, end,
                               misc['sentence'] == 'B-S'))
        result.append((text, tokens))
    return result


def one_sentence_rules():
    """The shipped rules without the rules of sentences."""
    with open(RULES, encoding='utf-8') as f:
        text = f.read()
    out = tempfile.NamedTemporaryFile('w', suffix='.yaml', delete=False,
                                      encoding='utf-8')
    with out:
        out.write(text[text.index('\nwords:'):])
    return out.name


def check_offsets(text, tokens):
    """Checks that ranges are in order and select the text of their tokens."""
    last = 0
    for form, first, end, _ in tokens:
        source = text[first:end]
        if first < last or text[last:first].strip() != '':
            return False
        if source != form and not (form in ('``', "''") and
                                   source in ('"', "''")):
            return False
        last = end
    return text[last:].strip() == ''


def sentences_of(text, tokens):
    starts = [i for i, t in enumerate(tokens) if t[3]] + [len(tokens)]
    for i, j in zip(starts, starts[1:]):
        yield text[tokens[i][1]:tokens[j - 1][2]], [t[0] for t in tokens[i:j]]


def parity(verbose):
    whole = one_sentence_rules()
    wide = yelp() + ewt()
    corpora = {
        'SST-2': sst2(), 'Yelp reviews': yelp(), 'treebank, raw': treebank(),
        'treebank, spaced': treebank_spaced(), 'UD EWT': ewt(),
        'soup, ASCII': soup(wide, 100000, 1, ASCII),
        'soup, Unicode': soup(wide, 100000, 2, WIDE),
    }
    print('corpus\tlines\tsame, whole line\tsame, by sentence\toffsets')
    for name, texts in corpora.items():
        texts = [t.replace('\r', ' ').replace('\n', ' ') for t in texts]
        offsets = same = same_by = 0
        for (text, tokens), source in zip(run(texts, '-r', whole), texts):
            assert text == clean(source), (text, source)
            want = word_tokenize(text.strip(), preserve_line=True)
            good = [t[0] for t in tokens] == want
            same += good
            right = check_offsets(text, tokens)
            offsets += right
            if verbose and not (good and right):
                print(repr(text), [t[0] for t in tokens], want, tokens)
        for text, tokens in run(texts):
            same_by += check_offsets(text, tokens) and all(
                forms == word_tokenize(s, preserve_line=True)
                for s, forms in sentences_of(text, tokens))
        print(f'{name}\t{len(texts)}\t{same}\t{same_by}\t{offsets}')
    os.unlink(whole)


PARTS = {
    'EWT train': 'pos/en_ewt-ud-train.conllu.xz',
    'EWT dev': 'pos/en_ewt-ud-dev.conllu.xz',
    'EWT test': 'pos/en_ewt-ud-test.conllu.xz',
    'GUM dev': 'pos-gum/en_gum-ud-dev.conllu.xz',
    'GUM test': 'pos-gum/en_gum-ud-test.conllu.xz',
}


def paragraphs(part, unit):
    """(text, {ends of its sentences}) for each paragraph or document."""
    result, text, ends = [], '', set()
    for row in lines(PARTS[part]):
        if row.startswith(f'# {unit}') and text:
            result.append((text, ends))
            text, ends = '', set()
        if row.startswith('# text = '):
            text += (' ' if text else '') + row[9:].strip()
            ends.add(len(text))
    return result + [(text, ends)]


def spans(ends):
    ends = sorted(ends)
    return set(zip([0] + ends, ends))


def sentences(verbose):
    print('part\tunit\tsentences\tprecision\trecall\tF1')
    for part in PARTS:
        for unit in ('newpar', 'newdoc'):
            gold = paragraphs(part, unit)
            right = found = there = 0
            for (text, ends), (mine, tokens) in zip(
                    gold, run([g[0] for g in gold])):
                assert text == mine, (text, mine)
                cuts = {tokens[i - 1][2] for i, t in enumerate(tokens)
                        if t[3] and i > 0} | {len(text)}
                if verbose and part == 'EWT train' and unit == 'newpar':
                    for c in sorted(cuts ^ ends):
                        print('+' if c in cuts else '-',
                              text[max(0, c - 40):c] + ' ¦ ' + text[c:c + 30])
                right += len(spans(cuts) & spans(ends))
                found += len(cuts)
                there += len(ends)
            p, r = right / found, right / there
            print(f'{part}\t{unit}\t{there}\t{100 * p:.2f}\t{100 * r:.2f}\t'
                  f'{200 * p * r / (p + r):.2f}')


def cpu(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def speed():
    """The least CPU time of three runs, because the machine can be busy."""
    texts = (sst2() + yelp() + treebank() + ewt())
    size = sum(len(t.encode()) + 1 for t in texts) / 1e6
    data = ('\n'.join(texts) + '\n').encode()
    theirs, ours = [], []
    for _ in range(3):
        start = cpu(resource.RUSAGE_SELF)
        for t in texts:
            word_tokenize(t, preserve_line=True)
        theirs.append(cpu(resource.RUSAGE_SELF) - start)
        start = cpu(resource.RUSAGE_CHILDREN)
        subprocess.run(['reat-tokenize'], input=data, check=True,
                       stdout=subprocess.DEVNULL)
        ours.append(cpu(resource.RUSAGE_CHILDREN) - start)
    print(f'{size:.1f} MB: reat-tokenize {size / min(ours):.2f} MB/s, '
          f'NLTK (no sentences) {size / min(theirs):.2f} MB/s')


if __name__ == '__main__':
    what = sys.argv[1] if len(sys.argv) > 1 else ''
    if what == 'parity':
        parity('-v' in sys.argv)
    elif what == 'sentences':
        sentences('-v' in sys.argv)
    elif what == 'speed':
        speed()
    else:
        sys.exit(__doc__)
