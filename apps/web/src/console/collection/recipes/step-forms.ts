import type { RecipeStep } from '@datong/contracts'

export type StepKind = RecipeStep['kind']

/** One parameter of a step as its form shows it. `field`, `fields`: of the table before the step, none meaning all where `emptyIsAll`. */
export type StepParameter =
  | { readonly name: string; readonly control: 'field' | 'new-field' | 'new-fields' | 'words' | 'pairs' | 'levels' | 'numbers' | 'flag' | 'code-list' | 'day' }
  | { readonly name: string; readonly control: 'fields'; readonly emptyIsAll?: true }
  | { readonly name: string; readonly control: 'text'; readonly wide?: true }
  | { readonly name: string; readonly control: 'choice'; readonly choices: readonly string[] }

interface StepForm<S extends RecipeStep> {
  readonly group: StepGroup
  /** The step as it is put into a recipe. */
  readonly initial: S
  readonly parameters: readonly (StepParameter & { readonly name: Exclude<keyof S, 'kind'>; readonly when?: (step: S) => boolean })[]
}

export const STEP_GROUPS = ['text', 'value', 'field', 'row'] as const
export type StepGroup = (typeof STEP_GROUPS)[number]

const misfit = { name: 'misfit', control: 'choice', choices: ['keep', 'blank', 'reject'] } as const
const fields = { name: 'fields', control: 'fields' } as const
const anyFields = { name: 'fields', control: 'fields', emptyIsAll: true } as const
const field = { name: 'field', control: 'field' } as const
const into = { name: 'into', control: 'new-field' } as const
const MONEY = ['分', '角', '元', '千元', '万元', '百万元', '亿元'] as const
const STANDARD_FORMS = ['unified-credit-code', 'organisation-code', 'bank-card', 'phone', 'email', 'plate', 'passport', 'postcode', 'organisation-name', 'ipv4'] as const
export const ADDRESS_LEVELS = ['province', 'city', 'county', 'town', 'village', 'road', 'number', 'building', 'room'] as const

/** How each step is filled in; in the order in which a person looks for them. */
export const STEP_FORMS: { readonly [K in StepKind]: StepForm<Extract<RecipeStep, { kind: K }>> } = {
  trim: { group: 'text', initial: { kind: 'trim', fields: [], inner: 'keep' }, parameters: [anyFields, { name: 'inner', control: 'choice', choices: ['keep', 'one', 'none'] }] },
  width: { group: 'text', initial: { kind: 'width', fields: [], what: 'letters-digits' }, parameters: [anyFields, { name: 'what', control: 'choice', choices: ['letters-digits', 'all'] }] },
  'blank-words': {
    group: 'text', initial: { kind: 'blank-words', fields: [], words: ['无', '不详', '未知', '暂无', '空', '/', '-', '--', '—', '——', 'null', 'none', 'n/a'] }, parameters: [anyFields, { name: 'words', control: 'words' }],
  },
  replace: {
    group: 'text', initial: { kind: 'replace', fields: [], find: '', pattern: false, ignoreCase: false, replacement: '' },
    parameters: [anyFields, { name: 'find', control: 'text' }, { name: 'replacement', control: 'text' }, { name: 'pattern', control: 'flag' }, { name: 'ignoreCase', control: 'flag' }],
  },
  'letter-case': { group: 'text', initial: { kind: 'letter-case', fields: [], to: 'upper' }, parameters: [fields, { name: 'to', control: 'choice', choices: ['upper', 'lower'] }] },
  fill: {
    group: 'text', initial: { kind: 'fill', fields: [], way: 'previous', by: '' },
    parameters: [fields, { name: 'way', control: 'choice', choices: ['previous', 'value', 'field'] }, { name: 'by', control: 'text', when: ({ way }) => way === 'value' }, { name: 'by', control: 'field', when: ({ way }) => way === 'field' }],
  },
  'citizen-number': { group: 'value', initial: { kind: 'citizen-number', fields: [], misfit: 'keep' }, parameters: [fields, misfit] },
  'standard-form': { group: 'value', initial: { kind: 'standard-form', fields: [], as: 'phone', misfit: 'keep' }, parameters: [fields, { name: 'as', control: 'choice', choices: STANDARD_FORMS }, misfit] },
  day: {
    group: 'value', initial: { kind: 'day', fields: [], era: 'western', order: 'ymd', serial: false, time: false, misfit: 'keep' },
    parameters: [
      fields, { name: 'era', control: 'choice', choices: ['western', 'roc'] }, { name: 'order', control: 'choice', choices: ['ymd', 'dmy', 'mdy'] },
      { name: 'serial', control: 'flag' }, { name: 'time', control: 'flag' }, misfit,
    ],
  },
  amount: {
    group: 'value', initial: { kind: 'amount', fields: [], unless: '元', unit: '元', misfit: 'keep' },
    parameters: [fields, { name: 'unless', control: 'choice', choices: MONEY }, { name: 'unit', control: 'choice', choices: MONEY }, misfit],
  },
  'division-code': {
    group: 'value', initial: { kind: 'division-code', fields: [], asOf: null, at: null, misfit: 'keep' }, parameters: [fields, { name: 'asOf', control: 'field' }, { name: 'at', control: 'day' }, misfit],
  },
  address: {
    group: 'value', initial: { kind: 'address', field: '', rewrite: true, province: '', city: '', levels: [], downTo: 'county', misfit: 'keep' },
    parameters: [
      field, { name: 'rewrite', control: 'flag' }, { name: 'province', control: 'text' }, { name: 'city', control: 'text' }, { name: 'levels', control: 'levels' },
      { name: 'downTo', control: 'choice', choices: ADDRESS_LEVELS }, misfit,
    ],
  },
  'map-codes': {
    group: 'value', initial: { kind: 'map-codes', field: '', into: '', pairs: [], list: null, write: 'code', others: 'keep', value: '' },
    parameters: [
      field, into, { name: 'pairs', control: 'pairs' }, { name: 'list', control: 'code-list' }, { name: 'write', control: 'choice', choices: ['code', 'name'], when: ({ list }) => list !== null },
      { name: 'others', control: 'choice', choices: ['keep', 'blank', 'reject', 'value'] }, { name: 'value', control: 'text', when: ({ others }) => others === 'value' },
    ],
  },
  split: {
    group: 'field', initial: { kind: 'split', field: '', way: 'separator', by: '-', lengths: [], into: [], rest: 'last' },
    parameters: [
      field, { name: 'way', control: 'choice', choices: ['separator', 'pattern', 'lengths'] }, { name: 'by', control: 'text', when: ({ way }) => way !== 'lengths' },
      { name: 'lengths', control: 'numbers', when: ({ way }) => way === 'lengths' }, { name: 'into', control: 'new-fields' }, { name: 'rest', control: 'choice', choices: ['last', 'drop', 'reject'] },
    ],
  },
  merge: { group: 'field', initial: { kind: 'merge', fields: [], separator: '', into: '', skipBlank: true }, parameters: [fields, { name: 'separator', control: 'text' }, into, { name: 'skipBlank', control: 'flag' }] },
  calculate: { group: 'field', initial: { kind: 'calculate', into: '', formula: '', misfit: 'reject' }, parameters: [into, { name: 'formula', control: 'text', wide: true }, misfit] },
  rename: { group: 'field', initial: { kind: 'rename', field: '', to: '' }, parameters: [field, { name: 'to', control: 'text' }] },
  'remove-fields': { group: 'field', initial: { kind: 'remove-fields', fields: [] }, parameters: [fields] },
  'remove-rows': {
    group: 'row', initial: { kind: 'remove-rows', field: '', when: 'contains', value: '合计' },
    parameters: [field, { name: 'when', control: 'choice', choices: ['blank', 'equals', 'contains', 'matches'] }, { name: 'value', control: 'text', when: ({ when }) => when !== 'blank' }],
  },
  dedupe: {
    group: 'row', initial: { kind: 'dedupe', fields: [], keep: 'first', by: '' },
    parameters: [anyFields, { name: 'keep', control: 'choice', choices: ['first', 'last', 'greatest', 'fullest'] }, { name: 'by', control: 'field', when: ({ keep }) => keep === 'greatest' }],
  },
}

/** Parameters of a step that its other values ask for. */
export const parametersOf = (step: RecipeStep): readonly StepParameter[] => {
  // each kind's form is written for that kind, which TypeScript cannot follow through the union
  const { parameters } = STEP_FORMS[step.kind] as StepForm<RecipeStep>
  return parameters.filter(({ when }) => when === undefined || when(step))
}

/** A step's value under a parameter's name. */
export const valueOf = (step: RecipeStep, name: string): unknown => Object.entries(step).find(([key]) => key === name)?.[1]

/** The step with another value. */
export const withValue = (step: RecipeStep, name: string, value: unknown): RecipeStep => ({ ...step, [name]: value }) as RecipeStep // the form gives each parameter the kind of value that it had
