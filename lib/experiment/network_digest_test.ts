import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { UserError } from "../user_error.ts";
import { networkDigest } from "./network_digest.ts";

const NETWORK = 'import { width } from "./width.ts";\nexport const build = () => width;\n';

Deno.test("a network's digest changes with its module and with what it imports, not with where it is", async () => {
  const [here, there] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  try {
    for (const folder of [here, there]) {
      await Deno.writeTextFile(`${folder}/net.ts`, NETWORK);
      await Deno.writeTextFile(`${folder}/width.ts`, "export const width = 8;\n");
    }
    const digest = await networkDigest(`${here}/net.ts`);
    assertEquals(await networkDigest(`${there}/net.ts`), digest);
    await Deno.writeTextFile(`${here}/width.ts`, "export const width = 9;\n");
    const other = await networkDigest(`${here}/net.ts`);
    assertNotEquals(other, digest);
    await Deno.writeTextFile(`${here}/net.ts`, `${NETWORK}// the same, but not to the letter\n`);
    assertNotEquals(await networkDigest(`${here}/net.ts`), other);

    await Deno.remove(`${here}/width.ts`);
    await assertRejects(() => networkDigest(`${here}/net.ts`), UserError, "width.ts");
    await assertRejects(() => networkDigest(`${here}/none.ts`), UserError, "none.ts");
    await Deno.writeTextFile(`${here}/net.ts`, "export const build = ;");
    await assertRejects(() => networkDigest(`${here}/net.ts`), UserError, "Cannot use network");
  } finally {
    for (const folder of [here, there]) await Deno.remove(folder, { recursive: true });
  }
});
