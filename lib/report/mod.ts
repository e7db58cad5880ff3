/**
 * Results as tables and words: formats, readers of scores, what a comparison says, and the paper's tables.
 *
 * @module
 */
export {
  bestRows,
  bestText,
  type EvaluatedTraining,
  type EvaluationAnswer,
  evaluationAnswer,
  evaluationAnswerText,
} from "./answer.ts";
export { type CaseScore, caseScoreRows } from "./case_scores.ts";
export type { Cells, CellValue, Row, Table, TableLike, TableOptions } from "./cells.ts";
export { type ComparisonFormat, type ComparisonFormatOptions, formatComparison } from "./comparison_formats.ts";
export {
  COMPARISON_TABLES,
  type ComparisonTable,
  type ComparisonTableName,
  comparisonTables,
  SEARCHED_MARK,
} from "./comparison_tables.ts";
export { comparisonText } from "./comparison_text.ts";
export { type CsvLine, type CsvSource, readCsv, type ReadScoresOptions } from "./csv_lines.ts";
export { dataNotes, type DataRecord } from "./data_notes.ts";
export { type Danfo, type DataFrame, dataFrame } from "./data_frame.ts";
export { type FinalistRow, type FinalistsOptions, finalistsTable } from "./finalists.ts";
export type { Published } from "./paper/claims.ts";
export {
  compareTrainings,
  PAPER_TABLES,
  type PaperTable,
  type PaperTableName,
  paperTables,
} from "./paper/paper_tables.ts";
export { writeResults, type WriteResultsOptions } from "./paper/write_results.ts";
export { readScores } from "./read_scores.ts";
export { csvTable, htmlTable, type LatexOptions, latexTable, latexText, markdownTable, tableOf } from "./tables.ts";
export { textTable, type TextTableOptions, wrapText } from "./text_table.ts";
export { type TrainingFigures, trainingRows } from "./training_rows.ts";
export { type CaseTable, caseTable, readTrainings, type Training } from "./trainings.ts";
export { joined, pValueText } from "./words.ts";
