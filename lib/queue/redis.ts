/**
 * Redis, or Valkey, by its address: checked before anything is asked of it, and awaited when it is gone for a while.
 *
 * @module
 */
import { Redis, type RedisOptions } from "ioredis";
import { UserError } from "../user_error.ts";

/** Environment variables of what should not stand on a command line, and of a certificate. */
const PASSWORD = "AFOS_QUEUE_PASSWORD";
const CERTIFICATE = "AFOS_QUEUE_CA";

const DEFAULT_PORT = 6379;
const OLDEST = [6, 2]; // BullMQ's requirement
const PROBE_MILLISECONDS = 10_000;
const LONGEST_PAUSE = 2000; // ms between tries to reach it again

/** Where a queue is, without its password. */
export interface QueueAddress {
  /** The server's name or address. */
  readonly host: string;
  /** The server's port. */
  readonly port: number;
  /** How it is shown: `redis://HOST:PORT`. */
  readonly shown: string;
}

/** The address in a URL. Throws a UserError where it is none of Redis. */
export function queueAddress(url: string): QueueAddress {
  const { host = "", port = DEFAULT_PORT, tls } = optionsOf(url);
  return { host, port, shown: `${tls ? "rediss" : "redis"}://${host}:${port}` };
}

function optionsOf(url: string): RedisOptions {
  const refuse = (got: string): never => {
    throw new UserError(`Cannot use the queue: expected redis://HOST:PORT, or rediss:// for TLS, got ${got}`);
  };
  const parsed = URL.canParse(url) ? new URL(url) : refuse(JSON.stringify(url.replace(/\/\/.*@/, "//")));
  const { protocol, hostname, port, username, password, pathname } = parsed;
  if (!["redis:", "rediss:"].includes(protocol)) return refuse(`${protocol}//`);
  if (hostname === "") return refuse("no host");
  const database = pathname.replace(/^\//, "");
  if (!/^\d*$/.test(database)) return refuse(`the database ${JSON.stringify(database)}`);
  const secret = decodeURIComponent(password) || Deno.env.get(PASSWORD);
  return {
    host: hostname.replace(/^\[|\]$/g, ""), // IPv6
    port: port === "" ? DEFAULT_PORT : Number(port),
    ...username !== "" && { username: decodeURIComponent(username) },
    ...secret && { password: secret },
    db: Number(database),
    ...protocol === "rediss:" && { tls: { ...certificate() } },
  };
}

function certificate(): { readonly ca?: string } {
  const path = Deno.env.get(CERTIFICATE);
  if (!path) return {};
  try {
    return { ca: Deno.readTextFileSync(path) };
  } catch (error) {
    throw new UserError(`Cannot read the certificate that ${CERTIFICATE} names: ${(error as Error).message}`);
  }
}

/** Options of {@linkcode connectRedis}. */
export interface ConnectOptions {
  /** Called with a line when the connection is lost, and when it is there again. */
  readonly log?: (line: string) => void;
}

/**
 * Connects, and reconnects whenever the connection is lost; what is asked meanwhile waits. Throws a UserError where it
 * cannot be reached now, refuses the password, or is too old.
 */
export async function connectRedis(url: string, { log = () => {} }: ConnectOptions = {}): Promise<Redis> {
  const options = optionsOf(url);
  const { shown } = queueAddress(url);
  await probe(options, { shown, log });
  const redis = new Redis({
    ...options,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * times, LONGEST_PAUSE),
  });
  let lost = false;
  redis.on("error", () => {}); // each is followed by a close
  redis.on("close", () => {
    if (lost || redis.status === "end") return;
    lost = true;
    log(`${shown} is gone: waiting for it to come back`);
  });
  redis.on("ready", () => {
    if (lost) log(`${shown} is back`);
    lost = false;
  });
  return redis;
}

/** Makes sure that there is a server that can be used. */
async function probe(options: RedisOptions, { shown, log }: { shown: string; log: (line: string) => void }) {
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: PROBE_MILLISECONDS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: Error | undefined;
  redis.on("error", (error) => reason ??= error);
  try {
    await redis.connect();
    const info = await redis.info();
    const version = /^redis_version:(\d+)\.(\d+)/m.exec(info)?.slice(1).map(Number) ?? OLDEST;
    if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) {
      throw new UserError(
        `Cannot use ${shown}: expected Redis ${OLDEST.join(".")} or later, or Valkey, got ${version.join(".")}`,
      );
    }
    if (/^aof_enabled:0/m.test(info)) {
      log(`${shown} keeps nothing on disk: start it with --appendonly yes, so that a restart loses no trials`);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreachable(reason ?? error as Error, shown);
  } finally {
    redis.disconnect();
  }
}

function unreachable(error: Error, shown: string): UserError {
  const message = error.message || (error as { code?: string }).code || "no answer";
  if (/NOAUTH|WRONGPASS|NOPERM|without any password|invalid password/i.test(message)) {
    return new UserError(
      `Cannot use ${shown}: ${message}: write redis://:PASSWORD@HOST:PORT, or set ${PASSWORD}`,
      { cause: error },
    );
  }
  return new UserError(
    `Cannot reach ${shown}: ${message}: start redis-server or valkey-server there, or check the address`,
    { cause: error },
  );
}
