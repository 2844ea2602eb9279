import { type ImportLine, LINE_STATES } from '@datong/contracts'
import { AppError, uuidv7 } from '@datong/kernel'
import type { CodeListVersion } from '@datong/standards'
import type { Caller } from '../../../platform/caller.ts'
import type { StandardsContext } from '../context.ts'
import { type ListItem, listAt } from '../items/item.ts'
import type { ImportContent, ListBody } from '../tables.ts'
import { readCodes } from './read-codes.ts'
import { readElements } from './read-elements.ts'
import { readTable } from './read-table.ts'
import type { ImportHead } from './import-store.ts'

export interface ImportForm {
  readonly kind: 'element' | 'code-list'
  readonly list: string | null
  readonly listName: string | null
  readonly label: string | null
  readonly inForceFrom: string | null
  readonly fileName: string
}

/** Reads a file and keeps what it would change, for somebody to look at; nothing changes yet. @throws AppError `standards/no-columns`, `standards/unknown-list`, `standards/wrong-state`, `tabular/…` */
export async function previewImport(context: StandardsContext, form: ImportForm, bytes: Uint8Array, caller: Caller): Promise<ImportHead> {
  const { registry, clock, random } = context
  const table = await readTable(bytes)
  const standard = registry.standard()
  const from = form.inForceFrom ?? registry.today()
  let content: ImportContent
  let lines: readonly ImportLine[]
  if (form.kind === 'element') {
    const planned = readElements(table, standard.elements, { codeList: (id) => standard.lists.has(id) })
    content = { elements: planned.elements }
    lines = planned.lines
  } else {
    const item = standard.lists.get(form.list ?? '')
    if (item?.state === 'abolished') throw new AppError('standards/wrong-state', { state: 'abolished' })
    const list = bodyOf(item, form)
    const planned = readCodes(table, list, item === undefined ? [] : beforeOf(item, from)?.codes ?? [])
    content = { list, codes: planned.codes }
    lines = planned.lines
  }
  const counts = Object.fromEntries(LINE_STATES.map((state) => [state, lines.filter((line) => line.state === state).length])) as ImportHead['counts'] // one for each state
  const at = clock.now()
  const id = uuidv7(clock, random)
  const head = {
    id, kind: form.kind, list: form.kind === 'element' ? null : form.list, label: form.label ?? from, file_name: form.fileName, state: 'previewed' as const, in_force_from: from,
    counts, made_at: at, made_by: caller.actor, applied_at: null, undone_at: null,
  }
  await context.imports.insert({ ...head, counts: JSON.stringify(counts), made_by: JSON.stringify(caller.actor), content: JSON.stringify(content), lines: JSON.stringify(lines), undo: null })
  return head
}

/** What the new version is compared with: the one in force on its first day; seeds that hold a part only are no measure for what is missing. */
const beforeOf = (item: ListItem, from: string): CodeListVersion | undefined => listAt(item, from)

function bodyOf(item: ListItem | undefined, { list, listName }: ImportForm): ListBody {
  if (item !== undefined) return item.body
  if (list === null || listName === null) throw new AppError('standards/unknown-list', { list: list ?? '' })
  return { id: list, name: listName, nameEn: '', source: '', confirmed: false, hierarchy: 'parents', levels: [] }
}
