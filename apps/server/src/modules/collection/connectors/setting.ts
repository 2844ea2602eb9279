import { Type } from 'typebox'
import type { Label } from './connector.ts'

/** Annotations from which forms are drawn; `helpZh` and `helpEn` say more where the name does not suffice. */
const annotations = (label: Label, help?: Label): { title: string; titleEn: string; helpZh?: string; helpEn?: string } =>
  ({ title: label.zh, titleEn: label.en, ...(help === undefined ? {} : { helpZh: help.zh, helpEn: help.en }) })

interface TextRule {
  readonly most?: number
  readonly least?: number
  readonly pattern?: string
  readonly default?: string
  /** Several lines. */
  readonly isLong?: boolean
}

/** A line, or a paragraph, of text without control characters. */
export const text = (label: Label, { most = 500, least = 1, pattern, default: given, isLong = false }: TextRule = {}, help?: Label) => Type.String({
  ...annotations(label, help), minLength: least, maxLength: most, pattern: pattern ?? (isLong ? '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*$' : '^[^\\u0000-\\u001f]*$'),
  ...(given === undefined ? {} : { default: given }), ...(isLong ? { isLong } : {}),
})

export const whole = (label: Label, { least, most, default: given }: { least: number; most: number; default?: number }, help?: Label) =>
  Type.Integer({ ...annotations(label, help), minimum: least, maximum: most, ...(given === undefined ? {} : { default: given }) })

/** One of some words; `words` are what people read for them. */
export const oneOf = <W extends string>(label: Label, words: Readonly<Record<W, Label>>, given?: NoInfer<W>, help?: Label) => Type.Enum(
  Object.keys(words) as W[], // the keys of `words`
  { ...annotations(label, help), words, ...(given === undefined ? {} : { default: given }) },
)

/** A password or key. */
export const secret = (label: Label, help?: Label) => Type.String({ ...annotations(label, help), isSecret: true, minLength: 1, maxLength: 4_000, pattern: '^[^\\u0000-\\u001f]*$' })
