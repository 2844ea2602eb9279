import type { Entry } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { patchOf, valuesOf } from './values.ts'

const entry = {
  title: '停车场', titleEn: null, summary: '', theme: 'transport', classification: '301001', resourceFormat: 'spreadsheet', keywords: ['停车'], sharingType: 'unconditional',
  sharingWays: ['interface'], sharingCondition: '', legalBasis: '', openingType: null, openingCondition: '', updateCycle: 'daily', licence: 'CC-BY-4.0', visibility: 'all', visibleTo: [],
  contact: '', contactPhone: '', contactEmail: '', spatial: { division: '310000', name: '上海市' }, temporal: null, relations: [], links: [],
} as unknown as Entry // as much of an entry as the form is about

describe('what the edit page sends', () => {
  it('is nothing of what stays', () => {
    expect(patchOf(entry, valuesOf(entry))).toEqual({})
  })

  it('is what changed, with empty rows and blanks left out', () => {
    const values = {
      ...valuesOf(entry), title: ' 新停车场 ', division: '', from: '2026-01-01', visibility: 'named' as const, visibleTo: ['11990100MB0000002B'],
      relations: [{}, { kind: 'part-of' as const, code: '301001-000002' }], links: [{ url: ' ' }],
    }
    expect(patchOf(entry, values)).toEqual({
      title: '新停车场', spatial: null, temporal: { from: '2026-01-01', to: null }, visibility: 'named', visibleTo: ['11990100MB0000002B'], relations: [{ kind: 'part-of', code: '301001-000002' }],
    })
  })
})
