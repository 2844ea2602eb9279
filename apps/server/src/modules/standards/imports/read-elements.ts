import type { ImportLine } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import { checkElement, type DataElement, ELEMENT_CATEGORIES } from '@datong/standards'
import type { ElementItem } from '../items/item.ts'
import { columnsOf, type ReadTable } from './read-table.ts'

/** Columns of a table of data elements: the first title is what an export writes. */
export const ELEMENT_TITLES = {
  id: ['内部标识符', '标识符', '数据元标识', '数据元编码', '编号', 'id', 'identifier'], name: ['中文名称', '名称', '数据元名称', 'name'], nameEn: ['英文名称', 'nameen', 'englishname'],
  category: ['分类', '类别', 'category'], definition: ['定义', '说明', 'definition'], notation: ['表示格式', '数据类型及长度', '表示', '数据格式', 'notation', 'format'],
  unit: ['计量单位', '单位', 'unit'], minimum: ['最小值', 'minimum'], maximum: ['最大值', 'maximum'], codeList: ['代码集', '值域', 'codelist'],
  recognizers: ['识别器', 'recognizers'], synonyms: ['同义名称', '同义词', '别名', 'synonyms'], source: ['来源', '标准来源', '依据', 'source'], confirmed: ['来源已确认', 'confirmed'],
} as const
export type ElementColumn = keyof typeof ELEMENT_TITLES

export interface PlannedElements {
  readonly elements: readonly DataElement[]
  readonly lines: readonly ImportLine[]
}

const many = (text: string): string[] => [...new Set(text.split(/[、;；,，|]/).map((one) => one.trim()).filter((one) => one !== ''))]
const number = (text: string): number | null => (text === '' ? null : Number(text))
const shown = (value: unknown): string => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join('、') : String(value))

/** Reads data elements and says of each line what it would change. @throws AppError `standards/no-columns` when the file has no identifier, name or representation */
export function readElements({ names, rows, rejects }: ReadTable, current: ReadonlyMap<string, ElementItem>, knows: { codeList: (id: string) => boolean }): PlannedElements {
  const columns = columnsOf<ElementColumn>(names, ELEMENT_TITLES)
  const missing = (['id', 'name', 'notation'] as const).filter((key) => !columns.has(key))
  if (missing.length > 0) throw new AppError('standards/no-columns', { columns: missing.map((key) => ELEMENT_TITLES[key][0]).join('、') })
  const seen = new Set<string>()
  const elements: DataElement[] = []
  const lines = rows.map(({ line, cells }): ImportLine => {
    const cell = (key: ElementColumn): string | undefined => (columns.has(key) ? cells[columns.get(key)!] ?? '' : undefined)
    const id = (cell('id') ?? '').toUpperCase()
    const item = current.get(id)
    const old = item?.proposal ?? item?.body
    const category = ELEMENT_CATEGORIES.find((one) => one === cell('category')) ?? old?.category ?? 'common'
    // A column that the file does not have leaves what is there.
    const element: DataElement = {
      id, name: cell('name') ?? '', nameEn: cell('nameEn') ?? old?.nameEn ?? '', category, definition: cell('definition') ?? old?.definition ?? '', notation: cell('notation') ?? '',
      unit: cell('unit') === undefined ? old?.unit ?? null : cell('unit') || null, minimum: cell('minimum') === undefined ? old?.minimum ?? null : number(cell('minimum')!),
      maximum: cell('maximum') === undefined ? old?.maximum ?? null : number(cell('maximum')!), codeList: cell('codeList') === undefined ? old?.codeList ?? null : cell('codeList') || null,
      recognizers: cell('recognizers') === undefined ? old?.recognizers ?? [] : many(cell('recognizers')!), synonyms: cell('synonyms') === undefined ? old?.synonyms ?? [] : many(cell('synonyms')!),
      source: cell('source') ?? old?.source ?? '', confirmed: cell('confirmed') === undefined ? old?.confirmed ?? false : /^(是|1|true|yes|y)$/i.test(cell('confirmed')!),
    }
    const problems = checkElement(element, knows).map(({ code, pointer, message }) => ({ code, detail: `${pointer.slice(1)} ${message}` }))
    if (Number.isNaN(element.minimum) || Number.isNaN(element.maximum)) problems.push({ code: 'number', detail: 'minimum or maximum is no number' })
    if (seen.has(id)) problems.push({ code: 'repeated', detail: `${id} stands twice in the file` })
    if (item?.state === 'abolished') problems.push({ code: 'abolished', detail: `${id} was abolished; its identifier is not used again` })
    if (item?.state === 'revising') problems.push({ code: 'revising', detail: `${id} has a proposal that waits; publish or drop it first` })
    seen.add(id)
    if (problems.length > 0) return { line, id, name: element.name, state: 'rejected', changes: [], problems }
    const changes = old === undefined ? [] : Object.entries(element).flatMap(([field, value]) => {
      const [before, after] = [shown(old[field as keyof DataElement]), shown(value)] // its own keys
      return before === after ? [] : [{ field, before, after }]
    })
    const state = old === undefined ? 'new' : changes.length === 0 && item?.state !== 'draft' ? 'unchanged' : 'changed'
    if (state !== 'unchanged') elements.push(element)
    return { line, id, name: element.name, state, changes, problems: [] }
  })
  return { elements, lines: [...lines, ...rejects.map(({ line, detail }): ImportLine => ({ line, id: '', name: '', state: 'rejected', changes: [], problems: [{ code: 'unreadable', detail }] }))] }
}
