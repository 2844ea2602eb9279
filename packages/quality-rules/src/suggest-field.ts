import type { FieldProfile, FieldSchema } from '@datong/data-engine'
import type { RecognizerId } from '@datong/recognizers'
import type { RuleId } from './rule.ts'
import type { Proposal, SuggestionFacts } from './suggestion.ts'
import { isPlaceholder } from './text/placeholders.ts'

/** The rule that holds values of a recognised kind against their standard. */
const RULE_OF_KIND: Partial<Record<RecognizerId, RuleId>> = { 'citizen-number': 'citizen-number', 'unified-credit-code': 'credit-code', 'bank-card': 'luhn', phone: 'phone', plate: 'plate' }
const PATTERN_OF_KIND: Partial<Record<RecognizerId, string>> = {
  email: String.raw`\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*`,
  ipv4: String.raw`((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)`,
  'organisation-code': '[0-9A-Z]{8}-?[0-9X]',
  postcode: '[0-9]{6}',
}

/** Filled so often that a gap is rather a fault than an answer. */
const NEARLY_ALWAYS = 0.93
const ENOUGH_ROWS = 50
const FEW_VALUES = 10
/** Share of values that have a form for it to be the form of the field. */
const MOSTLY = 0.8
const NEARLY_ALL = 0.9
/** What so many rows say is an answer and no placeholder. */
const ANSWER_SHARE = 0.25
const LONGEST_CODE = 60
const LONGEST_FORM = 12
/** What a number of a person is called, behind whose it is: 男方身份证号, 母亲身份证号. */
const NUMBER_NAME = /(?:公民)?(?:身份证|身份|证件|证照)(?:号码|号|件号码?)?$|(?:id_?card|id_?number|sfzh|zjhm)$/i
const BIRTH = ['出生日期', '生日', '出生年月日', 'birth_date', 'birthdate', 'csrq']
const SEX = ['性别', 'sex', 'gender', 'xb']
/** Where the name says so, nothing but citizen numbers should stand. */
const CITIZEN_NAME = /身份|sfz|citizen/i
const DAY_NAME = /日期|年月日|(?:^|[^a-z])date(?:$|[^a-z])/i
/** Forms of days, as profiles write patterns. */
const DAY_PATTERN = /^9(?:[-/.]9[-/.]9|汉9汉9(?:汉)?)(?:[ T]?9.*)?$|^9$/
/** Quantities that are not below nothing. */
const QUANTITY = /(?:人数|人口|数量|总数|位数|床位|面积|金额|款额?|税额|价款|价格|单价|票价|费用?|薪酬|工资|基数|余额|缴存额|资本|资金|重量?|身长|体重|周|身高|年龄|里程|浓度|率|比例|PM2\.5|PM10|SO2|NO2|O3|CO|AQI)(?:[（(].*[)）])?$/
const SIGNED = /增|减|差|变化|同比|环比|盈亏|利润|温度|经度|纬度|海拔|结余/
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
  const allowed = answersOf(profile)
  if (type === 'text' || type === 'date' || type === 'datetime') add({ rule: 'not-blank', baseline: true, reason: 'always', ...(allowed.length > 0 ? { parameters: { allowed } } : {}) })
  if (type === 'text') add({ rule: 'garbled-text', baseline: true, reason: 'always' })

  const checked = kind === undefined ? undefined : RULE_OF_KIND[kind]
  if (checked !== undefined) add({ rule: checked, ...(kind === 'citizen-number' && !CITIZEN_NAME.test(name) ? { parameters: { othersAllowed: true } } : {}), baseline: true, reason: 'recognised', because: [kind ?? ''] })
  const pattern = kind === undefined ? undefined : PATTERN_OF_KIND[kind]
  if (pattern !== undefined) add({ rule: 'pattern', parameters: { pattern }, baseline: true, reason: 'recognised', because: [kind ?? ''] })
  if (kind === 'address') add({ rule: 'address-level', reason: 'recognised', because: [kind] })
  if (kind === 'citizen-number') {
    const whose = name.replace(NUMBER_NAME, '')
    const beside = (called: readonly string[]): string | undefined => facts.schema.find((field) => field.name.startsWith(whose) && called.includes(field.name.slice(whose.length).toLowerCase()))?.name
    const [birthField, sexField] = [beside(BIRTH), beside(SEX)]
    const parameters = { ...(birthField === undefined ? {} : { birthField }), ...(sexField === undefined ? {} : { sexField }) }
    if (Object.keys(parameters).length > 0) add({ rule: 'citizen-number-agrees', parameters, reason: 'recognised', because: [kind] })
    if (profile !== undefined && !profile.identifierCandidate) add({ rule: 'most-per-key', parameters: { most: MOST_PER_PERSON }, reason: 'recognised', because: [kind] })
  }
  if (element !== undefined) {
    if (element.codeList === null) add({ rule: 'element-conformity', parameters: { element: element.id }, reason: 'element', because: [element.id] })
    else add({ rule: 'code-set', parameters: { codeList: element.codeList }, reason: 'code-list', because: [element.codeList] })
  }
  if (type === 'text' && checked === undefined) {
    if (DAY_NAME.test(name) && shareOf(profile, DAY_PATTERN) >= MOSTLY) add({ rule: 'real-date', reason: 'named-date' })
    const form = mainForm(profile)
    if (form !== undefined && pattern === undefined) add({ rule: 'pattern', parameters: { pattern: form.expression }, reason: 'one-pattern', because: [form.pattern] })
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
    const never = (bounds[0]?.from ?? -1) >= 0 || (QUANTITY.test(name) && !SIGNED.test(name))
    if (never) add({ rule: 'value-range', parameters: { least: 0, ...(SHARE_NAME.test(name) && profile.numbers.mean > 1 && (bounds.at(-1)?.to ?? Infinity) <= 100 ? { most: 100 } : {}) }, reason: 'never-negative' })
    if (profile.distinct > FEW_VALUES) add({ rule: 'outliers', reason: 'spread' })
  }
  return proposals
}

/** Placeholders that are answers here: 无 beside 有, and what very many rows say. */
function answersOf(profile: FieldProfile | undefined): readonly string[] {
  const frequent = profile?.frequent.map(({ value, count }) => ({ text: String(value).trim(), count })) ?? []
  const common = frequent.filter(({ text, count }) => isPlaceholder(text) && count / (profile?.filled ?? 1) >= ANSWER_SHARE).map(({ text }) => text)
  return [...new Set([...(frequent.some(({ text }) => text === '有') ? NONE : []), ...common])]
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

const shareOf = (profile: FieldProfile | undefined, pattern: RegExp): number => {
  const fitting = profile?.patterns?.filter((one) => pattern.test(one.pattern)).reduce((sum, { count }) => sum + count, 0) ?? 0
  return profile === undefined || profile.filled === 0 ? 0 : fitting / profile.filled
}

/** The form that most values of a short text without words have, as a regular expression; undefined when there is none. */
function mainForm(profile: FieldProfile | undefined): { readonly pattern: string; readonly expression: string } | undefined {
  const [main] = profile?.patterns ?? []
  if (profile === undefined || main === undefined || profile.filled < ENOUGH_ROWS || profile.distinct <= FEW_VALUES || (profile.length?.max ?? Infinity) > LONGEST_CODE) return undefined
  const isDay = DAY_PATTERN.test(main.pattern)
  if (main.count / profile.filled < (isDay ? MOSTLY : NEARLY_ALL) || (main.pattern.includes('汉') && !isDay) || !main.pattern.includes('9') || main.pattern === '9' || main.pattern.length > LONGEST_FORM) return undefined
  const runs: Readonly<Record<string, string>> = { 9: '[0-9]+', A: '[A-Za-z]+', 汉: String.raw`\p{Han}+` }
  return { pattern: main.pattern, expression: [...main.pattern].map((sign) => runs[sign] ?? sign.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('') }
}

/** Texts of which nearly all are digits, some with a sign or unit behind them. */
function almostNumbers(profile: FieldProfile | undefined): boolean {
  const patterns = profile?.patterns ?? []
  const numeric = patterns.filter(({ pattern }) => /^[+-]?9(?:[.,]9)*$/.test(pattern)).reduce((sum, { count }) => sum + count, 0)
  return profile !== undefined && profile.filled >= ENOUGH_ROWS && numeric / profile.filled >= 0.9 && (profile.length?.min ?? 0) < (profile.length?.max ?? 0)
}
