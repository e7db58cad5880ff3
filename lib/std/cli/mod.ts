/**
 * A stand-in for `jsr:@std/cli`, for machines that cannot reach JSR: the functions that our tasks use, with the
 * published signatures. `deno unlink` of this folder switches to the published package.
 *
 * @module
 */
export * from "./parse_args.ts";
