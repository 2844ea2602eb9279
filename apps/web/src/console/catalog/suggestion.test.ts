import type { Field } from '@datong/contracts'
import { describe, expect, it } from 'vitest'
import { differs } from './suggestion.ts'

const field: Field = {
  name: '身份证号', description: '', type: 'text', precision: null, scale: null, maxLength: 18, unit: null, element: null, codeList: null, elementSuggestion: null, grade: 'internal', masking: null, identifier: true,
  suggestion: { recognizer: 'citizen-number', grade: 'secret', masking: 'citizen-number', confidence: 0.99, evidence: ['98 %'] },
}

describe('a suggestion', () => {
  it('is open while grade or mask differ from it', () => {
    expect(differs(field)).toBe(true)
    expect(differs({ ...field, grade: 'secret' })).toBe(true)
  })
  it('is settled when both are taken, and absent where nothing was found', () => {
    expect(differs({ ...field, grade: 'secret', masking: 'citizen-number' })).toBe(false)
    expect(differs({ ...field, suggestion: null })).toBe(false)
  })
})
