#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: print nltk.tsv: a text, a tab, its tokens by NLTK with blanks
between.

Made with Python 3.11.7, NLTK 3.10.4 and regex 2026.11.19, seed 20:
    python3 make.py >nltk.tsv
The texts were written for this test; the others are random mixtures of TEXTS.
"""
import random
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
