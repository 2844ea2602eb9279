import type { DataEngine } from '@datong/data-engine'
import { evaluateRules, passes, type RuleOutcome, type WeighedRule } from '@datong/quality-rules'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadFile } from '../../../packages/adapters/data-engine-duckdb/src/testing/load-file.ts'
import { type Agreement, agreement } from './agreement.ts'
import { ERROR_SETS, type ErrorSet } from './error-sets.ts'
import { subjectOf } from './subject-of.ts'
import { suggestFor } from './suggest-for.ts'

const EVERY_ROW = 999_999

export interface SetResult {
  readonly set: ErrorSet
  /** With what is suggested and nothing else; and with the rules that are written for the set. */
  readonly suggested: Agreement
  readonly written: Agreement
  readonly both: Agreement
}

/** Runs each set that is there: cells that differ between its dirty and clean file against cells that rules find. */
export async function runPublicSets(engine: DataEngine, sets: string, folder: string): Promise<SetResult[]> {
  const results: SetResult[] = []
  for (const set of ERROR_SETS) {
    const header = firstLine(await readFile(join(sets, set.name, 'dirty.csv'), 'utf8'))
    const texts = Object.fromEntries(header.map((name) => [name, 'text'] as const))
    const dirty = await loadFile(engine, join(sets, set.name, 'dirty.csv'), join(folder, set.name), {}, texts)
    const clean = await loadFile(engine, join(sets, set.name, 'clean.csv'), join(folder, `${set.name}-clean`), {}, Object.fromEntries(firstLine(await readFile(join(sets, set.name, 'clean.csv'), 'utf8')).map((name) => [name, 'text'] as const)))
    const version = { files: dirty.version.files.map(({ path }) => path), schema: dirty.version.schema }
    const right = { files: clean.version.files.map(({ path }) => path), schema: clean.version.schema }
    if (dirty.version.rowsStored !== clean.version.rowsStored || dirty.rejects.length + clean.rejects.length > 0) throw new Error(`${set.name}: both files must be read row by row alike`)
    const planted = await differingCells(engine, version, right)
    const subject = subjectOf(version, dirty.version.rowsStored, 0, dirty.profile)
    const suggestions = await suggestFor(engine, version, dirty.profile, dirty.version.rowsStored)
    const outcomes = await evaluateRules(suggestions, subject, engine, { sample: EVERY_ROW })
    const suggested = cellsOf(suggestions.flatMap((rule, i) => (meant(rule, outcomes[i]!) ? [outcomes[i]!] : [])))
    const written = cellsOf(await evaluateRules(set.rules, subject, engine, { sample: EVERY_ROW }))
    results.push({ set, suggested: agreement(planted, suggested), written: agreement(planted, written), both: agreement(planted, new Set([...suggested, ...written])) })
  }
  return results
}

const firstLine = (text: string): string[] => (text.replace(/^\ufeff/, '').split(/\r?\n/, 1)[0] ?? '').split(',')

/** Fields that are often empty, and tables that are old, are no errors in cells. */
const meant = ({ toleranceShare, field }: WeighedRule, outcome: RuleOutcome): boolean => field !== null && toleranceShare < 1 && passes(outcome, 0) === false

const cellsOf = (outcomes: readonly RuleOutcome[]): Set<string> => new Set(outcomes.flatMap(({ field, sample }) => (field === null ? [] : sample.map((row) => `${row}/${field}`))))

async function differingCells(engine: DataEngine, dirty: Parameters<DataEngine['query']>[0], clean: Parameters<DataEngine['query']>[0]): Promise<Set<string>> {
  const rowsOf = async (version: typeof dirty): Promise<(readonly unknown[])[]> => {
    const rows: (readonly unknown[])[] = []
    for await (const batch of engine.query(version, { columns: version.schema.map(({ name }) => name) })) rows.push(...batch)
    return rows
  }
  const [before, after] = [await rowsOf(dirty), await rowsOf(clean)]
  return new Set(before.flatMap((row, i) => row.flatMap((value, column) => (value === after[i]?.[column] ? [] : [`${i}/${dirty.schema[column]!.name}`]))))
}

