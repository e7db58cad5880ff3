/**
 * Shows how far a data set's download is: a bar on a terminal, otherwise a line for each quarter of a file; nothing
 * for files under 1 MB. It knows nothing of data sets.
 *
 * @module
 */
import { SingleBar } from "cli-progress";
import type { Progress } from "../mod.ts";

const MB = 1e6;

/** What is shown; `stop` ends the bar. */
export interface DownloadProgress {
  readonly show: (progress: Progress) => void;
  readonly stop: () => void;
}

/** Shows progress on stderr. */
export function downloadProgress({ terminal = Deno.stderr.isTerminal() } = {}): DownloadProgress {
  return terminal ? bar() : lines();
}

function bar(): DownloadProgress {
  let current: SingleBar | undefined;
  const stop = () => {
    current?.stop();
    current = undefined;
  };
  return {
    stop,
    show(progress) {
      if (progress.kind === "step") {
        stop();
        console.error(progress.text);
        return;
      }
      const { file, bytes, of } = progress;
      if (of < MB) return;
      if (current === undefined) {
        current = new SingleBar({
          format: "{file} [{bar}] {value}/{total} MB, {eta_formatted} left",
          hideCursor: true,
        });
        current.start(Math.round(of / MB), Math.round(bytes / MB), { file });
      }
      current.update(Math.round(bytes / MB), { file });
    },
  };
}

function lines(): DownloadProgress {
  let last = { file: "", quarter: 0 };
  return {
    stop() {},
    show(progress) {
      if (progress.kind === "step") return console.error(progress.text);
      const { file, bytes, of } = progress;
      if (of < MB) return;
      const quarter = Math.floor(4 * bytes / of);
      if (file !== last.file) last = { file, quarter: 0 };
      if (quarter <= last.quarter) return;
      last = { file, quarter };
      console.error(`${file}: ${(bytes / MB).toFixed(1)} of ${(of / MB).toFixed(1)} MB`);
    },
  };
}
