"""Imports exported modules into their framework and prints what they compute, in several ways.

Reads a JSON file: {"target", "functions": [{"name", "module", "points": [...], "half": [...]}], "unnamed": [module, ...],
"named": {name: module}}; the functions of the unnamed modules are all called f, the named ones all compute x * sigmoid(x).
Prints a JSON object: by mode ("plain", "compiled", "second ...", "half ...", "double ..."), by module, two arrays as base64
of float64: [values, derivatives] at the points (of a half mode at "half"), or [first, second derivatives].
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


def numpy_modes(functions, slopes, points, half):
    def typed(dtype, places):
        results = [(f(x), df(x)) for f, df, x in zip(functions, slopes, [x.astype(dtype) for x in places])]
        assert all(y.dtype == dtype for pair in results for y in pair), f"expected {dtype}"
        return results

    return {
        "plain": lambda: typed(np.float32, points),
        "half float16": lambda: typed(np.float16, half),
        "double": lambda: typed(np.float64, points),
    }


def pytorch_modes(functions, slopes, points, half):
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

    def forward():
        result = []
        for f, x in zip(functions, points):
            tensor = torch.tensor(x)
            y, dy = torch.func.jvp(f, (tensor,), (torch.full_like(tensor, UPSTREAM),))
            result.append((y.numpy(), dy.numpy() / UPSTREAM))
        return result

    def twice(compiler=lambda f: f):
        result = []
        for f, x in zip(functions, points):
            tensor = torch.tensor(x, requires_grad=True)
            (first,) = torch.autograd.grad(compiler(f)(tensor).sum(), tensor, create_graph=True)
            # where the first derivative is constant there is no graph to differentiate
            second = torch.autograd.grad(first.sum(), tensor)[0] if first.requires_grad else torch.zeros_like(tensor)
            result.append((first.detach().numpy(), second.numpy()))
        return result

    def hessian():
        result = []
        for f, x in zip(functions, points):
            tensor = torch.tensor(x)
            second = torch.func.vmap(torch.func.hessian(f))(tensor)
            result.append((torch.func.vmap(torch.func.jacfwd(f))(tensor).numpy(), second.numpy()))
        return result

    def typed(dtype, places):
        result = []
        for f, x in zip(functions, places):
            tensor = torch.tensor(x, dtype=dtype, requires_grad=True)
            y = f(tensor)
            (gradient,) = torch.autograd.grad(y.sum(), tensor)
            assert y.dtype == gradient.dtype == dtype, f"expected {dtype}, got {y.dtype}, {gradient.dtype}"
            result.append((y.detach().double().numpy(), gradient.double().numpy()))
        return result

    return {
        "plain": plain,
        "compiled": compiled,
        "mapped": mapped,
        "forward": forward,
        "second, autograd": twice,
        "second, hessian": hessian,
        "half float16": lambda: typed(torch.float16, half),
        "double": lambda: typed(torch.float64, points),
    }


def jax_modes(functions, slopes, points, half):
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

    def twice(second):
        result = []
        for f, x in zip(functions, points):
            x = jnp.asarray(x)
            result.append((jax.vmap(jax.grad(f))(x), jax.vmap(second(f))(x)))
        return result

    def typed(dtype, places):
        result = []
        for f, x in zip(functions, places):
            x = jnp.asarray(x, dtype)
            y, gradient = f(x), jax.grad(lambda x: f(x).sum())(x)
            assert y.dtype == gradient.dtype == dtype, f"expected {dtype}, got {y.dtype}, {gradient.dtype}"
            result.append((y.astype(jnp.float32), gradient.astype(jnp.float32)))
        return result

    return {
        "plain": lambda: run(lambda f: f),
        "compiled": lambda: run(jax.jit),
        "mapped": mapped,
        "second, grad of grad": lambda: twice(lambda f: jax.grad(jax.grad(f))),
        "second, hessian": lambda: twice(jax.hessian),
        "half float16": lambda: typed(jnp.float16, half),
    }


def keras_modes(functions, slopes, points, half):
    import keras

    backend = keras.backend.backend()
    if backend == "jax":
        modes = jax_modes(functions, slopes, points, half)
        return {mode: run for mode, run in modes.items() if "hessian" not in mode}  # Keras has no forward mode
    if backend == "torch":
        modes = pytorch_modes(functions, slopes, points, half)
        # torch.func refuses the gradient functions that Keras makes
        return {mode: modes[mode] for mode in ("plain", "compiled", "second, autograd", "half float16")}
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

    def twice():
        result = []
        for f, x in zip(functions, points):
            x = tf.constant(x)
            with tf.GradientTape() as outer:
                outer.watch(x)
                with tf.GradientTape() as inner:
                    inner.watch(x)
                    y = f(x)
                first = inner.gradient(y, x)
            second = outer.gradient(first, x)
            result.append((first.numpy(), np.zeros_like(first) if second is None else second.numpy()))
        return result

    def halves():
        result = []
        for f, x in zip(functions, half):
            x = tf.constant(x, tf.float16)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = f(x)
            gradient = tape.gradient(y, x)
            assert y.dtype == gradient.dtype == tf.float16, f"expected float16, got {y.dtype}, {gradient.dtype}"
            result.append((y.numpy(), gradient.numpy()))
        return result

    compiler = lambda f: tf.function(f, jit_compile=True)
    return {
        "plain": lambda: run(lambda f: f),
        "compiled": lambda: run(compiler),
        "graph": lambda: run(tf.function),
        "second, tapes": twice,
        "half float16": halves,
    }


def check_symbolic(modules, names):
    """A model in which the functions are applied to symbolic tensors is saved, loaded, and computes the same."""
    import keras

    inputs = keras.Input((3,))
    x = inputs
    for module, name in zip(modules, names):
        x = keras.layers.BatchNormalization()(getattr(module, name)(keras.layers.Dense(3)(x)))
    model = keras.Model(inputs, x)
    places = np.linspace(-1, 1, 12, dtype="float32").reshape(4, 3)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.keras")
        model.save(path)
        loaded = keras.models.load_model(path)
    np.testing.assert_array_equal(model.predict(places, verbose=0), loaded.predict(places, verbose=0))


def check_scripts(modules, names, points):
    """The layers by TorchScript and by torch.export, saved and loaded, compute the same values."""
    import io
    import torch

    for module, name, x in zip(modules, names, points):
        (layer,) = [n for n in module.__all__ if isinstance(getattr(module, n), type)]
        x = torch.tensor(x)
        expected = getattr(module, name)(x)
        buffer = io.BytesIO()
        torch.jit.save(torch.jit.script(getattr(module, layer)()), buffer)
        buffer.seek(0)
        torch.testing.assert_close(torch.jit.load(buffer)(x), expected)
        buffer = io.BytesIO()
        torch.export.save(torch.export.export(getattr(module, layer)(), (x,)), buffer)
        buffer.seek(0)
        torch.testing.assert_close(torch.export.load(buffer).module()(x), expected)


def check_names(target, named):
    """Functions under names that other things have elsewhere compute x * sigmoid(x), and differentiate."""
    places = np.linspace(-3, 3, 7, dtype="float32")
    sigmoid = 1 / (1 + np.exp(-places.astype("float64")))
    for name, module in named.items():
        module = importlib.import_module(module)
        f, df = getattr(module, name), getattr(module, f"d{name}")
        if target == "pytorch":
            import torch

            x = torch.tensor(places, requires_grad=True)
            y = f(x)
            (slope,) = torch.autograd.grad(y.sum(), x)
            y = y.detach()
        elif target == "jax":
            import jax

            y, slope = f(places), jax.vmap(jax.grad(f))(places)
        else:
            y, slope = f(places), df(places)
        np.testing.assert_allclose(np.asarray(y), places * sigmoid, atol=1e-5, err_msg=name)
        np.testing.assert_allclose(np.asarray(slope), sigmoid + places * sigmoid * (1 - sigmoid), atol=1e-5, err_msg=name)


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
    points, half = [[np.asarray(f[key], dtype=np.float32) for f in job["functions"]] for key in ("points", "half")]
    modes = {"numpy": numpy_modes, "pytorch": pytorch_modes, "jax": jax_modes, "keras": keras_modes}
    check_names(job["target"], job["named"])
    if job["target"] == "pytorch":
        check_scripts(modules, names, points)
    if job["target"] == "keras":
        check_saving(modules, names)
        check_saving([importlib.import_module(name) for name in job["unnamed"]], ["f"] * len(job["unnamed"]))
        check_symbolic(modules, names)

    def encode(array, mode):
        array = np.asarray(array)
        if not mode.startswith(("half", "double")):
            assert array.dtype == np.float32, f"expected float32, got {array.dtype}"
        return base64.b64encode(array.astype(np.float64).tobytes()).decode()

    results = {
        mode: [[encode(first, mode), encode(second, mode)] for first, second in run()]
        for mode, run in modes[job["target"]](functions, slopes, points, half).items()
    }
    print(json.dumps(results))


if __name__ == "__main__":
    main()
