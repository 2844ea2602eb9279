import { describe, expect, it } from 'vitest'
import { fieldOfElement } from './element-field.ts'

const element = (notation: string, change: object = {}) => ({ name: '项', notation, minimum: null, maximum: null, codeList: null, recognizers: [], unit: null, ...change })

describe('a field made of a data element', () => {
  it.each([
    ['YYYYMMDD', { type: 'date' }], ['YYYYMMDDhhmmss', { type: 'datetime' }], ['n..9', { type: 'integer', scale: null }], ['n..12,2', { type: 'decimal', scale: 2 }],
    ['C18', { type: 'text', maxLength: 18 }], ['an..50', { type: 'text', maxLength: 50 }], ['C', { type: 'text', maxLength: null }],
  ])('takes %s', (notation, expected) => {
    expect(fieldOfElement('DE00001', element(notation))).toMatchObject({ name: '项', element: 'DE00001', ...expected })
  })

  it('takes the code list, which says more than the notation, and the checks', () => {
    expect(fieldOfElement('DE00001', element('n1', { codeList: 'GB2261.1' }))).toMatchObject({ type: 'text', codeList: 'GB2261.1' })
    expect(fieldOfElement('DE00001', element('C18', { recognizers: ['citizen-number'] }))).toMatchObject({ recognizer: 'citizen-number' })
  })
})
