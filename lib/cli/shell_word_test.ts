import { assertEquals } from "@std/assert";
import { shellWord } from "./shell_word.ts";

Deno.test({
  name: "a shell reads each word as it was",
  ignore: Deno.build.os === "windows",
  async fn() {
    const words = ["plain", "two words", "it's", "$HOME `id` \\ !", '"quoted"', "हिन्दी", "x*sigmoid(x)", "~", "#1", ""];
    const { stdout } = await new Deno.Command("sh", {
      args: ["-c", `for word in ${words.map(shellWord).join(" ")}; do printf '[%s]\\n' "$word"; done`],
    }).output();
    assertEquals(new TextDecoder().decode(stdout), words.map((word) => `[${word}]\n`).join(""));
  },
});
