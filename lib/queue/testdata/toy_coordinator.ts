/**
 * A coordinator in a process of its own, to be killed: trials through a queue into a study on disk. It prints a line for
 * each trial that begins. Arguments: address, path of the study, number of trials, milliseconds a trial.
 *
 * @module
 */
import { resumeStudy } from "../../study/mod.ts";
import { UserError } from "../../user_error.ts";
import { coordinator, toySpecs } from "./toys.ts";

const [url, path, trials, milliseconds] = Deno.args;

try {
  await using executor = await coordinator(url, { study: path });
  using study = resumeStudy({ name: "toy", seed: 1, settings: {} }, { path });
  await study.run(toySpecs(Number(trials), { milliseconds: Number(milliseconds) }), {
    executor,
    onEvent: (event) => event.kind === "started" && console.log(event.trial.formula),
  });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  Deno.exitCode = 1;
}
