import { describe, expect, it } from 'vitest'
import { RECOGNIZERS } from './registry.ts'
import { suggestGrade } from './suggest-grade.ts'
import { openFolder, readColumns, readWorkbookColumns } from './testing/open-files.ts'

/** Columns that are personal in the open files; everything else must stay public. */
const FILES: readonly (readonly [file: string, encoding: string, delimiter: string, personal: Record<string, string>])[] = [
  ['cn_gb2260_200212.tsv', 'utf-8', '\t', {}],
  ['cn_gb2260_201810.tsv', 'utf-8', '\t', {}],
  ['cn_gbt4754_2017_industry.csv', 'utf-8', ',', {}],
  ['cn_nbs_export_by_category.csv', 'utf-8', ',', {}],
  ['cn_streets_nbs.csv', 'utf-8', ',', {}],
  ['tw_realestate_filter_big5.csv', 'big5', ',', { 土地區段位置建物區段門牌: 'address' }],
  ['tw_realestate_taipei_utf8bom.csv', 'utf-8', ',', { 土地區段位置建物區段門牌: 'address' }],
  ['us_dotgov_current_full.csv', 'utf-8', ',', { 'Security contact email': 'email' }],
  ['us_nyc_class_size.csv', 'utf-8', ',', {}],
]

const personalFields = (columns: { name: string; values: (string | null)[] }[]): Record<string, string> => {
  const { fields } = suggestGrade(columns.map((column) => ({ ...column, type: 'text' as const })))
  return Object.fromEntries(fields.filter(({ grade }) => grade !== 'public').map(({ name, recognizer, reason }) => [name, recognizer ?? reason]))
}

const reason = openFolder === null ? ' (skipped: no open files; set DATONG_SHARED to the folder that holds data/open)' : ''

describe.skipIf(openFolder === null)(`grades of real open files${reason}`, () => {
  it.each(FILES)('%s has no personal column but those known', (file, encoding, delimiter, personal) => {
    expect(personalFields(readColumns(file, encoding, delimiter))).toEqual(personal)
  })

  it('tw_taoyuan_opendata_inventory.xls names contact persons with phone and e-mail, and nothing else personal', () => {
    expect(personalFields(readWorkbookColumns('tw_taoyuan_opendata_inventory.xls'))).toEqual({
      資料集提供機關聯絡人: 'person-name',
      資料集提供機關電話: 'phone',
      資料集提供機關聯絡人電子郵件: 'email',
    })
  })

  it('all division codes of 2018 and of the streets are right by form', () => {
    const codes = [
      ...readColumns('cn_gb2260_201810.tsv', 'utf-8', '\t')[2]!.values,
      ...readColumns('cn_streets_nbs.csv', 'utf-8', ',')[0]!.values,
    ]
    const wrong = codes.filter((code) => code !== null && RECOGNIZERS['division-code'].validate(code) !== 'valid')
    expect(wrong).toEqual([])
  })

  it('fewer than one street or town name in five hundred could pass for a person', () => {
    const names = readColumns('cn_streets_nbs.csv', 'utf-8', ',')[1]!.values
    const persons = names.filter((name) => name !== null && RECOGNIZERS['person-name'].validate(name) === 'valid')
    expect(persons.length / names.length).toBeLessThan(0.002)
  })
})
