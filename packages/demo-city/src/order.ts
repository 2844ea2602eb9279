import type { OrganisationKey } from './model.ts'

/** A decision rule as it is written in the form; values as rules take them. */
export interface DemoRule {
  /** Department whose officer writes it; null for the bureau's steward, for the whole city. */
  readonly by: OrganisationKey | null
  /** Table whose entry alone it is about. */
  readonly entryKey: string | null
  readonly name: string
  readonly priority: number
  readonly effect: 'grant' | 'refuse'
  readonly reason: string
  readonly legalBasis: string
  readonly conditions: readonly { readonly attribute: string; readonly operator: 'eq' | 'gt' | 'gte'; readonly value: string | number | boolean }[]
}

/** Rules that decide applications without a person. */
export const DEMO_RULES: readonly DemoRule[] = [
  { by: null, entryKey: null, name: '不以文件方式提供超出用途所需的涉密级个人信息', priority: 10, effect: 'refuse',
    reason: '申请以文件方式全量获取涉密级信息项，且多项超出该用途所需；可改为按证件号码查询或核验。', legalBasis: '《中华人民共和国个人信息保护法》第六条、第三十四条',
    conditions: [
      { attribute: 'delivery', operator: 'eq', value: 'file' }, { attribute: 'grade', operator: 'gte', value: 'secret' },
      { attribute: 'fieldsBeyondNeed', operator: 'gt', value: 3 },
    ] },
  { by: 'civil', entryKey: 'marriage', name: '婚姻登记信息核验即时授权', priority: 50, effect: 'grant',
    reason: '只返回是否一致，不提供登记内容，且用途在申请部门职责清单内。', legalBasis: '《婚姻登记条例》；《政务数据共享条例》第十七条',
    conditions: [{ attribute: 'delivery', operator: 'eq', value: 'verify' }, { attribute: 'purposeInDuty', operator: 'eq', value: true }] },
]

/** Purposes within the duties of departments, by the platform's catalogue. */
export const DEMO_DUTIES: Readonly<Partial<Record<OrganisationKey, readonly string[]>>> = {
  market: ['annual-report-check', 'licence-handling', 'market-supervision', 'business-opening'],
  labour: ['social-insurance-eligibility', 'employment-subsidy-review'],
  tax: ['tax-arrears-check'],
  land: ['real-estate-registration'],
  health: ['birth-one-thing', 'epidemic-investigation', 'medical-insurance-check'],
  fund: ['housing-fund-check'],
  civil: ['minimum-living-review'],
  education: ['school-enrolment-review'],
}

/** Fields that another department answers for than the one whose table they stand in. */
export const DEMO_FIELD_OWNERS: Readonly<Record<string, Readonly<Record<string, OrganisationKey>>>> = {
  'tax-register': { 从业人数: 'labour' },
}

/** A query over grants of one department, saved as an interface. */
export const DEMO_INTERFACE = {
  by: 'provider2', name: 'employer-with-food-licence', title: '餐饮用人单位登记与许可',
  sources: ['enterprise', 'food-licence'], on: '统一社会信用代码',
  select: [['enterprise', '统一社会信用代码'], ['enterprise', '企业名称'], ['enterprise', '登记状态'], ['food-licence', '许可证编号'], ['food-licence', '有效期至']],
  parameter: { name: 'code', field: '统一社会信用代码', description: '用人单位统一社会信用代码' },
} as const satisfies {
  readonly by: string; readonly name: string; readonly title: string; readonly sources: readonly string[]; readonly on: string
  readonly select: readonly (readonly [source: string, field: string])[]; readonly parameter: { readonly name: string; readonly field: string; readonly description: string }
}
