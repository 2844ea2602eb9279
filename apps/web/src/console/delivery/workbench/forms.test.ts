import { describe, expect, it } from 'vitest'
import { accessTo, formsOf } from './forms.ts'

const ours = { code: 'A', name: '甲', nameEn: 'A' }
const grant = { consumer: ours }

describe('the forms of use of a grant', () => {
  it('are verification or statistics alone where nothing else was granted', () => {
    expect(formsOf('verify')).toEqual(['verify'])
    expect(formsOf('statistics')).toEqual(['statistics'])
  })
  it('count rows too where rows were granted', () => {
    expect(formsOf('api')).toContain('statistics')
  })
  it('begin with what was asked for', () => {
    expect(formsOf('api')[0]).toBe('rows')
    expect(formsOf('file')[0]).toBe('files')
    expect(formsOf('file').toSorted()).toEqual(formsOf('api').toSorted())
  })
})

describe('who tries a grant out', () => {
  it('is the officer of the department that holds it, by session', () => {
    expect(accessTo(grant, { roles: ['consumer'], organisation: ours })).toBe('session')
    expect(accessTo(grant, { roles: ['consumer'], organisation: { ...ours, code: 'B' } })).toBeNull()
  })
  it('is a developer with a key, who has no department', () => {
    expect(accessTo(grant, { roles: ['developer'], organisation: null })).toBe('key')
  })
  it('is neither the provider nor who looks on', () => {
    expect(accessTo(grant, { roles: ['provider'], organisation: ours })).toBeNull()
    expect(accessTo(grant, { roles: ['steward'], organisation: null })).toBeNull()
    expect(accessTo(grant, null)).toBeNull()
  })
})
