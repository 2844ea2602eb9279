import { BULK_MOST_ROWS, BULK_PROPERTIES, BULK_WORDED, type BulkProperty, type BulkWorded, type operations, type QueryOf } from '@datong/contracts'
import { AppError, GRADES } from '@datong/kernel'
import { utils, write } from '@e965/xlsx'
import { type Caller, holds } from '../../../platform/caller.ts'
import { csvOf } from '../../standards/index.ts'
import type { EntryRecord } from '../entry/entry.ts'
import { sightOf } from '../visibility.ts'
import { COLUMNS } from './columns.ts'
import type { BulkContext } from './context.ts'
import { ENTRY_SHEETS, GRADE_WORDS, ITEM_COLUMNS, ITEM_HEADINGS, ITEM_SHEETS } from './item-columns.ts'
import { CODES, wordOfCode } from './words.ts'

type Cell = string | number
type Query = QueryOf<typeof operations.exportEntries>

/** The entries of a search: those of his own department for a provider. @throws AppError `catalog/bulk-too-many` */
export async function entriesToExport(context: BulkContext, { format: _, lang: __, ...query }: Query, caller: Caller): Promise<EntryRecord[]> {
  await context.settled()
  const own = holds(caller, 'steward') ? undefined : caller.organisation
  if (own === null) return []
  const entries: EntryRecord[] = []
  for (let cursor: string | undefined; ;) {
    const page = await context.find({ ...query, ...(own === undefined ? {} : { organisation: own }), sort: 'code', limit: 200, ...(cursor === undefined ? {} : { cursor }) }, sightOf(caller))
    if (page.total > BULK_MOST_ROWS) throw new AppError('catalog/bulk-too-many', { what: 'rows', limit: BULK_MOST_ROWS })
    entries.push(...page.items.map(({ entry }) => entry))
    if (page.nextCursor === null) return entries
    cursor = page.nextCursor
  }
}

/** One row for each entry, in the columns that an import takes: what is exported and imported again changes nothing. */
function entrySheet({ organisations }: Pick<BulkContext, 'organisations'>, entries: readonly EntryRecord[], english: boolean): Cell[][] {
  const word = (property: BulkWorded, code: string | null): string => (code === null ? '' : wordOfCode(property, code, english))
  const name = (code: string): string => organisations.ref(code)[english ? 'nameEn' : 'name']
  const several = (texts: readonly string[]): string => texts.join(english ? ', ' : '、')
  const cellOf = (entry: EntryRecord, property: BulkProperty): Cell => {
    switch (property) {
      case 'organisation': return name(entry.organisation)
      case 'keywords': return several(entry.keywords)
      case 'sharingWays': return several(entry.sharingWays.map((way) => word('sharingWays', way)))
      case 'visibleTo': return several(entry.visibleTo.map(name))
      case 'division': return entry.spatial?.division ?? ''
      case 'temporalFrom': return entry.temporal?.from ?? ''
      case 'temporalTo': return entry.temporal?.to ?? ''
      case 'linkUrl': return entry.links.length === 1 ? entry.links[0]!.url : '' // just counted
      case 'linkFormat': return entry.links.length === 1 ? entry.links[0]!.format : '' // just counted
      case 'theme': case 'resourceFormat': case 'sharingType': case 'openingType': case 'updateCycle': case 'licence': case 'visibility': return word(property, entry[property])
      default: return entry[property] ?? ''
    }
  }
  return [BULK_PROPERTIES.map((property) => COLUMNS[property][english ? 'titleEn' : 'title']), ...entries.map((entry) => BULK_PROPERTIES.map((property) => cellOf(entry, property)))]
}

function itemSheet(entries: readonly EntryRecord[], english: boolean): Cell[][] {
  const at = english ? 1 : 0
  const yes = english ? 'yes' : '是'
  return [
    ITEM_COLUMNS.map((column) => ITEM_HEADINGS[column][at]),
    ...entries.flatMap(({ code, title, fields }) => fields.map((field): Cell[] => [
      code, title, field.name, field.description, field.type, field.unit ?? '', GRADE_WORDS[field.grade][at], field.masking ?? '', field.identifier ? yes : '', field.element ?? '', field.codeList ?? '',
    ])),
  ]
}

/** What each column says, and the words that it may have. */
function explanation(english: boolean): Cell[][] {
  const words = (property: BulkProperty): string => {
    const worded = BULK_WORDED.find((one) => one === property)
    return worded === undefined ? '' : CODES[worded].map((code) => wordOfCode(worded, code, english)).join(english ? ', ' : '、')
  }
  const at = english ? 1 : 0
  return [
    english ? ['Column', 'What it says', 'Words'] : ['列', '说明', '可用的词'],
    ...BULK_PROPERTIES.map((property) => [COLUMNS[property][english ? 'titleEn' : 'title'], COLUMNS[property][english ? 'aboutEn' : 'about'], words(property)]),
    [ITEM_HEADINGS.grade[at], ITEM_SHEETS[at], GRADES.map((grade) => GRADE_WORDS[grade][at]).join(english ? ', ' : '、')],
  ]
}

/** The file of an export. Cells are texts, never formulas: in a CSV what a spreadsheet would run gets an apostrophe in front. */
export function exportFile(context: BulkContext, entries: readonly EntryRecord[], format: 'xlsx' | 'csv', english: boolean): Buffer {
  const rows = entrySheet(context, entries, english)
  if (format === 'csv') return csvOf(rows)
  const at = english ? 1 : 0
  const book = utils.book_new()
  const add = (sheet: Cell[][], title: string): void => {
    utils.book_append_sheet(book, Object.assign(utils.aoa_to_sheet(sheet), { '!cols': (sheet[0] ?? []).map(() => ({ wch: 20 })) }), title)
  }
  add(rows, ENTRY_SHEETS[at])
  add(itemSheet(entries, english), ITEM_SHEETS[at])
  add(explanation(english), english ? 'About' : '说明')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer // by its option
}
