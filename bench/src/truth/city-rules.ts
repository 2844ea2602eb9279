import type { FaultKind } from '@datong/demo-city'
import type { Rule, RuleId } from '@datong/quality-rules'

/** Which rules are there to find which faults. */
export const FOUND_BY: Readonly<Record<FaultKind, readonly RuleId[]>> = {
  'citizen-number/check-digit': ['citizen-number'],
  'citizen-number/fifteen-digits': ['citizen-number'],
  'citizen-number/birth-date-disagrees': ['citizen-number-agrees'],
  'citizen-number/sex-disagrees': ['citizen-number-agrees'],
  'credit-code/check-character': ['credit-code'],
  'person/name-diverges': ['same-elsewhere'],
  'person/many-accounts': ['most-per-key'],
  'company/name-diverges': ['same-elsewhere'],
  'company/address-diverges': ['same-elsewhere'],
  'company/representative-diverges': ['same-elsewhere'],
  'text/full-width': ['stray-characters'],
  'text/trailing-space': ['stray-characters'],
  // Spoilt text may hold signs that nobody sees.
  'text/mojibake': ['garbled-text', 'stray-characters'],
  'text/formula': ['stray-characters'],
  'value/missing': ['not-null'],
  'value/placeholder': ['not-blank'],
  'value/out-of-range': ['value-range', 'outliers'],
  'date/other-format': ['pattern', 'value-type'],
  'date/impossible': ['real-date', 'value-type'],
  'period/reversed': ['column-order'],
  'amount/unit-written': ['value-type'],
  'reference/broken': ['reference'],
  'row/exact-duplicate': ['duplicate-rows'],
  'row/near-duplicate': ['near-duplicates'],
  'row/ragged': ['value-type'],
}

const alike = (table: string, entry: string, key: string, keyField: string, pairs: readonly (readonly [field: string, otherField: string])[]) =>
  pairs.map(([field, otherField]): { table: string; rule: Rule } => ({ table, rule: { rule: 'same-elsewhere', field, parameters: { key: [key], entry, keyFields: [keyField], otherField } } }))
const company = (table: string, key: string, ...pairs: readonly (readonly [string, string])[]) => alike(table, 'enterprise', key, '统一社会信用代码', pairs)
const person = (table: string, key: string, name: string) => alike(table, 'resident', key, '公民身份号码', [[name, '姓名']])

/** What the bureau would write down beside what is suggested: whose word counts on companies and people, and what a mortgage lies on. */
export const BUREAU_RULES: readonly { readonly table: string; readonly rule: Rule }[] = [
  ...company('food-licence', '统一社会信用代码', ['经营者名称', '企业名称'], ['经营场所', '住所'], ['法定代表人（负责人）', '法定代表人']),
  ...company('licence', '行政相对人代码', ['行政相对人名称', '企业名称']),
  ...company('penalty', '统一社会信用代码', ['法定代表人', '法定代表人']),
  ...company('social-insurance', '单位统一社会信用代码', ['参保单位', '企业名称']),
  ...company('tax-register', '纳税人识别号', ['纳税人名称', '企业名称'], ['生产经营地址', '住所'], ['法定代表人姓名', '法定代表人']),
  ...company('housing-fund', '单位信用代码', ['单位名称', '企业名称']),
  ...person('social-insurance', '公民身份号码', '姓名'),
  ...person('property', '权利人证件号码', '权利人'),
  ...person('birth-certificate', '母亲身份证号', '母亲姓名'),
  ...person('marriage', '男方身份证号', '男方姓名'),
  { table: 'mortgage', rule: { rule: 'reference', field: '不动产权证号', parameters: { entry: 'property', keyFields: ['不动产权证号'] } } },
]
