import type { CellValue } from '../masking/masking-method.ts'

/** What spreadsheets take for the beginning of a formula, full-width forms and leading blanks included. */
const FORMULA_START = /^(?:[\t\r\n]|[\s\u00a0\ufeff\u200b]*[=+\-@＝＋－＠])/
/** A number written as text is read as that number, and dashes alone stand for "none": neither can run anything. */
const HARMLESS = /^(?:[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-{1,4})$/

/**
 * Whether a spreadsheet could take a cell for a formula. Numbers never are; text is when it begins with `=`, `+`, `-`,
 * `@`, tab, carriage return or line feed, unless it is only a number or dashes.
 * @see OWASP, CSV Injection
 */
export const isFormulaLike = (cell: CellValue): boolean => typeof cell === 'string' && FORMULA_START.test(cell) && !HARMLESS.test(cell)

/** The cell made safe for CSV and XLSX: formula-like text gets an apostrophe in front, all else stays as it is. */
export const neutraliseFormula = <Cell extends CellValue>(cell: Cell): Cell | string => (isFormulaLike(cell) ? `'${String(cell)}` : cell)
