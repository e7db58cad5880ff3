"""Writes cct7.json: the logits of CCT-7/3x1 in PyTorch, on weights and images by the formula of reference_weights.ts.

The forward pass follows the authors' published description (Hassani et al., arXiv 2104.05704, and their code of
cct_7_3x1_32). Run with PyTorch and NumPy: python cct7.py > cct7.json
"""

import json
import numpy as np
import torch
import torch.nn.functional as F

WIDTH, HEADS, BLOCKS, MLP, SIZE, CHANNELS, CLASSES = 256, 4, 7, 512, 32, 3, 10
FACTS = [["tokenizer_conv1/kernel", 0, [3, 3, CHANNELS, WIDTH]], ["position/embeddings", 0, [256, WIDTH]]]


def layer(name, *weights):
    FACTS.extend([f"{name}/{weight}", index, list(shape)] for index, (weight, shape) in enumerate(weights))


def norm(name):
    layer(name, ("gamma", [WIDTH]), ("beta", [WIDTH]))


for i in range(1, BLOCKS + 1):
    norm(f"block{i}_pre_norm")
    head = [WIDTH, HEADS, WIDTH // HEADS]
    layer(
        f"block{i}_mha",
        *((f"{part}/kernel", head) for part in ("query", "key", "value")),
        ("attention_output/kernel", [HEADS, WIDTH // HEADS, WIDTH]),
        ("attention_output/bias", [WIDTH]),
    )
    norm(f"block{i}_norm1")
    layer(f"block{i}_mlp1", ("kernel", [WIDTH, MLP]), ("bias", [MLP]))
    layer(f"block{i}_mlp2", ("kernel", [MLP, WIDTH]), ("bias", [WIDTH]))
norm("norm")
layer("pool", ("kernel", [WIDTH, 1]), ("bias", [1]))
layer("head", ("kernel", [WIDTH, CLASSES]), ("bias", [CLASSES]))


def uniform(phase, n):
    value = np.sin(phase + 12.9898 * np.arange(n, dtype=np.float64)) * 43758.5453
    return value - np.floor(value)


def weight(path, index, shape):
    name = path.split("/")[0]
    r = 2 * uniform(0.37 * sum(map(ord, name)) + 1.7 * index, int(np.prod(shape))) - 1
    if path.endswith("kernel"):
        fan_in = shape[0] if path.split("/")[1] in ("query", "key", "value") else np.prod(shape[:-1])
        r = r * np.sqrt(6 / fan_in)
    else:
        r = 1 + 0.1 * r if path.endswith("gamma") else 0.1 * r
    return torch.tensor(r.astype(np.float32).reshape(shape))


W = {path: weight(path, index, shape) for path, index, shape in FACTS}


def normalised(x, name):
    return F.layer_norm(x, [WIDTH], W[f"{name}/gamma"], W[f"{name}/beta"], 1e-5)


def attention(x, name):
    batch, tokens, _ = x.shape
    query, key, value = (
        (x @ W[f"{name}/{part}/kernel"].reshape(WIDTH, WIDTH)).reshape(batch, tokens, HEADS, -1).transpose(1, 2)
        for part in ("query", "key", "value")
    )
    mixed = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(batch, tokens, WIDTH)
    output = f"{name}/attention_output"
    return mixed @ W[f"{output}/kernel"].reshape(WIDTH, WIDTH) + W[f"{output}/bias"]


def dense(x, name):
    return x @ W[f"{name}/kernel"] + W[f"{name}/bias"]


def logits(images, act):
    x = F.conv2d(images.permute(0, 3, 1, 2), W["tokenizer_conv1/kernel"].permute(3, 2, 0, 1), padding=1)
    x = F.max_pool2d(act(x), kernel_size=3, stride=2, padding=1)
    x = x.flatten(2, 3).transpose(-2, -1) + W["position/embeddings"]
    for i in range(1, BLOCKS + 1):
        x = x + attention(normalised(x, f"block{i}_pre_norm"), f"block{i}_mha")
        x = normalised(x, f"block{i}_norm1")
        x = x + dense(act(dense(x, f"block{i}_mlp1")), f"block{i}_mlp2")
    x = normalised(x, "norm")
    x = (torch.softmax(dense(x, "pool"), dim=1).transpose(-1, -2) @ x).squeeze(-2)
    return dense(x, "head")


images = 2 * uniform(5, 2 * SIZE * SIZE * CHANNELS).reshape(2, SIZE, SIZE, CHANNELS) - 1
images = torch.tensor(images.astype(np.float32))
functions = {"relu": torch.relu, "eelu2": lambda x: -x * torch.erf(torch.exp(-x))}
with torch.no_grad():
    results = {name: [[float(f"{v:.7g}") for v in row] for row in logits(images, act).tolist()] for name, act in functions.items()}
heading = {
    "source": f"cct7.py with PyTorch {torch.__version__.split('+')[0]}, float32",
    "salt": 0,
    "imageSize": SIZE,
    "classes": CLASSES,
    "logits": results,
    "parameters": sum(tensor.numel() for tensor in W.values()),
}
lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in heading.items()]
facts = ",\n".join(f"    {json.dumps(fact)}" for fact in FACTS)
print("{\n" + ",\n".join(lines) + ',\n  "weights": [\n' + facts + "\n  ]\n}")
