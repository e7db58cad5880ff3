/**
 * A real redis-server for tests: Debian's, on a free port of 127.0.0.1, stopped by its pid.
 *
 * @module
 */
import { UserError } from "../../user_error.ts";
import { connectRedis } from "../redis.ts";

/** Whether redis-server is on this machine; tests that need it are ignored otherwise. */
export const HAS_REDIS: boolean = await isThere("redis-server");

/** Whether a program is on this machine; `argument` makes it say its version. */
export async function isThere(program: string, { argument = "--version" } = {}): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: [argument], stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** A test that needs redis-server; where there is none, it is ignored and says so. */
export function redisTest(name: string, action: (server: RedisServer) => Promise<void>): void {
  Deno.test({
    name: HAS_REDIS ? name : `${name} (needs redis-server)`,
    ignore: !HAS_REDIS,
    async fn() {
      await using server = await RedisServer.start();
      await action(server);
    },
  });
}

/** How a server is started. */
export interface ServerOptions {
  /** Flags of redis-server. */
  readonly flags?: readonly string[];
  readonly password?: string;
  readonly tls?: boolean;
}

/** A running server with a folder of its own, in which it keeps everything (append-only file). */
export class RedisServer implements AsyncDisposable {
  #process: Deno.ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly options: ServerOptions,
  ) {}

  /** Starts a server. */
  static async start(options: ServerOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(await Deno.makeTempDir({ prefix: "afos-redis-" }), freePort(), options);
    await server.resume();
    return server;
  }

  /** Its address. */
  get url(): string {
    return `${this.options.tls ? "rediss" : "redis"}://127.0.0.1:${this.port}`;
  }

  /** Starts it again with what it has kept. */
  async resume(): Promise<void> {
    const { flags = [], password = "", tls = false } = this.options;
    this.#process = new Deno.Command("redis-server", {
      args: [
        ...["--bind", "127.0.0.1", "--dir", this.folder],
        ...tls ? ["--port", "0", "--tls-port", String(this.port)] : ["--port", String(this.port)],
        ...["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--daemonize", "no", ...flags],
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    for (;;) {
      try {
        (await connectRedis(this.url.replace("//", `//:${encodeURIComponent(password)}@`))).disconnect();
        return;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }

  /** Stops it at once. */
  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.status;
    this.#process = undefined;
  }

  /** Stops it and removes what it has kept. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.folder, { recursive: true });
  }
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
