/**
 * The door of `jupyter`: what other rooms, notebooks and commands import.
 *
 * @module
 */
export type { JupyterEnvironment } from "./environment.ts";
export { Interrupted, interruptible } from "./interruptible.ts";
export { type LivePlot, livePlot } from "./live_plot.ts";
export type { NotebookOutcome } from "./notebook.ts";
export { openJupyter, type OpenJupyterOptions } from "./open_jupyter.ts";
export { type Broadcast, type ProgressLine, progressLine, type ProgressOptions } from "./progress.ts";
export { type TrialProgress, trialProgress } from "./trial_progress.ts";
export { runNotebooks, type RunNotebooksOptions } from "./run_notebooks.ts";
