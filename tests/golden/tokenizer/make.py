#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: print the tokens that NLTK makes.

Made with Python 3.11.7, NLTK 3.10.4 and regex 2026.11.19, seed 20:
    python3 make.py >nltk.tsv
    python3 make.py quotes >quotes.tsv

nltk.tsv has a text, a tab, and its tokens with blanks between.  The texts were
written for this test; the others are random mixtures of TEXTS.

quotes.tsv has a text with curly quotes, the same text as on a typewriter, and
NLTK's tokens of the second.  Both texts were written by hand, character for
character; the others are random mixtures of PIECES.
"""
import random
import sys
from nltk.tokenize import word_tokenize

TEXTS = r"""
The movie doesn't serve up lots of laughs.
He said, "It's a so-called 'comedy'," and left (for good).
"Well," she asked, "why can't you wanna go?"
I'd've gonna gotta cannot lemme gimme more'n d'ye 'tis 'Twas not.
It cost $3.88 (roughly 3,36 euros) -- 50% off!
U.S. officials met at 10:30 a.m. with Mr. O'Neill...
The dogs' owners'll agree: we're they've I'm she'd N'T ISN'T.
``Quoted'' text and ''odd'' quotes, `single' ones.
A list: one, two; three & four @ home #5 *starred* <b>{x}</b> [y].
“Curly” quotes, ‘single’, «chevrons» and „low“ ones – or — dashes…
Email me@example.com, see http://example.com/a,b:c?d=e.
Ends with a quote." Ends with a stop. ' And." '
rock'n'roll o'clock 'em the '90s fo'c'sle y'all
1,000,000 at 3:45 ,5 :x x: x,y ,, :: ,
.. ... .... a.. .a . .) .") ?!?! !!
¿Qué? naïve café 中文 ٣ ½ ß's é's 'é 'a
$ % & # @ ; : , . ? ! ' " ` ( ) [ ] { } < > * - -- --- _
""".strip().split('\n')
QUOTES = '''
he said 'hello.'
the '90s and '07
'Tis the season; 'twas nice
in the mid-'70s
give 'em that
Hawai'i is 6'2 wide
d['key'] = 'v'
½'em e\u0301'em x_'em _'em ('em) 'é' 'S 's' 'sad 'No' 'T' n't 'n'
'''.strip().split('\n')
CHARS = '\'"`.,:;!?()[]<>-*$  «»“”‘’–…\u00a0'

CURLY = """
The film isn’t good	The film isn't good
The film isn‘t good, it isnʼt, it isn＇t, it isn‛t	The film isn't good, it isn't, it isn't, it isn't
I don`t, we don´t, you don′t	I don't, we don't, you don't
“It’s a ‘comedy’,” he said.	"It's a 'comedy'," he said.
(“Well,” she’d say) “I’d’ve gone.”	("Well," she'd say) "I'd've gone."
’Tis the ’90s’ ‘rock ’n’ roll’	'Tis the '90s' 'rock 'n' roll'
„Nein!“ Er ging. »Doch!« ‚So‘ ‹oder› «non».	"Nein!" Er ging. "Doch!" 'So' 'oder' "non".
”Hej”, sa han. ＂Hi＂ ‟so”	"Hej", sa han. "Hi" "so"
She’ll, we’re, they’ve, I’m, N’T, ISN’T, O’Neill’s, dogs’	She'll, we're, they've, I'm, N'T, ISN'T, O'Neill's, dogs'
He paid 5′ 3″ for `code`, x`, ``old'' 6′2	He paid 5′ 3″ for `code`, x`, ``old'' 6′2
""".strip().split('\n')
PIECES = [tuple(pair) for pair in ('’\'', '‘\'', '“"', '”"', '„"', '«"', '»"')]
PIECES += [(s, s) for s in ' |  |.|, |!|-|—|(|)|s|t|re|ll|n|isn|can|He|90'.split('|')]


def clash(a, b):
    """Two single quotes are a double one; a blank belongs to its guillemet."""
    return a[1] == b[1] == "'" or (
        ' ' in a[0] + b[0] and {a[0], b[0]} & set('«»'))


def curly():
    """The pairs of quotes.tsv."""
    yield from (row.split('\t') for row in CURLY)
    random.seed(20)
    for _ in range(300):
        pairs = []
        for _ in range(random.randrange(3, 16)):
            pair = random.choice(PIECES)
            if pairs and clash(pairs[-1], pair):
                continue
            pairs.append(pair)
        both = [''.join(side).strip() for side in zip(*pairs)]
        if both[0]:
            yield both


if 'quotes' in sys.argv:
    for text, straight in curly():
        print(text, straight, ' '.join(word_tokenize(
            straight, preserve_line=True)), sep='\t')
    sys.exit()

random.seed(20)
words = sorted({w for text in TEXTS for w in text.split()})
texts = list(TEXTS)
for _ in range(300):
    s = ''
    for _ in range(random.randrange(1, 9)):
        s += random.choice((random.choice(words), ' ',
                            ''.join(random.choices(CHARS, k=2))))
    if s.strip():
        texts.append(s.strip())
for s in texts + QUOTES:
    print(s, ' '.join(word_tokenize(s, preserve_line=True)), sep='\t')
