"""Networks in Keras, for `deno task bench`: trains one on images in memory and prints what it measured as JSON.

Arguments: network, activation (relu or eelu2), precision (float32 or bfloat16), mode (graph or xla), pixels a side, batch,
threads, seconds. The networks are those of lib/models, weight for weight.
"""

import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
network, activation_name, precision, mode, size, batch, threads, seconds = sys.argv[1:9]
os.environ["TF_NUM_INTRAOP_THREADS"] = threads
os.environ["TF_NUM_INTEROP_THREADS"] = "1"
size, batch, seconds = int(size), int(batch), float(seconds)

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers, ops  # noqa: E402

CLASSES = 10
activation = {"relu": tf.nn.relu, "eelu2": lambda x: -x * tf.math.erf(tf.exp(-x))}[activation_name]
if precision == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")


def act(x):
    return layers.Activation(activation)(x)


def phi(x):
    for filters in [32, 64, 128]:
        for _ in range(2):
            x = layers.Conv2D(filters, 3, padding="same", kernel_initializer="he_uniform")(x)
            x = layers.Dense(filters, activation=activation)(x)
        x = layers.Dropout(0.2)(layers.MaxPooling2D(2)(x))
    x = layers.Dense(128)(layers.Flatten()(x))
    return layers.Dropout(0.2)(layers.Dense(128, activation=activation)(x))


def alexnet(x):
    for filters, kernel, strides, padding, pooled in [
        (96, 11, 4, "valid", True),
        (256, 5, 1, "same", True),
        (384, 3, 1, "same", False),
        (384, 3, 1, "same", False),
        (256, 3, 1, "same", True),
    ]:
        x = act(layers.Conv2D(filters, kernel, strides, padding)(x))
        if pooled:
            x = layers.MaxPooling2D(3, 2)(x)
    x = layers.Flatten()(x)
    for _ in range(2):
        x = layers.Dense(4096, activation=activation)(layers.Dropout(0.5)(x))
    return x


def vgg16(x):
    for filters, count in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(count):
            x = layers.Conv2D(filters, 3, padding="same", activation=activation)(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    for _ in range(2):
        x = layers.Dropout(0.5)(layers.Dense(4096, activation=activation)(x))
    return x


def resnet50(x):
    def normalised(x, filters, kernel=1, strides=1, padding="valid"):
        return layers.BatchNormalization(epsilon=1.001e-5)(layers.Conv2D(filters, kernel, strides, padding)(x))

    x = act(normalised(layers.ZeroPadding2D(3)(x), 64, 7, 2))
    x = layers.MaxPooling2D(3, 2)(layers.ZeroPadding2D(1)(x))
    for filters, blocks, first in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for i in range(blocks):
            strides = first if i == 0 else 1
            shortcut = normalised(x, 4 * filters, 1, strides) if i == 0 else x
            y = act(normalised(x, filters, 1, strides))
            y = act(normalised(y, filters, 3, 1, "same"))
            x = act(layers.Add()([shortcut, normalised(y, 4 * filters)]))
    return layers.GlobalAveragePooling2D()(x)


def mobilenet(x):
    def normalised(x):
        return act(layers.BatchNormalization()(x))

    x = normalised(layers.Conv2D(32, 3, 2, "same", use_bias=False)(x))
    for filters, strides in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + 5 * [(512, 1)] + [
        (1024, 2),
        (1024, 1),
    ]:
        if strides == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
        padding = "valid" if strides == 2 else "same"
        x = normalised(layers.DepthwiseConv2D(3, strides, padding, use_bias=False)(x))
        x = normalised(layers.Conv2D(filters, 1, use_bias=False)(x))
    return layers.Dropout(0.001)(layers.GlobalAveragePooling2D()(x))


class Positions(layers.Layer):
    def build(self, shape):
        self.embeddings = self.add_weight(shape=shape[1:], initializer="glorot_uniform")

    def call(self, x):
        return x + ops.cast(self.embeddings, x.dtype)


class StochasticDepth(layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=False):
        if not training or self.rate == 0:
            return x
        kept = keras.random.uniform((ops.shape(x)[0], 1, 1)) >= self.rate
        return x * ops.cast(kept, x.dtype) / (1 - self.rate)


def cct(x):
    for filters in [64, 128]:
        x = layers.ZeroPadding2D(1)(act(layers.Conv2D(filters, 3, use_bias=False)(x)))
        x = layers.MaxPooling2D(3, 2, "same")(x)
    x = Positions()(layers.Reshape((-1, 128))(x))
    for rate in [0.0, 0.1]:
        y = layers.LayerNormalization(epsilon=1e-5)(x)
        y = layers.MultiHeadAttention(2, 128, dropout=0.1)(y, y)
        x = layers.Add()([x, StochasticDepth(rate)(y)])
        y = layers.LayerNormalization(epsilon=1e-5)(x)
        for _ in range(2):
            y = layers.Dropout(0.1)(layers.Dense(128, activation=activation)(y))
        x = layers.Add()([x, StochasticDepth(rate)(y)])
    x = layers.LayerNormalization(epsilon=1e-5)(x)
    weights = layers.Softmax(axis=1)(layers.Dense(1)(x))
    return layers.Flatten()(layers.Dot(axes=1)([weights, x]))


start = time.perf_counter()
inputs = layers.Input((size, size, 3))
model = keras.Model(inputs, layers.Dense(CLASSES, dtype="float32")(globals()[network](inputs)))
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(keras.optimizers.SGD(0.001, momentum=0.9), loss, jit_compile=mode == "xla")
random = np.random.default_rng(1)


def examples(count):
    images = random.random((count, size, size, 3), dtype=np.float32)
    return images, random.integers(0, CLASSES, count, dtype=np.int32)


model.train_on_batch(*examples(batch))
first_step = time.perf_counter() - start
before = time.perf_counter()
model.train_on_batch(*examples(batch))
# many steps an epoch: the cost of starting one counts for little
steps = max(4, min(32, round(1 / (time.perf_counter() - before))))
count = steps * batch
data = tf.data.Dataset.from_tensor_slices(examples(count)).batch(batch).cache()
model.fit(data, epochs=2, verbose=0)
speeds = []
begin, cpu = time.perf_counter(), time.process_time()
while time.perf_counter() - begin < seconds:
    before = time.perf_counter()
    model.fit(data, epochs=1, verbose=0)
    speeds.append(count / (time.perf_counter() - before))
cpu = time.process_time() - cpu
print(json.dumps([{
    "imagesPerSecond": sorted(speeds)[len(speeds) // 2],
    "cpuSeconds": 1000 * cpu / (len(speeds) * count),
    "firstStep": first_step,
    "parameters": model.count_params(),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
}]))
