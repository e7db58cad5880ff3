"""phi in PyTorch, for `deno task bench`: trains on images in memory and prints what it measured as JSON.

Arguments: activation (relu or eelu2), precision (float32 or bfloat16), mode (eager or compile), threads, seconds.
"""

import json
import resource
import sys
import time

import torch
from torch import nn

activation_name, precision, mode, threads, seconds = sys.argv[1:6]
torch.set_num_threads(int(threads))
BATCH = 64
BATCHES = 8


class Activation(nn.Module):
    def forward(self, x):
        return torch.relu(x) if activation_name == "relu" else -x * torch.erf(torch.exp(-x))


start = time.perf_counter()
layers = []
channels = 3
for filters in [32, 64, 128]:
    for _ in range(2):
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.Conv2d(filters, filters, 1), Activation()]
        channels = filters
    layers += [nn.MaxPool2d(2), nn.Dropout(0.2)]
layers += [nn.Flatten(), nn.Linear(2048, 128), nn.Linear(128, 128), Activation(), nn.Dropout(0.2), nn.Linear(128, 10)]
model = nn.Sequential(*layers).to(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(model.parameters(), 0.001, momentum=0.9)
cross_entropy = nn.CrossEntropyLoss()
forward = torch.compile(model) if mode == "compile" else model
torch.manual_seed(1)
images = torch.rand(BATCHES * BATCH, 3, 32, 32).to(memory_format=torch.channels_last)
labels = torch.randint(0, 10, (BATCHES * BATCH,))


def step(at):
    optimizer.zero_grad()
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
        logits = forward(images[at:at + BATCH])
    cross_entropy(logits.float(), labels[at:at + BATCH]).backward()
    optimizer.step()


def round_of_steps():
    for at in range(0, BATCHES * BATCH, BATCH):
        step(at)


step(0)
first_step = time.perf_counter() - start
round_of_steps()
round_of_steps()
speeds = []
begin, cpu = time.perf_counter(), time.process_time()
while time.perf_counter() - begin < float(seconds):
    before = time.perf_counter()
    round_of_steps()
    speeds.append(BATCH * BATCHES / (time.perf_counter() - before))
cpu = time.process_time() - cpu
print(json.dumps([{
    "imagesPerSecond": sorted(speeds)[len(speeds) // 2],
    "cpuSeconds": 1000 * cpu / (len(speeds) * BATCH * BATCHES),
    "firstStep": first_step,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
}]))
