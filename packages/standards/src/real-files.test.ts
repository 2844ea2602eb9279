import { read, utils } from '@e965/xlsx'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fatesOf, spansOf } from './code-history.ts'
import { type CodeListVersion, codeAt } from './code-list.ts'
import { SEED_CODE_LISTS } from './seed/code-lists.ts'
import { SEED_ELEMENTS } from './seed/data-elements.ts'
import { seedMapper } from './testing/city-fields.ts'

// Real files that are no part of the project: beside it, or where DATONG_SHARED says.
const DATA = join(process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared'), 'data')
const YEARS = ['mca-198012', 'mca-198512', 'mca-199012', 'mca-199512', 'mca-200012', 'mca-200512', 'mca-201012', 'mca-201512', '201904']
const seeded = (id: string) => SEED_CODE_LISTS.find((list) => list.id === id)!.versions[0]!.codes

const yearFile = (name: string): CodeListVersion => {
  const month = name.slice(-6)
  const codes = readFileSync(join(DATA, 'reference', 'gb2260', `${name}.tsv`), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => {
    const [, , code = '', title = ''] = line.split('\t')
    return { code, name: title }
  })
  return { label: month, from: `${month.slice(0, 4)}-${month.slice(4)}-01`, codes }
}

describe.skipIf(!existsSync(DATA))('the standard against real files (DATONG_SHARED)', () => {
  it('has exactly the provinces and prefectures of April 2019', () => {
    // 莱芜 was merged into 济南 in January 2019; the file still has it.
    const real = yearFile('201904').codes.filter(({ code }) => code.endsWith('00') && !/^\d\d90/.test(code) && code !== '371200').map(({ code, name }) => `${code} ${name}`)
    expect(seeded('GB2260').map(({ code, name }) => `${code} ${name}`).toSorted()).toEqual(real.toSorted())
  })

  it('has the sections and divisions of the classification of industries', () => {
    const real = readFileSync(join(DATA, 'open', 'cn_gbt4754_2017_industry.csv'), 'utf8').split(/\r?\n/).flatMap((line) => {
      const [, id, parent, code = '', name = ''] = /^(\d+),(\d*),"([^"]*)","([^"]*)"/.exec(line) ?? []
      return id === undefined ? [] : [{ id, parent, code, name: name.trim() }]
    })
    const top = new Set(real.filter(({ parent }) => parent === '').map(({ id }) => id))
    const wanted = real.filter(({ parent }) => parent === '' || top.has(parent ?? '')).map(({ code, name }) => `${code.padStart(/\d/.test(code) ? 2 : 1, '0')} ${name}`)
    expect(seeded('GB4754').map(({ code, name }) => `${code} ${name}`).toSorted()).toEqual(wanted.toSorted())
  })

  it('follows divisions over nine years of files', () => {
    const versions = YEARS.map(yearFile)
    expect(codeAt(versions, '110103', '2009-06-01')?.name).toBe('崇文区')
    expect(codeAt(versions, '110103', '2011-01-01')).toBeUndefined()
    expect(spansOf(versions, '420600').map(({ name }) => name).at(-1)).toBe('襄阳市')
    const fates = [...fatesOf(versions[0]!, versions.at(-1)!, true).values()]
    const share = (kind: string) => fates.filter((one) => one.kind === kind).length / fates.length
    // Of 3,106 codes of 1980 nine tenths are found again; what is gone was merged or abolished, and the files do not tell into what.
    expect(share('same') + share('renamed') + share('recoded')).toBeGreaterThan(0.85)
    expect(share('gone')).toBeGreaterThan(0)
  })

  it('maps only what it knows of the column names of another city\'s inventory', () => {
    const sheet = Object.values(read(readFileSync(join(DATA, 'open', 'tw_taoyuan_opendata_inventory.xls'))).Sheets)[0]!
    const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, defval: '' })
    const header = rows.find((row) => row.filter((cell) => String(cell).trim() !== '').length > 10)!.map((cell) => String(cell).trim()).filter((name) => name !== '')
    const mapper = seedMapper(SEED_ELEMENTS)
    const sure = header.flatMap((name) => {
      const [best] = mapper.mapField({ name, description: '', type: 'text', values: [], recognised: [] }).candidates
      return best !== undefined && best.confidence >= 0.9 ? [[name, SEED_ELEMENTS.find(({ id }) => id === best.element)!.name]] : []
    })
    expect(header.length).toBeGreaterThan(20)
    expect(sure).toEqual([])
  })
})
