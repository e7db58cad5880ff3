"""Executes one notebook in the Deno kernel, headless. It knows nothing of what the notebook does.

Prints JSON lines on stdout: {"cell": 3, "of": 12} before a code cell, and at the end {"passed": true} or
{"failed": {"cell": 3, "of": 12, "error": "..."}}. Cells are numbered from 1, text cells included, as a reader counts.

It ends when its stdin closes. Three things that nbclient and the Deno kernel leave open:
- A part of the results arrives after the kernel has said that it is idle: this client reads on until nothing has come
  for a quarter of a second.
- The kernel swallows rejected promises that nobody awaits, and errors in timers: a hidden execution before the first
  cell listens for them, and one after each cell fails with what was heard.
- The kernel's own stderr (warnings, the reason of a crash) would mix with ours: it is kept, and shown on a failure.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import sys
import tempfile
import threading

import nbformat
from jupyter_client.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionComplete, CellExecutionError, DeadKernelError

QUIET_SECONDS = 0.25
LATE_SECONDS = 5.0
KERNEL_WARNING = 'Warning "deno jupyter" is unstable'

LISTEN = """{
  const lost = globalThis[Symbol.for("afos.lost")] = [];
  const hear = (text) => (event) => {
    lost.push(`${text}: ${Deno.inspect(event.reason ?? event.error ?? event.message)}`);
    event.preventDefault();
  };
  addEventListener("unhandledrejection", hear("A promise was rejected and nobody awaited it"));
  addEventListener("error", hear("An error outside of any await"));
}
undefined;"""

CHECK = """{
  const lost = globalThis[Symbol.for("afos.lost")].splice(0);
  if (lost.length > 0) throw new Error(lost.join("\\n"));
}
undefined;"""


class LostError(Exception):
    """A rejection or an error that no cell reported."""


def emit(**message):
    try:
        print(json.dumps(message), flush=True)
    except BrokenPipeError:  # the caller has gone, and end_with_caller ends us; nothing is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def end_with_caller():
    """Ends this process, and with it the kernel, when the caller ends in whatever way: then stdin closes."""

    def wait():
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def plain(text):
    """Text without terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class CompleteClient(NotebookClient):
    """An nbclient that loses no output and no error."""

    current = 0

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        loop = asyncio.get_running_loop()
        end = loop.time() + LATE_SECONDS
        while loop.time() < end:
            try:
                message = await asyncio.wait_for(
                    ensure_async(self.kc.iopub_channel.get_msg(timeout=None)), QUIET_SECONDS
                )
            except asyncio.TimeoutError:
                return
            if message["parent_header"].get("msg_id") == parent_msg_id:
                try:
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    pass

    async def run_hidden(self, code):
        """Runs code that is not in the notebook. Its outputs are ignored; its error is raised."""
        message_id = await ensure_async(self.kc.execute(code, silent=True, store_history=False))
        reply = await self.async_wait_for_reply(message_id)
        if reply and reply["content"]["status"] == "error":
            raise LostError(reply["content"]["evalue"])

    async def async_execute_cell(self, cell, cell_index, execution_count=None, store_history=True):
        if cell.cell_type != "code":
            return cell
        if self.current == 0:
            await self.run_hidden(LISTEN)
        self.current = cell_index + 1
        emit(cell=self.current, of=len(self.nb.cells))
        cell = await super().async_execute_cell(cell, cell_index, execution_count, store_history)
        await self.run_hidden(CHECK)
        return cell


def describe(error, notebook, current):
    """What went wrong, for a reader."""
    if isinstance(error, CellExecutionError):
        for output in notebook.cells[current - 1].outputs:
            if output.output_type == "error":
                return plain("\n".join(output.traceback)).strip() or plain(f"{output.ename}: {output.evalue}")
        return f"the cell does not compile ({error.evalue}; the Deno kernel tells no more)"
    if isinstance(error, DeadKernelError):
        return "the kernel ended (Deno.exit, a crash, out of memory, or a signal)"
    if isinstance(error, CellControlSignal):
        return plain(str(error)).strip().split("\n")[0]
    return plain(str(error)) or type(error).__name__


def parametrised(notebook, parameters):
    """A copy with a cell behind the one with the tag parameters that assigns other values, as papermill does."""
    for index, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            code = "".join(f"{name} = {json.dumps(value)};\n" for name, value in parameters.items())
            injected = nbformat.v4.new_code_cell(code, metadata={"tags": ["injected-parameters"]})
            copy = nbformat.from_dict(dict(notebook))
            copy.cells = [*notebook.cells[: index + 1], injected, *notebook.cells[index + 1 :]]
            return copy
    return notebook


def give_pictures_their_width(notebook):
    """Says how wide a PNG beside an SVG stands. It has more pixels; the kernel gives results no metadata."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            width = re.match(r'<svg[^>]*(?:max-width: | width=")(\d+)', data.get("image/svg+xml", ""))
            if width and "image/png" in data:
                output.metadata["image/png"] = {"width": int(width[1])}


def save(notebook, path):
    """Writes the whole file or nothing."""
    give_pictures_their_width(notebook)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            nbformat.write(notebook, file)
        os.chmod(temporary, os.stat(path).st_mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook")
    parser.add_argument("--write", action="store_true", help="store the outputs in the notebook")
    parser.add_argument("--timeout", type=int, default=600, help="seconds a cell may take")
    parser.add_argument("--parameters", type=json.loads, default={}, help="values of the parameters cell, as JSON")
    arguments = parser.parse_args()
    path = os.path.abspath(arguments.notebook)
    end_with_caller()
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:
        emit(failed={"cell": 0, "of": 0, "error": f"not a notebook: {str(error).splitlines()[0]}"})
        return 1

    if arguments.parameters:
        notebook = parametrised(notebook, arguments.parameters)
    client = CompleteClient(
        notebook,
        kernel_name="deno",
        timeout=arguments.timeout,
        iopub_timeout=LATE_SECONDS + 60,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": os.path.dirname(path)}},
    )
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as kernel_stderr:
        try:
            client.execute(stderr=kernel_stderr)
        except BaseException as error:
            kernel_stderr.seek(0)
            for line in kernel_stderr:
                if not line.startswith(KERNEL_WARNING):
                    print(plain(line), end="", file=sys.stderr, flush=True)
            emit(failed={"cell": client.current, "of": len(notebook.cells), "error": describe(error, notebook, client.current)})
            return 1
    if arguments.write and not arguments.parameters:
        save(notebook, path)
    emit(passed=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
