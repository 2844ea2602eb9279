import { Type, type Static, type TSchema } from 'typebox'
import { CalendarDate, Nullable } from './common.ts'

/** Texts in a recipe, such as separators: spaces count, and blank is a text. */
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000\\ud800-\\udfff]*$' })
const Field = Text(200)
const Fields = Type.Array(Field, { maxItems: 500, description: 'none means all, where the step may go over all' })
const Misfit = Type.Enum(['keep', 'blank', 'reject'])
const MoneyUnit = Type.Enum(['分', '角', '元', '千元', '万元', '百万元', '亿元'])
const AddressLevel = Type.Enum(['province', 'city', 'county', 'town', 'village', 'road', 'number', 'building', 'room'])

const step = <K extends string, P extends Record<string, TSchema>>(kind: K, parameters: P) => Type.Object({ kind: Type.Literal(kind), ...parameters }, { additionalProperties: false })

/** Texts. */
const TEXT_STEPS = [
  step('trim', { fields: Fields, inner: Type.Enum(['keep', 'one', 'none']) }),
  step('width', { fields: Fields, what: Type.Enum(['letters-digits', 'all']) }),
  step('letter-case', { fields: Fields, to: Type.Enum(['upper', 'lower']) }),
  step('blank-words', { fields: Fields, words: Type.Array(Text(100), { maxItems: 200 }) }),
  step('replace', { fields: Fields, find: Text(500), pattern: Type.Boolean(), ignoreCase: Type.Boolean(), replacement: Text(500) }),
  step('fill', { fields: Fields, way: Type.Enum(['previous', 'value', 'field']), by: Text(500) }),
] as const

/** Values with a meaning. */
const VALUE_STEPS = [
  step('citizen-number', { fields: Fields, misfit: Misfit }),
  step('standard-form', {
    fields: Fields, misfit: Misfit,
    as: Type.Enum(['unified-credit-code', 'organisation-code', 'bank-card', 'phone', 'email', 'plate', 'passport', 'postcode', 'organisation-name', 'ipv4']),
  }),
  step('day', { fields: Fields, era: Type.Enum(['western', 'roc']), order: Type.Enum(['ymd', 'dmy', 'mdy']), serial: Type.Boolean(), time: Type.Boolean(), misfit: Misfit }),
  step('amount', { fields: Fields, unless: MoneyUnit, unit: MoneyUnit, misfit: Misfit }),
  step('division-code', { fields: Fields, asOf: Nullable(Field), at: Nullable(CalendarDate), misfit: Misfit }),
  step('address', {
    field: Field, rewrite: Type.Boolean(), province: Text(30), city: Text(30), downTo: AddressLevel, misfit: Misfit,
    levels: Type.Array(Type.Object({ level: AddressLevel, into: Field }), { maxItems: 9 }),
  }),
  step('map-codes', {
    field: Field, into: Field, pairs: Type.Array(Type.Object({ from: Text(200), to: Text(200) }), { maxItems: 2_000 }), list: Nullable(Text(100)),
    write: Type.Enum(['code', 'name']), others: Type.Enum(['keep', 'blank', 'reject', 'value']), value: Text(200),
  }),
] as const

/** Fields. */
const FIELD_STEPS = [
  step('split', {
    field: Field, way: Type.Enum(['separator', 'pattern', 'lengths']), by: Text(500), lengths: Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), { maxItems: 50 }),
    into: Type.Array(Field, { maxItems: 50 }), rest: Type.Enum(['last', 'drop', 'reject']),
  }),
  step('merge', { fields: Fields, separator: Text(50), into: Field, skipBlank: Type.Boolean() }),
  step('calculate', { into: Field, formula: Text(2_000), misfit: Misfit }),
  step('rename', { field: Field, to: Field }),
  step('remove-fields', { fields: Fields }),
] as const

/** Rows. */
const ROW_STEPS = [
  step('remove-rows', { field: Field, when: Type.Enum(['blank', 'equals', 'contains', 'matches']), value: Text(500) }),
  step('dedupe', { fields: Fields, keep: Type.Enum(['first', 'last', 'greatest', 'fullest']), by: Field }),
] as const

/** One step of a recipe, as `@datong/cleansing` runs it. */
export const RecipeStepSchema = Type.Union([...TEXT_STEPS, ...VALUE_STEPS, ...FIELD_STEPS, ...ROW_STEPS])
export type RecipeStep = Static<typeof RecipeStepSchema>
