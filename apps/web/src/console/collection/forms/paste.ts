import type { FormField } from '@datong/contracts'

/** Cells as a spreadsheet puts them on the clipboard: tabs and line breaks between, quotes around cells that hold them. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    if (found === null) {
      // A quote that never ends stands for itself.
      const end = /[\t\r\n]|$/.exec(text.slice(cell.lastIndex))?.index ?? 0
      const at = cell.lastIndex
      rows.at(-1)?.push(text.slice(at, at + end))
      cell.lastIndex = at + end + 1
      if (/[\r\n]/.test(text.charAt(at + end))) rows.push([])
      continue
    }
    const [, quoted, plain, end] = found
    rows.at(-1)?.push(quoted === undefined ? plain ?? '' : quoted.replaceAll('""', '"'))
    if (end !== '\t' && end !== '') rows.push([])
    if (end === '\t' && cell.lastIndex === text.length) rows.at(-1)?.push('')
  }
  return rows.filter((row) => row.some((value) => value.trim() !== ''))
}

export interface Pasted {
  /** Values by field, one for each row that was pasted. */
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Names in the first row that are no fields, or columns beyond the last field. */
  readonly unknown: readonly string[]
}

/** Which cell belongs to which field: by the first row when it names fields, else from a column on to the right. */
export function placeCells(cells: readonly (readonly string[])[], fields: readonly Pick<FormField, 'name'>[], from: number): Pasted {
  const [head = [], ...rest] = cells
  const names = head.map((value) => value.trim())
  const known = names.filter((name) => fields.some((field) => field.name === name))
  const isNamed = known.length > 0 && known.length * 2 >= names.filter((name) => name !== '').length
  const targets = isNamed ? names.map((name) => fields.find((field) => field.name === name)?.name) : names.map((_, at) => fields[from + at]?.name)
  const rows = (isNamed ? rest : cells).map((row) => Object.fromEntries(row.flatMap((value, at) => {
    const name = targets[at]
    return name === undefined ? [] : [[name, value.trim()]]
  })))
  const unknown = names.flatMap((name, at) => (targets[at] === undefined && name !== '' ? [isNamed ? name : `${at + 1}`] : []))
  return { rows, unknown }
}
