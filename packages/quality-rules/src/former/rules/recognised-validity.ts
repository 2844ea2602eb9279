import { type FieldFigures, goodShare, type RuleDefinition } from '../rule.ts'

/** Recognisers whose values a standard defines, and that standard. Names and addresses have none to be held against. */
const STANDARDS: Readonly<Record<string, string>> = {
  'citizen-number': 'GB 11643-1999',
  'unified-credit-code': 'GB 32100-2015',
  'organisation-code': 'GB 11714-1997',
  phone: '电信网编号计划',
  'bank-card': 'ISO/IEC 7812-1',
  plate: 'GA 36-2018',
  email: 'RFC 5322',
  'division-code': 'GB/T 2260-2007',
  ipv4: 'RFC 3986',
}
/** A doubtful value is half right: its form is kept, one check fails or does not exist. */
const DOUBTFUL_FAULT = 0.5

const standardOf = ({ recognizer }: FieldFigures): string | undefined =>
  recognizer !== null && recognizer !== undefined && Object.hasOwn(STANDARDS, recognizer) ? STANDARDS[recognizer] : undefined

/** How many values of a recognised field keep to their standard. */
export const recognisedValidity: RuleDefinition = {
  id: 'recognised-validity',
  dimension: 'normativity',
  titleZh: '号码合规率',
  titleEn: 'Values that keep to their standard',
  source: 'GB/T 36344-2018, 规范性：数据标准',
  weight: 3,
  messages: ['quality.recognised-validity'],
  evaluate: ({ fields }) =>
    fields.flatMap((field) => {
      const standard = standardOf(field)
      if (standard === undefined || field.validShare === undefined) return []
      const checked = Math.max(0, field.checked ?? field.filled)
      const doubtful = Math.round(checked * (field.doubtfulShare ?? 0))
      const failing = Math.max(0, Math.round(checked * (1 - field.validShare - (field.doubtfulShare ?? 0))))
      return [
        {
          rule: 'recognised-validity' as const,
          field: field.name,
          dimension: 'normativity' as const,
          score: goodShare(failing + DOUBTFUL_FAULT * doubtful, checked),
          checked,
          failing,
          message: 'quality.recognised-validity',
          params: { recognizer: field.recognizer ?? null, standard, checked, failing, doubtful },
        },
      ]
    }),
}
