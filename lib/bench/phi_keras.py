"""phi in Keras, for `deno task bench`: trains on images in memory and prints what it measured as JSON.

Arguments: activation (relu or eelu2), precision (float32 or bfloat16), mode (graph or xla), threads, seconds.
"""

import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
activation_name, precision, mode, threads, seconds = sys.argv[1:6]
os.environ["TF_NUM_INTRAOP_THREADS"] = threads
os.environ["TF_NUM_INTEROP_THREADS"] = "1"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

IMAGES = 64 * (32 if mode == "graph" else 8)  # many steps: the cost of starting an epoch counts for little
BATCH = 64
activation = {"relu": tf.nn.relu, "eelu2": lambda x: -x * tf.math.erf(tf.exp(-x))}[activation_name]
if precision == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")

start = time.perf_counter()
layers = [keras.layers.Input((32, 32, 3))]
for filters in [32, 64, 128]:
    for _ in range(2):
        layers.append(keras.layers.Conv2D(filters, 3, padding="same", kernel_initializer="he_uniform"))
        layers.append(keras.layers.Dense(filters, activation=activation))
    layers += [keras.layers.MaxPooling2D(2), keras.layers.Dropout(0.2)]
layers += [keras.layers.Flatten(), keras.layers.Dense(128), keras.layers.Dense(128, activation=activation)]
layers += [keras.layers.Dropout(0.2), keras.layers.Dense(10, dtype="float32")]
model = keras.Sequential(layers)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.SGD(0.001, momentum=0.9), loss, jit_compile=mode == "xla")
random = np.random.default_rng(1)
images = random.random((IMAGES, 32, 32, 3), dtype=np.float32)
labels = random.integers(0, 10, IMAGES, dtype=np.int32)
data = tf.data.Dataset.from_tensor_slices((images, labels)).batch(BATCH).cache()
model.train_on_batch(images[:BATCH], labels[:BATCH])
first_step = time.perf_counter() - start
model.fit(data, epochs=2, verbose=0)
speeds = []
begin, cpu = time.perf_counter(), time.process_time()
while time.perf_counter() - begin < float(seconds):
    before = time.perf_counter()
    model.fit(data, epochs=1, verbose=0)
    speeds.append(IMAGES / (time.perf_counter() - before))
cpu = time.process_time() - cpu
print(json.dumps([{
    "imagesPerSecond": sorted(speeds)[len(speeds) // 2],
    "cpuSeconds": 1000 * cpu / (len(speeds) * IMAGES),
    "firstStep": first_step,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
}]))
