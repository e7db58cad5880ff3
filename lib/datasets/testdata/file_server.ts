/**
 * A real HTTP server on loopback that can behave badly.
 *
 * @module
 */

/** What the server does with a request. */
export type Behaviour =
  /** Gives the file, or the range that is asked for. */
  | { readonly kind: "good" }
  /** Gives the whole file, whatever is asked for; where `after` is given, it breaks the connection there. */
  | { readonly kind: "no ranges"; readonly after?: number }
  /** Gives that many bytes, then breaks the connection. */
  | { readonly kind: "breaks"; readonly after: number }
  /** Gives that many bytes, then nothing more. */
  | { readonly kind: "stalls"; readonly after: number }
  | { readonly kind: "status"; readonly status: number; readonly headers?: Record<string, string> }
  /** Gives that many bytes without having told how many there are, then ends in order. */
  | { readonly kind: "ends"; readonly after: number }
  /** Answers with a web page, without telling its length. */
  | { readonly kind: "page" }
  /** Gives other bytes, in order. */
  | { readonly kind: "gives"; readonly bytes: Uint8Array }
  /** Answers a request for a range with another range. */
  | { readonly kind: "shifted" }
  /** Does not answer. */
  | { readonly kind: "silent" };

/** A running server; `await using` stops it. */
export interface FileServer extends AsyncDisposable {
  /** Address of the folder that holds the files, with a slash at the end. */
  readonly url: string;
  /** Path and range (or "") of each request so far. */
  readonly requests: string[];
}

/** Serves files; the n-th request is met by the n-th behaviour, later ones by the last. */
export function serveFiles(files: Readonly<Record<string, Uint8Array>>, behaviours: readonly Behaviour[]): FileServer {
  const requests: string[] = [];
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: stop.signal, onListen() {}, onError: () => new Response(null) },
    (request) => {
      const name = new URL(request.url).pathname.slice(1);
      const range = request.headers.get("range") ?? "";
      const behaviour = behaviours[Math.min(requests.length, behaviours.length - 1)];
      requests.push(`${name} ${range}`.trim());
      const bytes = files[name];
      return bytes ? answer(bytes, { behaviour, range }) : new Response("not found", { status: 404 });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    requests,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await server.finished;
    },
  };
}

function answer(file: Uint8Array, { behaviour, range }: { behaviour: Behaviour; range: string }) {
  const start = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
  const part = (from: number) => {
    const headers = { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` };
    return { status: 206, headers };
  };
  const init = start > 0 ? part(start) : { status: 200 };
  switch (behaviour.kind) {
    case "good":
      return start >= file.length
        ? new Response(null, { status: 416 })
        : new Response(file.slice(start) as BodyInit, init);
    case "no ranges":
      return behaviour.after === undefined
        ? new Response(file.slice() as BodyInit)
        : new Response(interrupted(file.slice(0, behaviour.after), "breaks"));
    case "shifted":
      return new Response(file.slice(start + 1) as BodyInit, part(start + 1));
    case "breaks":
    case "stalls":
      return new Response(interrupted(file.slice(start, start + behaviour.after), behaviour.kind), init);
    case "status":
      return new Response("no", { status: behaviour.status, headers: behaviour.headers });
    case "ends":
      return new Response(interrupted(file.slice(start, start + behaviour.after), "ends"), init);
    case "page":
      return new Response(interrupted(new TextEncoder().encode("<html>log in</html>"), "ends"), {
        headers: { "content-type": "text/html; charset=utf-8" },
      });
    case "gives":
      return new Response(behaviour.bytes.slice() as BodyInit);
    case "silent":
      return new Promise<Response>(() => {});
  }
}

/** A body of unknown length that gives some bytes, then breaks, stalls or ends. */
function interrupted(bytes: Uint8Array, how: "breaks" | "stalls" | "ends"): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream({
    async pull(controller) {
      if (!given) {
        controller.enqueue(bytes);
        given = true;
      } else if (how === "ends") {
        controller.close();
      } else if (how === "breaks") {
        await new Promise((resolve) => setTimeout(resolve, 50)); // lets the bytes leave
        controller.error(new Error("broken"));
      } else {
        await new Promise(() => {});
      }
    },
  });
}
