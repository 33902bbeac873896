"""Makes src/Assay/Transformers/Tiny from ../shared/tiny-lm/hf: the same files, the weights rounded to float16 (nearest, ties to even).

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
numbers, entries = b"", {}
for name, entry in header.items():
    start, end = (8 + length + offset for offset in entry["data_offsets"])
    count = (end - start) // 4
    half = struct.pack(f"<{count}e", *struct.unpack_from(f"<{count}f", data, start))
    entries[name] = {"dtype": "F16", "shape": entry["shape"], "data_offsets": [len(numbers), len(numbers) + len(half)]}
    numbers += half
text = json.dumps({"__metadata__": {"format": "pt"}, **entries}, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
(target / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + numbers)
for name in ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
    (target / name).write_bytes((source / name).read_bytes())
