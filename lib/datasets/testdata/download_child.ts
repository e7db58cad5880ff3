/**
 * Downloads a file in a process of its own, to be killed: arguments are the URL, the folder, and the file as JSON.
 *
 * @module
 */
import { download } from "../fetch/download.ts";

const [url, folder, file] = Deno.args;
await download([url], { file: JSON.parse(file), folder });
