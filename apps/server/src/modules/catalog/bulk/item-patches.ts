import { GRADES, type Grade, type Issue } from '@datong/kernel'
import type { EntryPatch } from '../entry/edit-entry.ts'
import { foldName } from './columns.ts'
import { GRADE_WORDS } from './item-columns.ts'
import type { ItemRow } from './read-file.ts'
import { codeIn } from './read-row.ts'

type FieldPatch = NonNullable<EntryPatch['fields']>[number]

interface ItemPatches {
  /** Of the first item of the entry. */
  readonly line: number
  readonly patches: FieldPatch[]
  readonly problems: Issue[]
}

const GRADE_NAMES = new Map(GRADES.flatMap((grade) => [grade, ...GRADE_WORDS[grade]].map((name): [string, Grade] => [foldName(name), grade])))

/** What the sheet of information items says, by the codes of the entries. */
export function itemPatches(items: readonly ItemRow[]): Map<string, ItemPatches> {
  const found = new Map<string, ItemPatches>()
  for (const item of items) {
    const code = codeIn(item.code)
    if (code === null) continue
    const entry = found.get(code) ?? { line: item.line, patches: [], problems: [] }
    found.set(code, entry)
    const { patch, problems } = patchOf(item)
    if (entry.patches.some(({ name }) => name === patch.name)) problems.push({ pointer: `/fields/${patch.name}`, code: 'duplicate-item', message: `${item.line}` })
    entry.patches.push(patch)
    entry.problems.push(...problems)
  }
  return found
}

/** A column that is not there says nothing; an empty cell takes away what may be missing. */
function patchOf(item: ItemRow): { patch: FieldPatch; problems: Issue[] } {
  const name = item.field ?? ''
  const problems: Issue[] = []
  const grade = item.grade ? GRADE_NAMES.get(foldName(item.grade)) : undefined
  if (item.grade && grade === undefined) problems.push({ pointer: `/fields/${name}/grade`, code: 'unknown-word', message: item.grade })
  const yes = item.identifier ? /^(是|y|yes|true|1)$/i.test(item.identifier) : undefined
  const orNull = (text: string): string | null => (text === '' ? null : text)
  return {
    problems,
    patch: {
      name,
      ...(item.description === undefined ? {} : { description: item.description }),
      ...(grade === undefined ? {} : { grade }),
      ...(yes === undefined ? {} : { identifier: yes }),
      ...(item.unit === undefined ? {} : { unit: orNull(item.unit) }),
      ...(item.masking === undefined ? {} : { masking: orNull(item.masking) }),
      ...(item.element === undefined ? {} : { element: orNull(item.element) }),
      ...(item.codeList === undefined ? {} : { codeList: orNull(item.codeList) }),
    },
  }
}
