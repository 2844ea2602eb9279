import { MASKING_METHODS } from '@datong/anonymisation'
import { GRADE_OF_RECOGNIZED, RECOGNIZER_IDS } from '@datong/recognizers'
import { describe, expect, it } from 'vitest'
import { createMaskOf } from './mask-of.ts'
import { changePolicy, methodFor, policyOf } from './masking-policy.ts'

describe('the masking policy', () => {
  it('has a rule for each kind, the program\'s own until somebody changes it', () => {
    const policy = policyOf(3, [{ recognizer: 'phone', grade: 'secret', method: 'redact' }, { recognizer: 'gone-since', grade: 'public', method: null }])
    expect([...policy.rules.keys()]).toEqual([...RECOGNIZER_IDS])
    expect(policy.rules.get('phone')).toEqual({ grade: 'secret', method: 'redact' })
    expect(policy.rules.get('email')).toEqual({ grade: GRADE_OF_RECOGNIZED.email.grade, method: GRADE_OF_RECOGNIZED.email.maskingMethod })
  })

  it('names every mistake of a change', () => {
    const { issues } = changePolicy(policyOf(0, []), [
      { recognizer: 'nobody', grade: 'public', method: null },
      { recognizer: 'phone', grade: 'internal', method: 'no-such' },
      { recognizer: 'citizen-number', grade: 'secret', method: null },
      { recognizer: 'bank-card', grade: 'top-secret', method: 'keep' },
      { recognizer: 'address', grade: 'internal', method: null },
    ])
    expect(issues.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/rules/0/recognizer', 'unknown-recognizer'], ['/rules/1/method', 'unknown-masking-method'], ['/rules/2/method', 'mask-needed'], ['/rules/3/method', 'mask-needed'],
    ])
  })

  it('redacts where its method does not fit the field', () => {
    expect(methodFor('phone', 'text')).toBe('phone')
    expect(methodFor('name', 'boolean')).toBe('redact')
    expect(methodFor('of another program', 'text')).toBe('redact')
    expect(methodFor(null, 'text')).toBeNull()
  })
})

describe('masks', () => {
  const maskOf = createMaskOf(new Uint8Array(32).fill(9))
  const field = { name: 'x', type: 'text', nullable: true } as const

  it('exist for every method and every type, and only `keep` leaves values as they are', () => {
    for (const type of ['text', 'integer', 'decimal', 'boolean', 'date', 'datetime'] as const) {
      for (const { id } of Object.values(MASKING_METHODS)) {
        expect(maskOf(id, { ...field, type }) === null).toBe(id === 'keep')
      }
    }
    expect(maskOf('phone', field)?.('13812345678')).toBe('138****5678')
    expect(maskOf('unknown', field)?.('13812345678')).toBe('***')
  })

  it('give equal pseudonyms for equal values', () => {
    const pseudonym = maskOf('hash', field)
    expect(pseudonym?.('339902198001010011')).toBe(pseudonym?.('339902198001010011'))
    expect(pseudonym?.('339902198001010011')).not.toBe(createMaskOf(new Uint8Array(32).fill(8))('hash', field)?.('339902198001010011'))
  })
})
