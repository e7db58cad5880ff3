/**
 * Tries to read a variable that no task needs, for a test of permissions.
 *
 * @module
 */
try {
  console.log(Deno.env.get("A_SECRET"));
} catch (error) {
  console.log((error as Error).name);
}
