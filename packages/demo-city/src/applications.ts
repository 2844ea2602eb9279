import { dayOf, isoOf, plusYears } from './calendar.ts'
import type { City } from './city.ts'
import type { OrganisationKey } from './model.ts'

/** How a story goes on; ages are in working days before the city's today, and never greater than the application's. */
export type DemoOutcome =
  | { readonly state: 'submitted' }
  | { readonly state: 'material-owed'; readonly atDaysAgo: number; readonly reason: string }
  | { readonly state: 'approved'; readonly atDaysAgo: number; readonly reason: string; readonly score?: number }
  | { readonly state: 'revoked'; readonly approvedDaysAgo: number; readonly atDaysAgo: number; readonly reason: string }
  | { readonly state: 'refused'; readonly atDaysAgo: number; readonly reason: string; readonly legalBasis: string }
  | { readonly state: 'withdrawn'; readonly atDaysAgo: number; readonly reason: string }

/** An application for data, as one department (or a registered developer) made it to another. */
export interface DemoApplication {
  /** Key of the table whose entry is asked for. */
  readonly entryKey: string
  /** Credit code of the applying organisation; null for the developer. */
  readonly consumer: string | null
  /** Username of the applicant, among the city's users and officers. */
  readonly applicant: string
  readonly fields: readonly string[]
  readonly filter: readonly { readonly field: string; readonly op: 'eq' | 'in' | 'gte'; readonly value: string | readonly string[] }[]
  readonly purpose: string
  /** System or matter in which the data are used. */
  readonly use: string
  readonly legalBasis: string
  readonly delivery: 'api' | 'file'
  /** `YYYY-MM-DD`. */
  readonly until: string
  readonly submittedDaysAgo: number
  readonly outcome: DemoOutcome
}

type Story = Omit<DemoApplication, 'consumer' | 'until' | 'filter'> & {
  readonly by: OrganisationKey | null
  readonly filter?: DemoApplication['filter']
  readonly years?: number
}

const STORIES: readonly Story[] = [
  { entryKey: 'enterprise', by: 'labour', applicant: 'provider2', delivery: 'api', submittedDaysAgo: 30,
    fields: ['统一社会信用代码', '企业名称', '法定代表人', '登记状态', '住所'],
    purpose: '办理用人单位社会保险登记时自动带出企业登记信息，免交营业执照复印件。', use: '社会保险网上经办系统',
    legalBasis: '《中华人民共和国社会保险法》第五十七条',
    outcome: { state: 'approved', atDaysAgo: 30, reason: '无条件共享，即时授权。', score: 5 } },
  { entryKey: 'resident', by: 'health', applicant: 'officer-health', delivery: 'api', submittedDaysAgo: 26,
    fields: ['公民身份号码', '姓名', '性别', '出生日期', '村社区代码'],
    purpose: '“出生一件事”联办中核对父母身份，签发出生医学证明。', use: '出生医学证明管理系统',
    legalBasis: '《中华人民共和国母婴保健法》第二十三条',
    outcome: { state: 'approved', atDaysAgo: 20, reason: '用途与法定职责一致，字段符合最小必要。', score: 4 } },
  { entryKey: 'vehicle', by: 'civil', applicant: 'officer-civil', delivery: 'api', submittedDaysAgo: 22,
    fields: ['所有人', '所有人证件号码', '车辆类型', '使用性质', '初次登记日期', '机动车状态'],
    purpose: '最低生活保障家庭经济状况核对，查询申请人名下机动车。', use: '社会救助家庭经济状况核对系统',
    legalBasis: '《社会救助暂行办法》第五十八条',
    outcome: { state: 'approved', atDaysAgo: 15, reason: '同意，仅限按证件号码查询。', score: 5 } },
  { entryKey: 'property', by: 'fund', applicant: 'officer-fund', delivery: 'api', submittedDaysAgo: 18,
    fields: ['权利人', '权利人证件号码', '房屋用途', '建筑面积（平方米）', '登记日期'], filter: [{ field: '房屋用途', op: 'eq', value: '住宅' }],
    purpose: '审核住房公积金贷款和提取时核实缴存人家庭住房套数。', use: '住房公积金综合业务系统',
    legalBasis: '《住房公积金管理条例》第二十四条、第二十六条',
    outcome: { state: 'approved', atDaysAgo: 11, reason: '同意提供住宅类登记信息。' } },
  { entryKey: 'resident', by: 'tax', applicant: 'consumer', delivery: 'file', submittedDaysAgo: 16,
    fields: ['公民身份号码', '姓名', '民族', '户号', '与户主关系', '婚姻状况', '文化程度', '户籍地址', '联系电话'],
    purpose: '建立自然人纳税人档案，需要全市户籍人口全量数据。', use: '自然人税收管理',
    legalBasis: '《中华人民共和国税收征收管理法》第六条',
    outcome: { state: 'refused', atDaysAgo: 9, reason: '申请全量文件且包含民族、婚姻状况、文化程度等与征管无关的字段，超出实现目的的最小范围；可改为按证件号码核验。',
      legalBasis: '《中华人民共和国个人信息保护法》第六条、第三十四条' } },
  { entryKey: 'property', by: 'tax', applicant: 'consumer', delivery: 'api', submittedDaysAgo: 14,
    fields: ['不动产权证号', '权利人', '权利人证件号码', '坐落', '建筑面积（平方米）', '登记日期'],
    purpose: '办理存量房交易计税时核实房屋权属、面积和家庭唯一住房情况。', use: '税费申报核定系统',
    legalBasis: '《中华人民共和国税收征收管理法》第六条', outcome: { state: 'submitted' } },
  { entryKey: 'tax-register', by: 'market', applicant: 'provider', delivery: 'api', submittedDaysAgo: 8,
    fields: ['纳税人识别号', '纳税人名称', '纳税人状态', '生产经营地址', '从业人数'],
    purpose: '企业年报公示信息抽查，比对经营状态和从业人数。', use: '双随机监管系统',
    legalBasis: '《企业信息公示暂行条例》第十四条', outcome: { state: 'submitted' } },
  { entryKey: 'social-insurance', by: 'tax', applicant: 'consumer', delivery: 'api', submittedDaysAgo: 3,
    fields: ['公民身份号码', '姓名', '单位统一社会信用代码', '缴费基数（元）', '最近缴费月份', '缴费状态'],
    filter: [{ field: '参保险种', op: 'eq', value: '职工基本养老保险' }],
    purpose: '社会保险费征缴中核对职工缴费基数，减少单位重复报送。', use: '社保费征管信息系统',
    legalBasis: '《中华人民共和国社会保险法》第五十九条', outcome: { state: 'submitted' } },
  { entryKey: 'low-income', by: 'education', applicant: 'officer-education', delivery: 'api', submittedDaysAgo: 5,
    fields: ['户主姓名', '身份证号', '保障人数', '开始享受年月'],
    purpose: '认定家庭经济困难学生，主动发放资助。', use: '学生资助管理系统', legalBasis: '《社会救助暂行办法》第三十三条',
    outcome: { state: 'material-owed', atDaysAgo: 4, reason: '请补充资助政策文件和数据使用的保存期限。' } },
  { entryKey: 'marriage', by: 'land', applicant: 'officer-land', delivery: 'api', submittedDaysAgo: 12,
    fields: ['男方姓名', '男方身份证号', '女方姓名', '女方身份证号', '登记日期'],
    purpose: '办理夫妻共同共有不动产登记时核验婚姻关系。', use: '不动产登记系统', legalBasis: '《不动产登记暂行条例》第二十五条',
    outcome: { state: 'withdrawn', atDaysAgo: 10, reason: '改用核验接口重新申请。' } },
  { entryKey: 'housing-fund', by: 'labour', applicant: 'provider2', delivery: 'api', submittedDaysAgo: 45,
    fields: ['证件号码', '姓名', '单位信用代码', '缴至年月', '账户状态'],
    purpose: '失业保险待遇审核中核对劳动关系存续情况。', use: '失业保险经办系统', legalBasis: '《失业保险条例》第十四条',
    outcome: { state: 'revoked', approvedDaysAgo: 38, atDaysAgo: 6, reason: '调用来源与登记的系统不符，经安全员核实后撤销授权。' } },
  { entryKey: 'food-licence', by: null, applicant: 'developer', delivery: 'file', submittedDaysAgo: 2, years: 1,
    fields: ['经营者名称', '经营场所', '主体业态', '经营项目', '有效期至'],
    purpose: '开发面向市民的餐饮食品安全查询小程序。', use: '“放心吃”小程序', legalBasis: '', outcome: { state: 'submitted' } },
]

/**
 * Twelve applications for seeding: in all states, one of them over its ten working days, one due within two, one
 * refused with reason and legal basis, one by a developer.
 */
export function demoApplications({ organisations, options }: City): DemoApplication[] {
  const codes = new Map(organisations.map(({ key, code }) => [key, code]))
  const today = dayOf(options.today)
  return STORIES.map(({ by, years = 2, filter = [], ...story }) => ({
    ...story,
    filter,
    consumer: by === null ? null : codes.get(by)!,
    until: isoOf(plusYears(today, years)),
  }))
}
