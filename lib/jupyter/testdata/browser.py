"""Opens notebooks in JupyterLab in a headless Chromium, runs one, and stops and resumes another.

    browser.py CHROMIUM FOLDER

FOLDER holds shown/*.ipynb, run.ipynb and stop.ipynb. Prints one JSON object of what was seen.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import sync_playwright

CHROMIUM, FOLDER = shutil.which(sys.argv[1]), sys.argv[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


def start_lab():
    """Starts JupyterLab on a free port, and waits until it answers."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--IdentityProvider.token=afos"]
    options = ["--LabApp.expose_app_in_browser=True", "--ServerApp.port=0", f"--ServerApp.root_dir={FOLDER}"]
    log = open(os.path.join(FOLDER, "lab.log"), "w")
    lab = subprocess.Popen(command + options, stdout=log, stderr=log)
    runtime = pathlib.Path(os.environ["JUPYTER_RUNTIME_DIR"])
    end = time.time() + 60
    while time.time() < end and lab.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            url = json.loads(file.read_text())["url"]
            try:
                urllib.request.urlopen(f"{url}api?token=afos", timeout=5).read()
                return lab, url
            except OSError:
                pass
        time.sleep(0.2)
    lab.kill()
    sys.exit(f"JupyterLab did not start: {pathlib.Path(log.name).read_text()[-2000:]}")


def opened(page, url, path):
    """Opens a notebook, and waits until its cells are there."""
    page.goto(f"{url}lab/tree/{path}?token=afos&reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000, state="attached")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 0", timeout=30_000)


def stored_pictures(file):
    """How many outputs of a stored notebook are pictures."""
    outputs = [output for cell in json.loads(file.read_text())["cells"] for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)


def pictures(page, count):
    """Which pictures are seen, by type and width, and how many outputs are words in the place of one."""
    try:
        seen = "[...document.querySelectorAll('.jp-OutputArea img')].filter((image) => image.naturalWidth > 0).length"
        page.wait_for_function(f"{seen} === {count}", timeout=30_000)
    except PlaywrightTimeoutError:
        pass  # the test sees it
    return page.evaluate(
        """() => ({
          images: [...document.querySelectorAll(".jp-OutputArea img")].map((image) =>
            [image.src.slice(5, 14), image.naturalWidth, image.clientWidth]),
          words: [...document.querySelectorAll(".jp-OutputArea-output")]
            .filter((output) => output.innerText.startsWith("(a plot")).length,
        })"""
    )


def code_cells(page):
    """The code cells as they are now: source, count and outputs as text, in which errors have their name."""
    return page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells
          .filter((cell) => cell.cell_type === "code").map((cell) => ({
            source: [cell.source].flat().join(""),
            count: cell.execution_count,
            errors: cell.outputs.filter((output) => output.output_type === "error").map(({ ename }) => ename),
            text: cell.outputs.map((output) => [output.text ?? output.data?.["text/plain"] ?? ""].flat().join("")).join("\\n"),
          }))"""
    )


def until(page, condition, seconds):
    """Waits until the code cells are as wanted, and gives them."""
    end = time.time() + seconds
    while time.time() < end:
        cells = code_cells(page)
        if condition(cells):
            return cells
        time.sleep(0.2)
    sys.exit(f"waited {seconds} s in vain; the cells are {json.dumps(code_cells(page))[-3000:]}")


def command(page, name):
    """Starts a command of JupyterLab, and doesn't wait for its end."""
    page.evaluate("(name) => { window.jupyterapp.commands.execute(name); }", name)


def kernel_ready(page):
    page.wait_for_function(
        "window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'", timeout=60_000
    )


def main():
    lab, url = start_lab()
    seen = {"shown": {}}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for scheme in ["light", "dark"]:
                page = browser.new_context(viewport={"width": 1300, "height": 9000}, color_scheme=scheme).new_page()
                for file in sorted(pathlib.Path(FOLDER, "shown").glob("*.ipynb")):
                    opened(page, url, f"shown/{file.name}")
                    seen["shown"][f"{file.stem} {scheme}"] = pictures(page, stored_pictures(file))
                    page.screenshot(path=os.path.join(FOLDER, f"{file.stem}_{scheme}.png"))
                page.context.close()
            page = browser.new_context(viewport={"width": 800, "height": 9000}).new_page()
            opened(page, url, "shown/01_activations.ipynb")
            seen["narrow"] = pictures(page, stored_pictures(pathlib.Path(FOLDER, "shown/01_activations.ipynb")))
            opened(page, url, "run.ipynb")
            kernel_ready(page)
            command(page, "notebook:run-all-cells")
            seen["run"] = until(page, lambda cells: all(cell["count"] for cell in cells), 120)
            seen["live"] = pictures(page, len(seen["narrow"]["images"]))
            page.screenshot(path=os.path.join(FOLDER, "live.png"))
            opened(page, url, "stop.ipynb")
            kernel_ready(page)
            command(page, "notebook:run-all-cells")
            until(page, lambda cells: "generation 0" in cells[-2]["text"], 240)
            page.click('[data-command="notebook:interrupt-kernel"]')
            stopped = until(page, lambda cells: cells[-2]["errors"], 60)
            seen["stopped"] = stopped[-2]
            page.locator(".jp-CodeCell").last.locator(".cm-content").click()
            command(page, "notebook:run-cell")
            seen["resumed"] = until(page, lambda cells: "ended:" in cells[-1]["text"], 240)[-1]
            browser.close()
    finally:
        lab.terminate()
        lab.wait(30)
    print(json.dumps(seen))


main()
