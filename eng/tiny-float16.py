"""Makes src/Assay/Transformers/Tiny from ../shared/tiny-lm/hf: the same files, the later weights rounded to float16 (nearest, ties to even).

What stands early in the network stays float32: later layers amplify what rounding it would change. With all of it rounded 15 of the 453
log-probabilities of golden.json move by more than 5e-3 (the farthest by 0.0155), so none does (the farthest by 0.0045).

python3 eng/tiny-float16.py ../shared/tiny-lm/hf src/Assay/Transformers/Tiny
"""
import json
import pathlib
import struct
import sys

source, target = map(pathlib.Path, sys.argv[1:])
target.mkdir(parents=True, exist_ok=True)
data = (source / "model.safetensors").read_bytes()
length = struct.unpack_from("<Q", data)[0]
header = json.loads(data[8:8 + length])
header.pop("__metadata__", None)
exact = ("model.embed_tokens.", "model.layers.0.", "model.layers.1.", "norm.weight")
numbers, entries = b"", {}
for name, entry in header.items():
    start, end = (8 + length + offset for offset in entry["data_offsets"])
    count = (end - start) // 4
    kind, letter = ("F32", "f") if any(part in name for part in exact) else ("F16", "e")
    stored = struct.pack(f"<{count}{letter}", *struct.unpack_from(f"<{count}f", data, start))
    entries[name] = {"dtype": kind, "shape": entry["shape"], "data_offsets": [len(numbers), len(numbers) + len(stored)]}
    numbers += stored
text = json.dumps({"__metadata__": {"format": "pt"}, **entries}, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
(target / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + numbers)
for name in ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
    (target / name).write_bytes((source / name).read_bytes())
