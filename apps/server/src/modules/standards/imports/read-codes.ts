import type { ImportLine } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { type Code, compareVersions } from '@datong/standards'
import type { ListBody } from '../tables.ts'
import { columnsOf, type ReadTable } from './read-table.ts'

export const CODE_TITLES = {
  code: ['代码', '编码', 'code', '行政区划代码', '区划代码', '行业代码'], name: ['名称', '含义', 'name', '中文名称', '单位名称', '行政区划名称', '行业名称'], nameEn: ['英文名称', 'nameen'],
  parent: ['上级代码', '父级代码', 'parentcode', 'parent'], aliases: ['别名', '同义名称', 'aliases'], became: ['变更为', '去向', 'became', 'successors'],
  id: ['id'], parentId: ['parentid', '父级id', '上级id'],
} as const
export type CodeColumn = keyof typeof CODE_TITLES

export interface PlannedCodes {
  readonly codes: readonly Code[]
  readonly lines: readonly ImportLine[]
}

const LONGEST_CODE = 60
const LONGEST_NAME = 300
const many = (text: string | undefined): string[] => (text ?? '').split(/[、;；|]/).map((one) => one.trim()).filter((one) => one !== '')

/**
 * Reads a whole code list as it is from one day on, and says what it brings against the one in force. Codes that lost leading zeros
 * get them back where the list says how long codes are at each depth.
 * @throws AppError `standards/no-columns`
 */
export function readCodes({ names, rows, rejects }: ReadTable, list: ListBody, before: readonly Code[]): PlannedCodes {
  const columns = columnsOf<CodeColumn>(names, CODE_TITLES)
  const missing = (['code', 'name'] as const).filter((key) => !columns.has(key))
  if (missing.length > 0) throw new AppError('standards/no-columns', { columns: missing.map((key) => CODE_TITLES[key][0]).join('、') })
  const cellOf = (cells: readonly string[], key: CodeColumn): string => (columns.has(key) ? cells[columns.get(key)!] ?? '' : '')
  // Some files name what is above by the number of its row.
  const byId = new Map(rows.map(({ cells }) => [cellOf(cells, 'id'), cells]))
  const aboveOf = (cells: readonly string[]): readonly string[] | undefined => (columns.has('parentId') ? byId.get(cellOf(cells, 'parentId')) : undefined)
  const depthOf = (cells: readonly string[], seen = 0): number => {
    const above = aboveOf(cells)
    return above === undefined || seen > list.levels.length ? seen : depthOf(above, seen + 1)
  }
  const codeOf = (cells: readonly string[]): string => {
    const code = cellOf(cells, 'code')
    return /^\d+$/.test(code) && columns.has('parentId') ? code.padStart(list.levels[depthOf(cells)] ?? 0, '0') : code
  }

  const old = new Map(before.map((one) => [one.code, one]))
  const seen = new Set<string>()
  const codes: Code[] = []
  const lines = rows.map(({ line, cells }): ImportLine => {
    const above = aboveOf(cells)
    const code = codeOf(cells)
    const name = cellOf(cells, 'name')
    const parent = above === undefined ? cellOf(cells, 'parent') : codeOf(above)
    const problems: { code: string; detail: string }[] = []
    if (code === '') problems.push({ code: 'required', detail: 'the code is missing' })
    else if (code.length > LONGEST_CODE) problems.push({ code: 'maxLength', detail: `the code is longer than ${LONGEST_CODE} characters` })
    if (name === '') problems.push({ code: 'required', detail: 'the name is missing' })
    else if (name.length > LONGEST_NAME) problems.push({ code: 'maxLength', detail: `the name is longer than ${LONGEST_NAME} characters` })
    if (code !== '' && seen.has(code)) problems.push({ code: 'repeated', detail: `${code} stands twice in the file` })
    if (parent !== '' && parent === code) problems.push({ code: 'cycle', detail: `${code} stands under itself` })
    if (list.hierarchy === 'division' && !/^\d{6}(\d{3}(\d{3})?)?$/.test(code)) problems.push({ code: 'pattern', detail: 'is no division code of 6, 9 or 12 digits' })
    if (problems.length > 0) return { line, id: code, name, state: 'rejected', changes: [], problems }
    seen.add(code)
    const [nameEn, aliases, became] = [cellOf(cells, 'nameEn'), many(cellOf(cells, 'aliases')), many(cellOf(cells, 'became'))]
    const was = old.get(code)
    // A file without aliases does not take away those that data are known to write.
    const kept = columns.has('aliases') ? aliases : was?.aliases ?? []
    codes.push({ code, name, ...(nameEn === '' ? {} : { nameEn }), ...(parent === '' ? {} : { parent }), ...(kept.length === 0 ? {} : { aliases: kept }), ...(became.length === 0 ? {} : { became }) })
    if (was === undefined) return { line, id: code, name, state: 'new', changes: [], problems: [] }
    const changes = was.name === name ? [] : [{ field: 'name', before: was.name, after: name }]
    return { line, id: code, name, state: changes.length === 0 ? 'unchanged' : 'changed', changes, problems: [] }
  })
  const removed = compareVersions(before, codes).removed.map(({ code, name }): ImportLine => ({ line: 0, id: code, name, state: 'removed', changes: [], problems: [] }))
  const unreadable = rejects.map(({ line, detail }): ImportLine => ({ line, id: '', name: '', state: 'rejected', changes: [], problems: [{ code: 'unreadable', detail }] }))
  return { codes, lines: [...lines, ...removed, ...unreadable] }
}
