import { assertEquals, assertThrows } from "@std/assert";
import { formatCells } from "./cells.ts";

Deno.test("A column is formatted as a whole", () => {
  for (
    const { cells, texts, align, digits } of [
      { cells: [1, 20, -3], texts: ["1", "20", "-3"], align: "right" },
      { cells: [0.5, 12.25], texts: ["0.50", "12.25"], align: "right" },
      { cells: [0.87654321, 0.5], texts: ["0.8765", "0.5000"], align: "right" },
      { cells: [0.87654321, 0.5], texts: ["0.88", "0.50"], align: "right", digits: 2 },
      { cells: [12345.678, 1.5], texts: ["12346", "2"], align: "right" },
      { cells: [0.5, 1.25e-9, 0], texts: ["0.5000", "1.3e-9", "0.0000"], align: "right" },
      { cells: [NaN, Infinity, -Infinity, null], texts: ["NaN", "∞", "−∞", ""], align: "right" },
      { cells: [1e20], texts: ["1.000e+20"], align: "right" },
      { cells: ["91.20 ± 0.10", "* 92.00", "–"], texts: ["91.20 ± 0.10", "* 92.00", "–"], align: "right" },
      { cells: ["x", 1, true, undefined], texts: ["x", "1", "true", ""], align: "left" },
      { cells: [null, null], texts: ["", ""], align: "left" },
    ]
  ) {
    const table = { columns: ["a"], values: cells.map((cell) => [cell]) };
    const formatted = formatCells(table, { digits });
    assertEquals(formatted.rows.map(([text]) => text), texts);
    assertEquals(formatted.columns[0].align, align);
  }
});

Deno.test("Digits out of range are refused", () => {
  for (const digits of [0, 16, 2.5]) {
    assertThrows(() => formatCells({ columns: [], values: [] }, { digits }), RangeError, "digits");
  }
});
