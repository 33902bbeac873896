"""Writes the facts of the Unicode character database that composing (NFC) needs; .NET has none of them under InvariantGlobalization.

python3 eng/unicode-nfc.py > src/Assay/Transformers/Tokenizing/unicode-nfc.txt

C first last class   canonical combining class of a range of characters
D character parts    canonical decomposition that composes back
X character parts    canonical decomposition that never composes
"""
import sys
import unicodedata

ranges = []
for code in range(0x110000):
    combining = unicodedata.combining(chr(code))
    if combining and ranges and ranges[-1][1:] == [code - 1, combining]:
        ranges[-1][1] = code
    elif combining:
        ranges.append([code, code, combining])
for first, last, combining in ranges:
    print(f"C {first:X} {last:X} {combining:X}")
for code in range(0x110000):
    parts = unicodedata.decomposition(chr(code))
    if parts and parts[0] != "<":
        print("X" if unicodedata.normalize("NFC", chr(code)) != chr(code) else "D", f"{code:X}", parts)
print(f"Unicode {unicodedata.unidata_version}", file=sys.stderr)
