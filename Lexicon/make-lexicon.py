#!/usr/bin/env python3
"""Derives the files of this folder from the shared data folder and the installed dictionaries.

Use: Lexicon/make-lexicon.py ../shared/data Lexicon
Needs the hunspell library with en_US and en_GB, and WordNet's index files (package wordnet-base).
What each file is, where it comes from and under which licence it may be used is in README.md.
"""
import collections
import csv
import ctypes
import json
import math
import pathlib
import re
import sys

DICTIONARIES = pathlib.Path("/usr/share/hunspell")
WORDNET = pathlib.Path("/usr/share/wordnet")
TAGS_OF_CLASS = {
    "n": {"NN", "NNS"},
    "v": {"VB", "VBP", "VBZ", "VBD", "VBG", "VBN"},
    "a": {"JJ", "JJR", "JJS"},
    "r": {"RB", "RBR", "RBS"},
}
CEFR_CLASS = {"noun": "n", "verb": "v", "adjective": "a", "adverb": "r"}
COMMON_SHARE = 0.12


class Dictionaries:
    """The words that either dictionary accepts."""

    def __init__(self):
        self.library = ctypes.CDLL("libhunspell-1.7.so.0")
        self.library.Hunspell_create.restype = ctypes.c_void_p
        self.library.Hunspell_spell.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
        self.handles = [
            self.library.Hunspell_create(
                str(DICTIONARIES / f"{name}.aff").encode(),
                str(DICTIONARIES / f"{name}.dic").encode(),
            )
            for name in ("en_US", "en_GB")
        ]
        self.known = {}

    def accept(self, word):
        if word not in self.known:
            data = word.encode()
            self.known[word] = any(
                self.library.Hunspell_spell(handle, data) != 0 for handle in self.handles
            )
        return self.known[word]


def frequencies(data):
    counts = {}
    for line in (data / "frequency/opensubtitles2018_en_50k.txt").read_text().splitlines():
        word, count = line.rsplit(" ", 1)
        counts[word] = int(count)
    return counts


def write_words(counts, words, target):
    """`word TAB count TAB mark`; mark is + (a word), ^ (a word with a capital), - (neither)."""
    lines = []
    for word, count in counts.items():
        if not re.fullmatch(r"[a-z]+(['-][a-z]+)*", word):
            continue
        if words.accept(word):
            mark = "+"
        elif words.accept(word.capitalize()) or words.accept(word.upper()):
            mark = "^"
        else:
            mark = "-"
        lines.append(f"{word}\t{count}\t{mark}")
    (target / "words.tsv").write_text("\n".join(lines) + "\n")


def levels(data):
    rows = {"cefrj": [], "octanove": []}
    for name, path in (
        ("cefrj", "cefr/cefrj-vocabulary-profile-1.5.csv"),
        ("octanove", "cefr/octanove-vocabulary-profile-c1c2-1.0.csv"),
    ):
        with open(data / path, newline="") as file:
            for row in csv.DictReader(file):
                for variant in row["headword"].split("/"):
                    variant = variant.strip()
                    if variant:
                        rows[name].append((variant, row["pos"], row["CEFR"]))
    return rows


def write_levels(rows, target):
    for name, entries in rows.items():
        lines = sorted({f"{word}\t{kind}\t{level}" for word, kind, level in entries})
        (target / f"{name}.tsv").write_text("\n".join(lines) + "\n")


def treebank_shares(data):
    shares = collections.defaultdict(collections.Counter)
    for line in (data / "pos/ewt-train.tsv").read_text().split("\n"):
        for token in line.split(" "):
            if "\x1f" in token:
                word, tag = token.split("\x1f")
                shares[word.lower()][tag] += 1
    return shares


def wordnet():
    lemmas = collections.defaultdict(dict)
    for name, kind in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (WORDNET / f"index.{name}").read_text().splitlines():
            if line.startswith(" "):
                continue
            parts = line.split()
            lemma = parts[0]
            if re.fullmatch(r"[a-z]+(-[a-z]+)*", lemma):
                pointers = int(parts[3])
                lemmas[lemma][kind] = int(parts[5 + pointers])
    return lemmas


def doubled(lemma):
    return lemma + lemma[-1]


def write_lemmas(counts, words, rows, data, target):
    """`lemma TAB flags`: n v a r for the word classes, capital where the class is common;
    2 = the last letter doubles before -ed and -ing; e = takes -er and -est."""
    shares = treebank_shares(data)
    cefr = collections.defaultdict(set)
    for entries in rows.values():
        for word, kind, _ in entries:
            if kind in CEFR_CLASS:
                cefr[word.lower()].add(CEFR_CLASS[kind])
    lines = []
    for lemma, kinds in sorted(wordnet().items()):
        if not words.accept(lemma) or (lemma not in counts and lemma not in cefr):
            continue
        if len(lemma) == 1:
            continue
        seen = shares.get(lemma, {})
        total = sum(seen.values())
        flags = ""
        for kind in "nvar":
            if kind not in kinds and kind not in cefr.get(lemma, ()):
                continue
            count = sum(seen.get(tag, 0) for tag in TAGS_OF_CLASS[kind])
            if total >= 5:
                common = count / total >= COMMON_SHARE or kind in cefr.get(lemma, ())
            elif lemma in cefr:
                common = kind in cefr[lemma] or count > 0
            else:
                common = kinds.get(kind, 0) > 0 or len(kinds) == 1 or count > 0
            flags += kind.upper() if common else kind
        if "v" in flags.lower():
            if words.accept(doubled(lemma) + "ing") and not words.accept(lemma + "ing"):
                flags += "2"
            elif (
                words.accept(doubled(lemma) + "ing")
                and counts.get(doubled(lemma) + "ing", 0) > counts.get(lemma + "ing", 0)
            ):
                flags += "2"
        if "a" in flags.lower():
            stem = lemma[:-1] + "i" if re.search(r"[^aeiou]y$", lemma) else lemma.removesuffix("e")
            forms = [stem + "er"]
            if re.search(r"[^aeiou][aeiou][bdgmnpt]$", lemma):
                forms = [doubled(lemma) + "er"]
            if any(words.accept(f) and f in counts and words.accept(f[:-1] + "st") for f in forms):
                flags += "e"
        lines.append(f"{lemma}\t{flags}")
    (target / "lemmas.tsv").write_text("\n".join(lines) + "\n")


def alignment(wrong, right):
    """The operations of a cheapest alignment: (kind, letter before, wrong, right)."""
    rows, columns = len(wrong) + 1, len(right) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    back = [[None] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            if i == j == 0:
                continue
            options = []
            if i and j:
                same = wrong[i - 1] == right[j - 1]
                options.append((cost[i - 1][j - 1] + (0 if same else 1), 0, (1, 1)))
            if i:
                options.append((cost[i - 1][j] + 1, 1, (1, 0)))
            if j:
                options.append((cost[i][j - 1] + 1, 2, (0, 1)))
            if i > 1 and j > 1 and wrong[i - 2 : i] == right[j - 1 : j - 3 if j > 2 else None : -1]:
                if wrong[i - 1] != wrong[i - 2]:
                    options.append((cost[i - 2][j - 2] + 1, 3, (2, 2)))
            best = min(options)
            cost[i][j], back[i][j] = best[0], best[2]
    steps, i, j = [], rows - 1, columns - 1
    while i or j:
        di, dj = back[i][j]
        letter = (wrong if di else right)[(i if di else j) - 1]
        near = neighbours(wrong, i - 1) if di else neighbours(right, j - 1)
        steps.append((wrong[i - di : i], right[j - dj : j], letter in near, i - di == 0))
        i, j = i - di, j - dj
    return steps[::-1]


def neighbours(word, index):
    return word[max(0, index - 1) : index] + word[index + 1 : index + 2]


def fold(word):
    value = 2166136261
    for byte in word.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value % 5


def operation(wrong, right, twin):
    """The name of one operation; doubling and halving a letter are kinds of their own."""
    if len(wrong) == 2:
        return "swap"
    if not wrong:
        return f"+={right}" if twin else f"+{right}"
    if not right:
        return f"-={wrong}" if twin else f"-{wrong}"
    return f"{wrong}>{right}"


def write_costs(data, target):
    """Costs of edits from a misspelling to the word meant, learned from four fifths of the pairs
    (by the word meant): the negative log of the smoothed rate of the operation."""
    counts, chances = collections.Counter(), collections.Counter()
    with open(data / "toefl-spell/Annotations.tsv", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            wrong, right = row["Misspelling"].lower(), row["Correction"].lower()
            if row["Type"] != "M" or fold(right) == 0 or not re.fullmatch(r"[a-z]+", wrong + right):
                continue
            steps = alignment(wrong, right)
            if sum(1 for w, r, _, _ in steps if w != r) > 3:
                continue
            for w, r, twin, first in steps:
                chances[r if r else "-"] += 1
                if w != r:
                    counts[operation(w, r, twin)] += 1
                    if first:
                        counts["first"] += 1
            chances["first"] += 1
    edits = sum(count for name, count in counts.items() if name != "first")
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = []
    kinds = {}
    for kind, names in {
        "substitute": [f"{a}>{b}" for a in letters for b in letters if a != b],
        "insert": [f"+{a}" for a in letters],
        "delete": [f"-{a}" for a in letters],
        "double": [f"+={a}" for a in letters],
        "halve": [f"-={a}" for a in letters],
        "swap": ["swap"],
    }.items():
        total = sum(counts[name] for name in names)
        for name in names:
            prior = max(total, 0.5) / edits / len(names)
            rate = (counts[name] + 20 * prior) / (edits + 20)
            lines.append(f"{name}\t{-math.log(rate):.2f}")
    lines.append(f"first\t{-math.log(counts['first'] / edits * 4):.2f}")
    (target / "edit-costs.tsv").write_text("\n".join(lines) + "\n")


def main():
    data, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    words, counts = Dictionaries(), frequencies(data)
    write_words(counts, words, target)
    rows = levels(data)
    write_levels(rows, target)
    write_lemmas(counts, words, rows, data, target)
    write_costs(data, target)
    (target / "tagger-weights.tsv").write_text((data / "pos/perceptron-weights.tsv").read_text())
    sure = json.loads((data / "pos/unambiguous-words.json").read_text())
    lines = [f"{word}\t{tag}" for word, tag in sorted(sure.items())]
    (target / "tagger-words.tsv").write_text("\n".join(lines) + "\n")


main()
