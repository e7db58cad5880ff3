/**
 * One worker, seen from its parent: a child process that is sent messages and sends messages until it ends.
 *
 * @module
 */
import { encodeMessage, type FromWorker, readLines, readMessages, type ToWorker } from "./protocol.ts";
import { tellsOfShortage } from "../machine_fault.ts";

/** How to start a worker. */
export interface WorkerCommand {
  /** The module that calls `serve`. */
  readonly module: string | URL;
  /** Flags of `deno run`: the permissions that the module needs. */
  readonly flags: readonly string[];
  /** Variables added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder in which it runs (default: this process's). */
  readonly cwd?: string;
  /** A JSON value given to the module's `prepare`. */
  readonly init?: unknown;
}

/** What a worker's owner is told. */
export interface WorkerListener {
  /** Called for each message. */
  readonly onMessage: (message: FromWorker) => void;
  /**
   * Called once, after the last message. `reason` says how the process ended, and what it printed last; `killed`, whether
   * the machine ended it.
   */
  readonly onExit: (reason: string, options: { readonly killed: boolean }) => void;
}

const LINES_KEPT = 20;

/** Signals that come from outside: from whoever frees memory, ends a session, or finds the disk full. */
const KILLING = ["SIGKILL", "SIGTERM", "SIGHUP", "SIGBUS", "SIGXFSZ", "SIGXCPU"];

/** A running worker. */
export class WorkerProcess {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #log: string[] = [];
  /** Resolves when the process is gone and everything it said was heard. */
  readonly exited: Promise<void>;

  /** Starts the process and sends it `init`. */
  constructor({ module, flags, env, cwd, init }: WorkerCommand, listener: WorkerListener) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", ...flags, String(module)],
      env: { ...env },
      cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#input.closed.catch(() => {});
    this.send({ kind: "init", init: init ?? null });
    this.exited = this.#listen(listener);
  }

  /** The id of the process. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Sends a message. To a process that is gone it does nothing: `onExit` tells. */
  send(message: ToWorker): void {
    this.#input.write(encodeMessage(message)).catch(() => {});
  }

  /** Lets the process end by itself. */
  endInput(): void {
    this.#input.close().catch(() => {});
  }

  /** Ends the process at once. */
  kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // it has ended
    }
  }

  async #listen({ onMessage, onExit }: WorkerListener): Promise<void> {
    const note = (line: string) => {
      this.#log.push(line);
      if (this.#log.length > LINES_KEPT) this.#log.shift();
    };
    const hear = async () => {
      for await (const message of readMessages<FromWorker>(this.#child.stdout, { onNoise: note })) onMessage(message);
    };
    const overhear = async () => {
      for await (const line of readLines(this.#child.stderr)) note(line);
    };
    const [status] = await Promise.all([this.#child.status, hear(), overhear()]);
    const how = status.signal ? `was ended by ${status.signal}` : `ended with code ${status.code}`;
    const killed = KILLING.includes(status.signal ?? "") || tellsOfShortage(this.#log.join("\n"));
    onExit([`the worker ${how}`, ...this.#log].join("\n"), { killed });
  }
}
