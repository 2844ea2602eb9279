import type { FormField } from '@datong/contracts'
import exceljs from 'exceljs'
import type { CollectionContext } from '../context.ts'
import type { FormRecord } from './tables.ts'

const ROWS_WITH_CHOICE = 1_000
/** Excel's limit of a list that is written into the cell's rule. */
const MOST_CHOICE_CHARACTERS = 255

/** An empty sheet with the names of the fields, what belongs into them, and codes to choose from where they are few. */
export async function templateOf({ standards }: Pick<CollectionContext, 'standards'>, { title, fields }: FormRecord): Promise<Buffer> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet(title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || '填报')
  sheet.columns = fields.map(({ name }) => ({ header: name, width: Math.max(12, Math.min(40, [...name].length * 2.4)) }))
  sheet.getRow(1).font = { bold: true }
  sheet.views = [{ state: 'frozen', ySplit: 1 }]
  fields.forEach((field, at) => {
    const column = sheet.getColumn(at + 1)
    // Numbers with many digits and codes with leading zeros stay as they are typed.
    if (field.type === 'text') column.numFmt = '@'
    const note = noteOf(field)
    if (note !== '') sheet.getCell(1, at + 1).note = note
    const names = field.codeList === null ? [] : (standards.codesAt(field.codeList)?.codes ?? []).map((code) => code.name)
    const choice = field.type === 'boolean' ? ['是', '否'] : names
    const list = choice.join(',')
    if (choice.length === 0 || list.length > MOST_CHOICE_CHARACTERS || choice.some((name) => /[",]/.test(name))) return
    for (let row = 2; row <= ROWS_WITH_CHOICE; row++) sheet.getCell(row, at + 1).dataValidation = { type: 'list', allowBlank: !field.required, formulae: [`"${list}"`] }
  })
  return Buffer.from(await book.xlsx.writeBuffer())
}

const noteOf = ({ required, help, maxLength, codeList }: FormField): string =>
  [required ? '必填' : '', help ?? '', maxLength === null ? '' : `最多 ${maxLength} 字`, codeList === null ? '' : '填代码或名称'].filter((part) => part !== '').join('；')
