import type { ElementContent, FormField } from '@datong/contracts'

export const EMPTY_FIELD: FormField = {
  name: '', element: null, type: 'text', required: false, maxLength: null, scale: null, minimum: null, maximum: null, codeList: null, recognizer: null, help: null,
}

/** A field of a form as a data element wants it. */
export function fieldOfElement(id: string, element: Pick<ElementContent, 'name' | 'notation' | 'minimum' | 'maximum' | 'codeList' | 'recognizers' | 'unit'>): FormField {
  const base: FormField = { ...EMPTY_FIELD, name: element.name, element: id, help: element.unit }
  if (element.codeList !== null) return { ...base, codeList: element.codeList }
  const { notation } = element
  if (notation === 'YYYYMMDD') return { ...base, type: 'date' }
  if (notation.startsWith('YYYYMMDDhh')) return { ...base, type: 'datetime' }
  if (/^n/i.test(notation)) {
    const scale = /,(\d+)$/.exec(notation)?.[1]
    return { ...base, type: scale === undefined ? 'integer' : 'decimal', scale: scale === undefined ? null : Number(scale), minimum: element.minimum, maximum: element.maximum }
  }
  const longest = /(\d+)$/.exec(notation)?.[1]
  return { ...base, maxLength: longest === undefined || Number(longest) > 2_000 ? null : Number(longest), recognizer: element.recognizers[0] ?? null }
}
