"""Imports exported modules into their framework and prints what they compute, plain and compiled.

Reads a JSON file: {"target", "functions": [{"name", "module", "points": [...]}], "unnamed": [module, ...]}; the
functions of the unnamed modules are all called f. Prints a JSON object: by mode
("plain", "compiled"), by module, [values, derivatives] as base64 of float32. It knows nothing of what is right.
"""

import base64
import importlib
import json
import os
import sys
import tempfile

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

# the framework must multiply what comes from above by the derivative: it gets 2, and the result is halved
UPSTREAM = 2.0


def numpy_modes(functions, slopes, points):
    def plain():
        return [(f(x), df(x)) for f, df, x in zip(functions, slopes, points)]

    return {"plain": plain}


def pytorch_modes(functions, slopes, points):
    import torch

    def run(call):
        xs = [torch.tensor(x, requires_grad=True) for x in points]
        ys = call(xs)
        gradients = torch.autograd.grad([(UPSTREAM * y).sum() for y in ys], xs)
        return [(y.detach().numpy(), g.numpy() / UPSTREAM) for y, g in zip(ys, gradients)]

    def every(xs, part):
        return [f(x) for f, x in zip(part, xs)]

    def plain():
        return run(lambda xs: every(xs, functions))

    def compiled():
        compiler = torch.compile(lambda xs: every(xs, functions), fullgraph=True)
        return run(compiler)

    def mapped():
        result = []
        for f, x in zip(functions, points):
            tensor = torch.tensor(x)
            gradients = torch.func.vmap(torch.func.grad(f))(tensor)
            result.append((torch.func.vmap(f)(tensor).numpy(), gradients.numpy()))
        return result

    return {"plain": plain, "compiled": compiled, "mapped": mapped}


def jax_modes(functions, slopes, points):
    import jax
    import jax.numpy as jnp

    def run(wrap):
        result = []
        for f, x in zip(functions, points):
            x = jnp.asarray(x)

            def gradient(x):
                return jax.grad(lambda x: (UPSTREAM * f(x)).sum())(x) / UPSTREAM

            result.append((wrap(f)(x), wrap(gradient)(x)))
        return result

    def mapped():
        return [(jax.vmap(f)(x), jax.vmap(jax.grad(f))(x)) for f, x in zip(functions, points)]

    return {"plain": lambda: run(lambda f: f), "compiled": lambda: run(jax.jit), "mapped": mapped}


def keras_modes(functions, slopes, points):
    import keras

    backend = keras.backend.backend()
    if backend == "jax":
        return jax_modes(functions, slopes, points)
    if backend == "torch":
        modes = pytorch_modes(functions, slopes, points)
        # torch.func refuses the gradient functions that Keras makes
        return {mode: modes[mode] for mode in ("plain", "compiled")}
    import tensorflow as tf

    def run(wrap):
        result = []
        for f, x in zip(functions, points):
            def both(x):
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = f(x)
                    total = tf.reduce_sum(UPSTREAM * y)
                return y, tape.gradient(total, x) / UPSTREAM

            y, gradient = wrap(both)(tf.constant(x))
            result.append((y.numpy(), gradient.numpy()))
        return result

    compiler = lambda f: tf.function(f, jit_compile=True)
    return {"plain": lambda: run(lambda f: f), "compiled": lambda: run(compiler), "graph": lambda: run(tf.function)}


def check_saving(modules, names):
    """A model with the layers and the functions is saved, loaded, and computes the same; its training step runs."""
    import keras

    layers = [keras.layers.Input((3,))]
    for module, name in zip(modules, names):
        (layer,) = [n for n in module.__all__ if isinstance(getattr(module, n), type)]
        layers += [keras.layers.Dense(3, activation=getattr(module, name)), getattr(module, layer)()]
        layers += [keras.layers.BatchNormalization()]
    model = keras.Sequential(layers)
    model.compile("sgd", "mse")
    x = np.linspace(-1, 1, 12, dtype="float32").reshape(4, 3)
    model.fit(x, x, epochs=1, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.keras")
        model.save(path)
        loaded = keras.models.load_model(path)
    np.testing.assert_array_equal(model.predict(x, verbose=0), loaded.predict(x, verbose=0))
    for layer in model.layers:
        if "formula" not in layer.get_config():
            continue
        try:
            layer.from_config({**layer.get_config(), "formula": "of another function"})
        except ValueError:
            continue
        raise AssertionError(f"expected {type(layer).__name__} to refuse the formula of another function")


def main():
    with open(sys.argv[1]) as file:
        job = json.load(file)
    sys.path.insert(0, os.path.dirname(sys.argv[1]))
    modules = [importlib.import_module(f["module"]) for f in job["functions"]]
    names = [f["name"] for f in job["functions"]]
    functions = [getattr(module, name) for module, name in zip(modules, names)]
    slopes = [getattr(module, f"d{name}") for module, name in zip(modules, names)]
    points = [np.asarray(f["points"], dtype=np.float32) for f in job["functions"]]
    modes = {"numpy": numpy_modes, "pytorch": pytorch_modes, "jax": jax_modes, "keras": keras_modes}
    if job["target"] == "keras":
        check_saving(modules, names)
        check_saving([importlib.import_module(name) for name in job["unnamed"]], ["f"] * len(job["unnamed"]))

    def encode(array):
        array = np.asarray(array)
        assert array.dtype == np.float32, f"expected float32, got {array.dtype}"
        return base64.b64encode(array.tobytes()).decode()

    results = {
        mode: [[encode(values), encode(derivatives)] for values, derivatives in run()]
        for mode, run in modes[job["target"]](functions, slopes, points).items()
    }
    print(json.dumps(results))


if __name__ == "__main__":
    main()
