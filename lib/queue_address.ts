/**
 * The address of a queue: a URL of Redis, taken apart.
 *
 * @module
 */
import { UserError } from "./user_error.ts";

const DEFAULT_PORT = 6379;

/** Where a queue is. */
export interface QueueAddress {
  /** A name, or an IP address. */
  readonly host: string;
  /** The port, 6379 where none is named. */
  readonly port: number;
  /** The number of the database. */
  readonly database: number;
  /** Who enters; the server's default where nobody is named. */
  readonly username?: string;
  /** What opens it; undefined where the URL has none. */
  readonly password?: string;
  /** Whether it is `rediss://`, encrypted. */
  readonly isTls: boolean;
  /** How it is shown: without user and password. */
  readonly shown: string;
}

/**
 * The address in a URL. Throws a UserError where it is none of Redis; it never shows the password.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { queueAddress } from "./queue_address.ts";
 * assertEquals(queueAddress("redis://:secret@gpu1").shown, "redis://gpu1:6379");
 * ```
 */
export function queueAddress(url: string): QueueAddress {
  const refuse = (got: string): never => {
    throw new UserError(`Cannot use the queue: expected redis://HOST:PORT, or rediss:// for TLS, got ${got}`);
  };
  const parsed = URL.canParse(url) ? new URL(url) : refuse(JSON.stringify(url.replace(/\/\/.*@/, "//")));
  const { protocol, hostname, username, password, pathname } = parsed;
  if (!["redis:", "rediss:"].includes(protocol)) return refuse(`${protocol}//`);
  if (hostname === "") return refuse("no host");
  const database = pathname.replace(/^\//, "");
  if (!/^\d*$/.test(database)) return refuse(`the database ${JSON.stringify(database)}`);
  const port = parsed.port === "" ? DEFAULT_PORT : Number(parsed.port);
  return {
    host: hostname.replace(/^\[|\]$/g, ""), // IPv6
    port,
    database: Number(database),
    ...username !== "" && { username: decodeURIComponent(username) },
    ...password !== "" && { password: decodeURIComponent(password) },
    isTls: protocol === "rediss:",
    shown: `${protocol}//${hostname}:${port}`,
  };
}
