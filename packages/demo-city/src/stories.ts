import type { OrganisationKey } from './model.ts'

/** Who takes a step: the providing department's officer, the applicant, or the bureau's steward or security officer. */
export type DemoActor = 'provider' | 'applicant' | 'steward' | 'security'

/** A step in the life of an application; ages are in working days before the city's today, never greater than the application's. */
export interface DemoStep {
  readonly atDaysAgo: number
  readonly by: DemoActor
  readonly action:
    | 'approve' | 'refuse' | 'extend' | 'notify-missing' | 'withdraw' | 'revoke' | 'suspend' | 'request-mediation' | 'order-sharing' | 'evaluate'
  readonly reason: string
  readonly legalBasis?: string
  readonly scores?: { readonly quality: number; readonly timeliness: number; readonly effect: number }
}

/** An application for data as the story tells it. */
export interface Story {
  /** Key of the table whose entry is asked for. */
  readonly entryKey: string
  /** Applying department; null for the developer. */
  readonly by: OrganisationKey | null
  /** Username of the applicant, among the city's users and officers. */
  readonly applicant: string
  readonly delivery: 'api' | 'file' | 'verify'
  readonly submittedDaysAgo: number
  /** Of the platform's catalogue of purposes. */
  readonly purposeCode: string
  readonly fields: readonly string[]
  readonly filter?: readonly { readonly field: string; readonly op: 'eq' | 'in' | 'gte'; readonly value: string | readonly string[] }[]
  readonly purpose: string
  /** System or matter in which the data are used. */
  readonly use: string
  readonly legalBasis: string
  /** Last day of use, in calendar days from today; two years when nothing is said. */
  readonly untilInDays?: number
  /** The grant of the applicant's earlier application for the same entry is to be renewed. */
  readonly renews?: true
  /** What people did about it; rules and clocks do the rest. */
  readonly steps: readonly DemoStep[]
  /** Working days ago between which its system calls, the earlier first. */
  readonly calls?: readonly [from: number, to: number]
}

const PIPL = '《中华人民共和国个人信息保护法》第六条、第三十四条'

/** In all states of the sharing process, on all of its ways. */
export const STORIES: readonly Story[] = [
  // Granted by rule in the moment of asking, used, evaluated, and renewed before its end.
  { entryKey: 'enterprise', by: 'labour', applicant: 'provider2', delivery: 'api', submittedDaysAgo: 30, purposeCode: 'social-insurance-eligibility', untilInDays: 20,
    fields: ['统一社会信用代码', '企业名称', '法定代表人', '登记状态', '住所'],
    purpose: '办理用人单位社会保险登记时自动带出企业登记信息，免交营业执照复印件。', use: '社会保险网上经办系统', legalBasis: '《中华人民共和国社会保险法》第五十七条',
    steps: [{ atDaysAgo: 22, by: 'applicant', action: 'evaluate', reason: '数据准确，接口稳定。', scores: { quality: 5, timeliness: 5, effect: 5 } }], calls: [29, 5] },
  { entryKey: 'enterprise', by: 'labour', applicant: 'provider2', delivery: 'api', submittedDaysAgo: 4, purposeCode: 'social-insurance-eligibility', renews: true,
    fields: ['统一社会信用代码', '企业名称', '法定代表人', '登记状态', '住所'],
    purpose: '办理用人单位社会保险登记时自动带出企业登记信息，授权到期前续期。', use: '社会保险网上经办系统', legalBasis: '《中华人民共和国社会保险法》第五十七条',
    steps: [], calls: [3, 0] },
  { entryKey: 'food-licence', by: 'labour', applicant: 'provider2', delivery: 'api', submittedDaysAgo: 20, purposeCode: 'employment-subsidy-review',
    fields: ['许可证编号', '统一社会信用代码', '经营场所', '主体业态', '有效期至'],
    purpose: '审核餐饮企业稳岗补贴时核实其许可是否有效。', use: '就业补贴审核系统', legalBasis: '《中华人民共和国就业促进法》第十七条', steps: [], calls: [19, 0] },
  { entryKey: 'enterprise', by: 'tax', applicant: 'consumer', delivery: 'api', submittedDaysAgo: 27, purposeCode: 'tax-arrears-check',
    fields: ['统一社会信用代码', '企业名称', '登记状态', '住所'],
    purpose: '清缴欠税前核实欠税企业的登记状态和住所，防止恶意注销。', use: '税收征管信息系统', legalBasis: '《中华人民共和国税收征收管理法》第十五条',
    steps: [{ atDaysAgo: 14, by: 'applicant', action: 'evaluate', reason: '登记状态及时，住所偶有未更新。', scores: { quality: 4, timeliness: 5, effect: 5 } }], calls: [26, 0] },
  // Decided by the departments.
  { entryKey: 'resident', by: 'health', applicant: 'officer-health', delivery: 'api', submittedDaysAgo: 26, purposeCode: 'birth-one-thing',
    fields: ['公民身份号码', '姓名', '性别', '出生日期', '村社区代码'],
    purpose: '“出生一件事”联办中核对父母身份，签发出生医学证明。', use: '出生医学证明管理系统', legalBasis: '《中华人民共和国母婴保健法》第二十三条',
    steps: [
      { atDaysAgo: 20, by: 'provider', action: 'approve', reason: '用途与法定职责一致，字段符合最小必要。' },
      { atDaysAgo: 12, by: 'applicant', action: 'evaluate', reason: '数据准确，接口稳定。', scores: { quality: 4, timeliness: 4, effect: 5 } },
    ], calls: [19, 0] },
  { entryKey: 'vehicle', by: 'civil', applicant: 'officer-civil', delivery: 'api', submittedDaysAgo: 22, purposeCode: 'minimum-living-review',
    fields: ['所有人', '所有人证件号码', '车辆类型', '使用性质', '初次登记日期', '机动车状态'],
    purpose: '最低生活保障家庭经济状况核对，查询申请人名下机动车。', use: '社会救助家庭经济状况核对系统', legalBasis: '《社会救助暂行办法》第五十八条',
    steps: [
      { atDaysAgo: 15, by: 'provider', action: 'approve', reason: '同意，仅限按证件号码查询。' },
      { atDaysAgo: 7, by: 'applicant', action: 'evaluate', reason: '数据准确，接口稳定。', scores: { quality: 5, timeliness: 4, effect: 5 } },
    ], calls: [14, 0] },
  { entryKey: 'property', by: 'fund', applicant: 'officer-fund', delivery: 'api', submittedDaysAgo: 18, purposeCode: 'housing-fund-check',
    fields: ['权利人', '权利人证件号码', '房屋用途', '建筑面积（平方米）', '登记日期'], filter: [{ field: '房屋用途', op: 'eq', value: '住宅' }],
    purpose: '审核住房公积金贷款和提取时核实缴存人家庭住房套数。', use: '住房公积金综合业务系统', legalBasis: '《住房公积金管理条例》第二十四条、第二十六条',
    steps: [{ atDaysAgo: 11, by: 'provider', action: 'approve', reason: '同意提供住宅类登记信息。' }], calls: [10, 0] },
  // Refused by the bureau's rule as soon as it was filed.
  { entryKey: 'resident', by: 'tax', applicant: 'consumer', delivery: 'file', submittedDaysAgo: 16, purposeCode: 'tax-arrears-check',
    fields: ['公民身份号码', '姓名', '民族', '户号', '与户主关系', '婚姻状况', '文化程度', '户籍地址', '联系电话'],
    purpose: '建立自然人纳税人档案，需要全市户籍人口全量数据。', use: '自然人税收管理', legalBasis: '《中华人民共和国税收征收管理法》第六条', steps: [] },
  // Granted in seconds by the rule of the providing department: nothing but whether values are right.
  { entryKey: 'marriage', by: 'land', applicant: 'officer-land', delivery: 'verify', submittedDaysAgo: 9, purposeCode: 'real-estate-registration',
    fields: ['男方姓名', '男方身份证号', '女方姓名', '女方身份证号'],
    purpose: '办理夫妻共同共有不动产登记时核验婚姻关系，只需是否一致。', use: '不动产登记系统', legalBasis: '《不动产登记暂行条例》第二十五条', steps: [], calls: [8, 0] },
  { entryKey: 'marriage', by: 'land', applicant: 'officer-land', delivery: 'api', submittedDaysAgo: 12, purposeCode: 'real-estate-registration',
    fields: ['男方姓名', '男方身份证号', '女方姓名', '女方身份证号', '登记日期'],
    purpose: '办理夫妻共同共有不动产登记时核验婚姻关系。', use: '不动产登记系统', legalBasis: '《不动产登记暂行条例》第二十五条',
    steps: [{ atDaysAgo: 10, by: 'applicant', action: 'withdraw', reason: '改用核验接口重新申请。' }] },
  // Nobody answered in ten working days: passed to the bureau.
  { entryKey: 'property', by: 'tax', applicant: 'consumer', delivery: 'api', submittedDaysAgo: 14, purposeCode: 'tax-arrears-check',
    fields: ['不动产权证号', '权利人', '权利人证件号码', '坐落', '建筑面积（平方米）', '登记日期'],
    purpose: '办理存量房交易计税时核实房屋权属、面积和家庭唯一住房情况。', use: '税费申报核定系统', legalBasis: '《中华人民共和国税收征收管理法》第六条', steps: [] },
  // Two departments own the fields: one has consented, the other has yet to speak.
  { entryKey: 'tax-register', by: 'market', applicant: 'provider', delivery: 'api', submittedDaysAgo: 8, purposeCode: 'annual-report-check',
    fields: ['纳税人识别号', '纳税人名称', '纳税人状态', '生产经营地址', '从业人数'],
    purpose: '企业年报公示信息抽查，比对经营状态和从业人数。', use: '双随机监管系统', legalBasis: '《企业信息公示暂行条例》第十四条',
    steps: [{ atDaysAgo: 3, by: 'provider', action: 'approve', reason: '同意提供登记状态和经营地址；从业人数由人社部门答复。' }] },
  { entryKey: 'social-insurance', by: 'tax', applicant: 'consumer', delivery: 'api', submittedDaysAgo: 3, purposeCode: 'tax-arrears-check',
    fields: ['公民身份号码', '姓名', '单位统一社会信用代码', '缴费基数（元）', '最近缴费月份', '缴费状态'],
    filter: [{ field: '参保险种', op: 'eq', value: '职工基本养老保险' }],
    purpose: '社会保险费征缴中核对职工缴费基数，减少单位重复报送。', use: '社保费征管信息系统', legalBasis: '《中华人民共和国社会保险法》第五十九条',
    steps: [{ atDaysAgo: 1, by: 'provider', action: 'extend', reason: '缴费基数正在年度申报调整，需核对口径后答复。' }] },
  { entryKey: 'low-income', by: 'education', applicant: 'officer-education', delivery: 'api', submittedDaysAgo: 5, purposeCode: 'school-enrolment-review',
    fields: ['户主姓名', '身份证号', '保障人数', '开始享受年月'],
    purpose: '认定家庭经济困难学生，主动发放资助。', use: '学生资助管理系统', legalBasis: '《社会救助暂行办法》第三十三条',
    steps: [{ atDaysAgo: 4, by: 'provider', action: 'notify-missing', reason: '请补充资助政策文件和数据使用的保存期限。' }] },
  // Refused, and before the bureau; and one that the bureau ordered to be shared.
  { entryKey: 'housing-fund', by: 'tax', applicant: 'consumer', delivery: 'api', submittedDaysAgo: 13, purposeCode: 'tax-arrears-check',
    fields: ['证件号码', '姓名', '月缴存额（元）', '缴至年月'],
    purpose: '个人所得税汇算清缴中核对住房公积金专项扣除。', use: '自然人电子税务局', legalBasis: '《中华人民共和国个人所得税法》第十五条',
    steps: [
      { atDaysAgo: 8, by: 'provider', action: 'refuse', reason: '缴存额属个人财产信息，可由纳税人自行提供。', legalBasis: PIPL },
      { atDaysAgo: 4, by: 'applicant', action: 'request-mediation', reason: '个人所得税法第十五条明确公积金管理机构应当提供专项扣除信息。' },
    ] },
  { entryKey: 'social-insurance', by: 'fund', applicant: 'officer-fund', delivery: 'api', submittedDaysAgo: 24, purposeCode: 'housing-fund-check',
    fields: ['公民身份号码', '姓名', '单位统一社会信用代码', '缴费状态'],
    purpose: '离职提取住房公积金时核实是否已由新单位参保。', use: '住房公积金综合业务系统', legalBasis: '《住房公积金管理条例》第二十四条',
    steps: [
      { atDaysAgo: 19, by: 'provider', action: 'refuse', reason: '参保状态可由缴存人自行打印参保证明。', legalBasis: PIPL },
      { atDaysAgo: 17, by: 'applicant', action: 'request-mediation', reason: '要求群众提交可共享获取的证明，与“免证办”要求不符。' },
      { atDaysAgo: 12, by: 'steward', action: 'order-sharing', reason: '参保状态为履行提取审核职责所必需，不得要求群众自证。', legalBasis: '《政务数据共享条例》第二十二条' },
    ], calls: [11, 0] },
  // Ended by its last day and evaluated; suspended; revoked.
  { entryKey: 'resident', by: 'civil', applicant: 'officer-civil', delivery: 'api', submittedDaysAgo: 40, purposeCode: 'minimum-living-review', untilInDays: -10,
    fields: ['公民身份号码', '姓名', '户号', '与户主关系', '户籍地址'],
    purpose: '年度低保复核中核对家庭成员。', use: '社会救助家庭经济状况核对系统', legalBasis: '《社会救助暂行办法》第五十八条',
    steps: [
      { atDaysAgo: 34, by: 'provider', action: 'approve', reason: '同意，用于本年度复核，到期即止。' },
      { atDaysAgo: 4, by: 'applicant', action: 'evaluate', reason: '复核按期完成；个别家庭户号更新晚于迁移登记。', scores: { quality: 4, timeliness: 3, effect: 5 } },
    ], calls: [30, 10] },
  { entryKey: 'vehicle', by: 'fund', applicant: 'officer-fund', delivery: 'api', submittedDaysAgo: 28, purposeCode: 'housing-fund-check',
    fields: ['所有人证件号码', '车辆类型', '机动车状态'],
    purpose: '核实贷款申请人家庭资产。', use: '住房公积金综合业务系统', legalBasis: '《住房公积金管理条例》第二十六条',
    steps: [
      { atDaysAgo: 23, by: 'provider', action: 'approve', reason: '同意。' },
      { atDaysAgo: 2, by: 'security', action: 'suspend', reason: '夜间出现与业务时段不符的集中调用，核实期间暂停。' },
    ], calls: [22, 3] },
  { entryKey: 'housing-fund', by: 'labour', applicant: 'provider2', delivery: 'api', submittedDaysAgo: 45, purposeCode: 'employment-subsidy-review',
    fields: ['证件号码', '姓名', '单位信用代码', '缴至年月', '账户状态'],
    purpose: '失业保险待遇审核中核对劳动关系存续情况。', use: '失业保险经办系统', legalBasis: '《失业保险条例》第十四条',
    steps: [
      { atDaysAgo: 38, by: 'provider', action: 'approve', reason: '同意' },
      { atDaysAgo: 6, by: 'security', action: 'revoke', reason: '调用来源与登记的系统不符，经安全员核实后撤销授权。' },
    ], calls: [30, 7] },
  { entryKey: 'food-licence', by: null, applicant: 'developer', delivery: 'file', submittedDaysAgo: 2, purposeCode: 'statistical-analysis', untilInDays: 365,
    fields: ['经营者名称', '经营场所', '主体业态', '经营项目', '有效期至'],
    purpose: '开发面向市民的餐饮食品安全查询小程序。', use: '“放心吃”小程序', legalBasis: '', steps: [] },
]
