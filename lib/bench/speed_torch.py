"""Networks in PyTorch, for `deno task bench`: trains one on images in memory and prints what it measured as JSON.

Arguments: network, activation (relu or eelu2), precision (float32 or bfloat16), mode (eager or compile), pixels a side,
batch, threads, seconds. The networks are those of lib/models, weight for weight.
"""

import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional

network, activation_name, precision, mode, size, batch, threads, seconds = sys.argv[1:9]
size, batch, seconds = int(size), int(batch), float(seconds)
torch.set_num_threads(int(threads))
CLASSES = 10


class Activation(nn.Module):
    def forward(self, x):
        return torch.relu(x) if activation_name == "relu" else -x * torch.erf(torch.exp(-x))


class Same(nn.Module):
    """Padding as TensorFlow's `same` for a module with a window and strides: the odd pixel at the end."""

    def __init__(self, module, window, strides, value=0.0):
        super().__init__()
        self.module, self.window, self.strides, self.value = module, window, strides, value

    def forward(self, x):
        pads = [max((-(-n // self.strides) - 1) * self.strides + self.window - n, 0) for n in x.shape[:1:-1]]
        x = functional.pad(x, [p for pad in pads for p in (pad // 2, pad - pad // 2)], value=self.value)
        return self.module(x)


def phi():
    modules, channels = [], 3
    for filters in [32, 64, 128]:
        for _ in range(2):
            modules += [nn.Conv2d(channels, filters, 3, padding=1), nn.Conv2d(filters, filters, 1), Activation()]
            channels = filters
        modules += [nn.MaxPool2d(2), nn.Dropout(0.2)]
    return modules + [nn.Flatten(), nn.LazyLinear(128), nn.Linear(128, 128), Activation(), nn.Dropout(0.2)]


def alexnet():
    modules = [nn.Conv2d(3, 96, 11, 4), Activation(), nn.MaxPool2d(3, 2)]
    modules += [nn.Conv2d(96, 256, 5, padding=2), Activation(), nn.MaxPool2d(3, 2)]
    modules += [nn.Conv2d(256, 384, 3, padding=1), Activation(), nn.Conv2d(384, 384, 3, padding=1), Activation()]
    modules += [nn.Conv2d(384, 256, 3, padding=1), Activation(), nn.MaxPool2d(3, 2), nn.Flatten()]
    for _ in range(2):
        modules += [nn.Dropout(0.5), nn.LazyLinear(4096), Activation()]
    return modules


def vgg16():
    modules, channels = [], 3
    for filters, count in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(count):
            modules += [nn.Conv2d(channels, filters, 3, padding=1), Activation()]
            channels = filters
        modules += [nn.MaxPool2d(2)]
    modules += [nn.Flatten()]
    for _ in range(2):
        modules += [nn.LazyLinear(4096), Activation(), nn.Dropout(0.5)]
    return modules


class Residual(nn.Module):
    def __init__(self, channels, filters, strides, projected):
        super().__init__()

        def normalised(channels, filters, kernel=1, strides=1):
            convolution = nn.Conv2d(channels, filters, kernel, strides, kernel // 2)
            return [convolution, nn.BatchNorm2d(filters, 1.001e-5, 0.01)]

        self.shortcut = nn.Sequential(*normalised(channels, 4 * filters, 1, strides) if projected else [])
        self.branch = nn.Sequential(
            *normalised(channels, filters, 1, strides),
            Activation(),
            *normalised(filters, filters, 3),
            Activation(),
            *normalised(filters, 4 * filters),
        )
        self.activation = Activation()

    def forward(self, x):
        return self.activation(self.shortcut(x) + self.branch(x))


def resnet50():
    modules = [nn.Conv2d(3, 64, 7, 2, 3), nn.BatchNorm2d(64, 1.001e-5, 0.01), Activation()]
    modules += [nn.ZeroPad2d(1), nn.MaxPool2d(3, 2)]
    channels = 64
    for filters, blocks, first in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for i in range(blocks):
            modules.append(Residual(channels, filters, first if i == 0 else 1, i == 0))
            channels = 4 * filters
    return modules + [nn.AdaptiveAvgPool2d(1), nn.Flatten()]


def mobilenet():
    def normalised(convolution):
        return [convolution, nn.BatchNorm2d(filters_of(convolution), 1e-3, 0.01), Activation()]

    def filters_of(module):
        return module.module.out_channels if isinstance(module, Same) else module.out_channels

    modules, channels = normalised(Same(nn.Conv2d(3, 32, 3, 2, bias=False), 3, 2)), 32
    for filters, strides in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + 5 * [(512, 1)] + [
        (1024, 2),
        (1024, 1),
    ]:
        padding = 0 if strides == 2 else 1
        if strides == 2:
            modules.append(nn.ZeroPad2d((0, 1, 0, 1)))
        modules += normalised(nn.Conv2d(channels, channels, 3, strides, padding, groups=channels, bias=False))
        modules += normalised(nn.Conv2d(channels, filters, 1, bias=False))
        channels = filters
    return modules + [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.001)]


class Tokens(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.positions = nn.Parameter(torch.randn(count, 128) / 10)

    def forward(self, x):
        return x.flatten(2).transpose(1, 2) + self.positions


class Attention(nn.Module):
    """Keras's layer: two heads of 128 each, wider together than the tokens."""

    def __init__(self):
        super().__init__()
        self.inputs, self.output = nn.Linear(128, 3 * 256), nn.Linear(256, 128)

    def forward(self, x):
        count, tokens, _ = x.shape
        query, key, value = self.inputs(x).view(count, tokens, 3, 2, 128).permute(2, 0, 3, 1, 4)
        dropout = 0.1 if self.training else 0.0
        y = functional.scaled_dot_product_attention(query, key, value, dropout_p=dropout)
        return self.output(y.transpose(1, 2).reshape(count, tokens, 256))


class Branch(nn.Module):
    """A residual branch, left out for some images in training."""

    def __init__(self, branch, rate):
        super().__init__()
        self.branch, self.rate = branch, rate

    def forward(self, x):
        y = self.branch(x)
        if self.training and self.rate > 0:
            kept = torch.rand(x.shape[0], 1, 1) >= self.rate
            y = y * kept.to(y.dtype) / (1 - self.rate)
        return x + y


class SequencePooling(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(128, 1)

    def forward(self, x):
        return (torch.softmax(self.scores(x), 1).transpose(1, 2) @ x).squeeze(1)


def cct():
    def tokenizer(channels, filters):
        convolution = [nn.Conv2d(channels, filters, 3, bias=False), Activation()]
        return convolution + [nn.ZeroPad2d(1), Same(nn.MaxPool2d(3, 2), 3, 2, -torch.inf)]

    modules = tokenizer(3, 64) + tokenizer(64, 128)
    side = nn.Sequential(*modules)(torch.zeros(1, 3, size, size)).shape[2]
    modules.append(Tokens(side**2))
    for rate in [0.0, 0.1]:
        modules.append(Branch(nn.Sequential(nn.LayerNorm(128), Attention()), rate))
        dense = [m for _ in range(2) for m in (nn.Linear(128, 128), Activation(), nn.Dropout(0.1))]
        modules.append(Branch(nn.Sequential(nn.LayerNorm(128), *dense), rate))
    return modules + [nn.LayerNorm(128), SequencePooling()]


start = time.perf_counter()
torch.manual_seed(1)
model = nn.Sequential(*globals()[network](), nn.LazyLinear(CLASSES))
model.eval()(torch.zeros(1, 3, size, size))  # gives lazy layers their shapes
model = model.train().to(memory_format=torch.channels_last)
averages = [b for name, b in model.named_buffers() if name.endswith(("running_mean", "running_var"))]
parameters = sum(p.numel() for p in [*model.parameters(), *averages])
optimizer = torch.optim.SGD(model.parameters(), 0.001, momentum=0.9)
cross_entropy = nn.CrossEntropyLoss()
forward = torch.compile(model) if mode == "compile" else model
batches = 8
images = torch.rand(batches * batch, 3, size, size).to(memory_format=torch.channels_last)
labels = torch.randint(0, CLASSES, (batches * batch,))


def step(at):
    optimizer.zero_grad()
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
        logits = forward(images[at:at + batch])
    cross_entropy(logits.float(), labels[at:at + batch]).backward()
    optimizer.step()


def round_of_steps():
    for at in range(0, batches * batch, batch):
        step(at)


step(0)
first_step = time.perf_counter() - start
round_of_steps()
speeds = []
begin, cpu = time.perf_counter(), time.process_time()
while time.perf_counter() - begin < seconds:
    before = time.perf_counter()
    round_of_steps()
    speeds.append(batch * batches / (time.perf_counter() - before))
cpu = time.process_time() - cpu
print(json.dumps([{
    "imagesPerSecond": sorted(speeds)[len(speeds) // 2],
    "cpuSeconds": 1000 * cpu / (len(speeds) * batch * batches),
    "firstStep": first_step,
    "parameters": parameters,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
}]))
