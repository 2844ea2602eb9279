import type { FieldProfile, FieldSchema } from '@datong/data-engine'
import type { RecognizerId } from '@datong/recognizers'
import type { RuleId } from './rule.ts'
import type { Proposal, SuggestionFacts } from './suggestion.ts'

/** The rule that holds values of a recognised kind against their standard. */
const RULE_OF_KIND: Partial<Record<RecognizerId, RuleId>> = { 'citizen-number': 'citizen-number', 'unified-credit-code': 'credit-code', 'bank-card': 'luhn', phone: 'phone', plate: 'plate' }
const PATTERN_OF_KIND: Partial<Record<RecognizerId, string>> = {
  email: String.raw`\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*`,
  ipv4: String.raw`((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)`,
  'organisation-code': '[0-9A-Z]{8}-?[0-9X]',
  postcode: '[0-9]{6}',
}

/** Filled so often that a gap is rather a fault than an answer. */
const NEARLY_ALWAYS = 0.98
const ENOUGH_ROWS = 50
const FEW_VALUES = 10
const BIRTH = /出生|birth/i
const SEX = /^性别$|(?:^|[^a-z])(?:sex|gender)(?:$|[^a-z])/i
const DAY_NAME = /日期|时间$|年月日|(?:^|[^a-z])date(?:$|[^a-z])/i
const SHARE_NAME = /率$|比例$|百分比|percent|(?:^|_)rate$/i
/** Where 有 is an answer, these are the other one and no placeholders. */
const NONE = ['无', '無', '没有', '沒有']
/** Accounts, licences, cars of one person; more is worth a look. */
const MOST_PER_PERSON = 20

/** Rules of one field, the surest first. */
export function suggestForField({ name, type }: FieldSchema, profile: FieldProfile | undefined, facts: SuggestionFacts): Proposal[] {
  const kind = facts.recognised.get(name)
  const element = facts.elements.get(name)
  const proposals: Proposal[] = []
  const add = (proposal: Omit<Proposal, 'field'>): void => void proposals.push({ ...proposal, field: name })

  add({ rule: 'not-null', baseline: true, reason: 'filled', because: [percent(profile?.filledShare ?? 0)], toleranceShare: toleratedGaps(profile) })
  const answers = profile?.frequent.some(({ value }) => String(value).trim() === '有') === true
  if (type === 'text' || type === 'date' || type === 'datetime') add({ rule: 'not-blank', baseline: true, reason: 'always', ...(answers ? { parameters: { allowed: NONE } } : {}) })
  if (type === 'text') add({ rule: 'garbled-text', baseline: true, reason: 'always' })

  const checked = kind === undefined ? undefined : RULE_OF_KIND[kind]
  if (checked !== undefined) add({ rule: checked, baseline: true, reason: 'recognised', because: [kind ?? ''] })
  const pattern = kind === undefined ? undefined : PATTERN_OF_KIND[kind]
  if (pattern !== undefined) add({ rule: 'pattern', parameters: { pattern }, baseline: true, reason: 'recognised', because: [kind ?? ''] })
  if (kind === 'address') add({ rule: 'address-level', reason: 'recognised', because: [kind] })
  if (kind === 'citizen-number') {
    const [birth, sex] = [BIRTH, SEX].map((called) => facts.schema.filter((field) => field.name !== name && called.test(field.name)))
    // Where there are two of a kind, as with both people of a marriage, names do not tell whose is whose.
    const parameters = { ...(birth?.length === 1 ? { birthField: birth[0]!.name } : {}), ...(sex?.length === 1 ? { sexField: sex[0]!.name } : {}) }
    if (Object.keys(parameters).length > 0) add({ rule: 'citizen-number-agrees', parameters, reason: 'recognised', because: [kind] })
    if (profile !== undefined && !profile.identifierCandidate) add({ rule: 'most-per-key', parameters: { most: MOST_PER_PERSON }, reason: 'recognised', because: [kind] })
  }
  if (element !== undefined) {
    if (element.codeList === null) add({ rule: 'element-conformity', parameters: { element: element.id }, reason: 'element', because: [element.id] })
    else add({ rule: 'code-set', parameters: { codeList: element.codeList }, reason: 'code-list', because: [element.codeList] })
  }
  if (type === 'text' && checked === undefined) {
    if (DAY_NAME.test(name)) add({ rule: 'real-date', reason: 'named-date' })
    if (profile?.length !== undefined && profile.filled >= ENOUGH_ROWS && profile.length.min === profile.length.max && profile.distinct > FEW_VALUES) {
      add({ rule: 'text-length', parameters: { least: profile.length.min, most: profile.length.max }, reason: 'one-length', because: [String(profile.length.min)] })
    }
    if (almostNumbers(profile)) add({ rule: 'value-type', parameters: { as: 'number' }, reason: 'almost-numbers' })
  }
  if (type === 'text') add({ rule: 'stray-characters', reason: 'always' })
  if ((type === 'text' || type === 'integer') && fewValues(profile)) {
    add({ rule: 'new-value', parameters: { values: profile?.frequent.map(({ value }) => String(value)) ?? [] }, reason: 'few-values', because: [String(profile?.distinct ?? 0)] })
  }
  if ((type === 'integer' || type === 'decimal') && profile?.numbers !== undefined && profile.filled >= ENOUGH_ROWS && !facts.keys.includes(name)) {
    const bounds = profile.numbers.histogram
    if ((bounds[0]?.from ?? -1) >= 0) add({ rule: 'value-range', parameters: { least: 0, ...(SHARE_NAME.test(name) && (bounds.at(-1)?.to ?? Infinity) <= 100 ? { most: 100 } : {}) }, reason: 'never-negative' })
    if (profile.distinct > FEW_VALUES) add({ rule: 'outliers', reason: 'spread' })
  }
  return proposals
}

const percent = (share: number): string => String(Math.floor(share * 1000) / 10)

/** What is missing today may be missing tomorrow, and half as much again; a field that is often empty is not held to be full. */
function toleratedGaps(profile: FieldProfile | undefined): number {
  if (profile === undefined || profile.rows === 0) return 0
  const missing = 1 - profile.filledShare
  return profile.filledShare >= NEARLY_ALWAYS ? Math.ceil(missing * 1500) / 1000 : 1
}

const fewValues = (profile: FieldProfile | undefined): boolean =>
  profile !== undefined && profile.exact && profile.distinct >= 2 && profile.distinct <= FEW_VALUES && profile.frequent.length === profile.distinct && profile.filled >= ENOUGH_ROWS * FEW_VALUES / 2

/** Texts of which nearly all are digits, some with a sign or unit behind them. */
function almostNumbers(profile: FieldProfile | undefined): boolean {
  const patterns = profile?.patterns ?? []
  const numeric = patterns.filter(({ pattern }) => /^[+-]?9(?:[.,]9)*$/.test(pattern)).reduce((sum, { count }) => sum + count, 0)
  return profile !== undefined && profile.filled >= ENOUGH_ROWS && numeric / profile.filled >= 0.9 && (profile.length?.min ?? 0) < (profile.length?.max ?? 0)
}
