import { describe, expect, it } from 'vitest'
import { cellsOf, placeCells } from './paste.ts'

const fields = ['窗口', '人数', '日期'].map((name) => ({ name }))

describe('what a spreadsheet puts on the clipboard', () => {
  it('is read cell by cell, with breaks and quotes within cells', () => {
    expect(cellsOf('a\tb\r\n"c\n""d"""\t\r\n\r\n')).toEqual([['a', 'b'], ['c\n"d"', '']])
    expect(cellsOf('5" pipe\tx\n"open\ty')).toEqual([['5" pipe', 'x'], ['"open', 'y']])
  })

  it('goes to the fields that its first row names, in any order', () => {
    expect(placeCells(cellsOf('人数\t窗口\t备注\n3\t甲\tx'), fields, 1)).toEqual({ rows: [{ 人数: '3', 窗口: '甲' }], unknown: ['备注'] })
  })

  it('goes to the right of where it is put when it names none', () => {
    expect(placeCells(cellsOf('3\t2026-01-05\tx\n4\t2026-01-06\ty'), fields, 1)).toEqual({ rows: [{ 人数: '3', 日期: '2026-01-05' }, { 人数: '4', 日期: '2026-01-06' }], unknown: ['3'] })
  })
})
