"""What VADER and AFINN say of the texts of goemotions_test.tsv: a line of their names, then a line of valences a text.

usage: valence.py TEXTS.tsv > valence.tsv; needs vaderSentiment 3.3.2 and afinn 0.1
"""
import sys

from afinn import Afinn
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

vader, afinn = SentimentIntensityAnalyzer(), Afinn()
print("VADER\tAFINN")
for line in open(sys.argv[1], encoding="utf-8"):
    text = line.split("\t")[0]
    print(f"{vader.polarity_scores(text)['compound']}\t{afinn.score(text)}")
