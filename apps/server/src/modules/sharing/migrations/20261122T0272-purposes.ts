import type { Migration } from '@datong/metadata-store'
import { sql } from 'kysely'

/** Purposes that departments share data for, with the words by which they are recognised and the fields that they need of whatever entry. */
const PRESETS: readonly (readonly [code: string, name: string, nameEn: string, legalBasis: string, words: string, fields: string])[] = [
  ['tax-arrears-check', '税务欠税核查', 'Tax arrears check', '《中华人民共和国税收征收管理法》第六条', '税务 税收 欠税 征管 纳税 纳税人 清缴 稽查', '统一社会信用代码 企业名称 纳税人识别号 登记状态'],
  ['social-insurance-eligibility', '社保资格认证', 'Eligibility for social insurance benefits', '《社会保险经办条例》（国务院令第765号）', '社保 社会保险 养老金 待遇 领取 资格 认证 参保', '公民身份号码 姓名 死亡日期 参保状态'],
  ['minimum-living-review', '低保审核', 'Review of minimum living allowances', '《社会救助暂行办法》（国务院令第649号）', '低保 最低生活保障 救助 社会救助 家庭经济状况 核对', '公民身份号码 姓名 车辆类型 建筑面积 参保状态'],
  ['school-enrolment-review', '入学资格审核', 'Review of school enrolment', '《中华人民共和国义务教育法》第十二条', '入学 招生 学籍 适龄 学区 义务教育 报名', '公民身份号码 姓名 出生日期 房屋坐落 户籍地址'],
  ['housing-fund-check', '公积金提取核验', 'Check of housing fund withdrawals', '《住房公积金管理条例》第二十四条', '公积金 住房公积金 提取 贷款 缴存 住房 套数', '权利人 权利人证件号码 房屋用途 建筑面积 登记日期'],
  ['annual-report-check', '企业年报核查', 'Check of annual reports of companies', '《企业信息公示暂行条例》（国务院令第654号）', '企业 年报 年度报告 公示 抽查 信息公示', '统一社会信用代码 企业名称 登记状态 住所'],
  ['licence-handling', '行政许可办理', 'Handling of administrative licences', '《中华人民共和国行政许可法》', '行政许可 许可 许可证 审批 办理 证照 免交', '统一社会信用代码 企业名称 许可证号 有效期至'],
  ['credit-evaluation', '信用评价', 'Credit evaluation', '《国务院办公厅关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》（国办发〔2020〕49号）', '信用 信用评价 失信 评级 诚信 守信', '统一社会信用代码 企业名称 处罚决定书文号 处罚日期'],
  ['epidemic-investigation', '疫情流调', 'Epidemiological investigation', '《中华人民共和国传染病防治法》', '疫情 流调 流行病学 传染病 密接 密切接触 防疫', '公民身份号码 姓名 联系电话 现住址'],
  ['real-estate-registration', '不动产登记', 'Real estate registration', '《不动产登记暂行条例》（国务院令第656号）', '不动产 不动产登记 过户 产权 抵押 权属', '公民身份号码 姓名 婚姻登记日期 统一社会信用代码'],
  ['medical-insurance-check', '医保参保核验', 'Check of medical insurance cover', '《中华人民共和国社会保险法》', '医保 医疗保险 参保 报销 就医 门诊', '公民身份号码 姓名 参保状态'],
  ['housing-security-review', '住房保障资格审核', 'Review of housing security', '《公共租赁住房管理办法》（住房和城乡建设部令第11号）', '住房保障 公租房 公共租赁住房 保障房 租赁补贴', '公民身份号码 姓名 权利人 建筑面积 参保状态'],
  ['employment-subsidy-review', '就业补贴审核', 'Review of employment subsidies', '《中华人民共和国就业促进法》', '就业 失业 补贴 就业补贴 创业 稳岗', '公民身份号码 姓名 参保状态 登记状态'],
  ['business-opening', '企业开办', 'Opening a company', '《优化营商环境条例》（国务院令第722号）', '企业 开办 设立 注册 一件事 营商环境', '统一社会信用代码 企业名称 法定代表人 住所'],
  ['emergency-response', '应急救援处置', 'Emergency response', '《中华人民共和国突发事件应对法》', '应急 救援 突发事件 抢险 灾害 安全生产', '名称 地址 联系电话 经度 纬度'],
  ['market-supervision', '市场监管执法检查', 'Market supervision and inspection', '《中华人民共和国行政处罚法》', '市场监管 执法 检查 处罚 监督 违法 抽检', '统一社会信用代码 企业名称 登记状态 住所'],
  ['birth-one-thing', '出生一件事联办', 'Birth, one thing once', '《中华人民共和国母婴保健法》第二十三条', '出生 新生儿 出生医学证明 落户 联办', '公民身份号码 姓名 出生日期 婚姻登记日期'],
  ['statistical-analysis', '统计分析与规划', 'Statistics and planning', '《中华人民共和国统计法》', '统计 分析 规划 研判 监测 研究', ''],
]

/** The catalogue of purposes and the fields that each needs. The presets wait for the bureau to confirm them. */
export const purposesMigration: Migration = {
  name: '20261122T0272-purposes',
  async up(db) {
    await sql`create table sharing.purpose (
      code text primary key check (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
      name text not null,
      name_en text not null,
      legal_basis text not null,
      description text not null,
      words text[] not null,
      state text not null check (state in ('to-be-confirmed', 'active', 'retired')),
      position integer generated always as identity,
      revision integer not null check (revision > 0),
      changed_at timestamptz not null
    )`.execute(db)
    // An empty entry code: of whatever entry.
    await sql`create table sharing.purpose_need (
      purpose_code text not null references sharing.purpose,
      entry_code text not null,
      field text not null,
      need text not null check (need in ('needed', 'unusual')),
      reason text not null,
      primary key (purpose_code, entry_code, field)
    )`.execute(db)
    for (const [code, name, nameEn, legalBasis, words, fields] of PRESETS) {
      await sql`insert into sharing.purpose (code, name, name_en, legal_basis, description, words, state, revision, changed_at)
        values (${code}, ${name}, ${nameEn}, ${legalBasis}, '', ${words.split(' ')}::text[], 'to-be-confirmed', 1, now())`.execute(db)
      for (const field of fields.split(' ').filter((one) => one !== '')) {
        await sql`insert into sharing.purpose_need values (${code}, '', ${field}, 'needed', '预置，待主管部门确认')`.execute(db)
      }
    }
    await sql`alter table sharing.application add column purpose_code text references sharing.purpose`.execute(db)
    await sql`create index application_by_purpose on sharing.application (purpose_code, entry_code) where purpose_code is not null`.execute(db)
    for (const [table, column] of [['purpose', 'code'], ['purpose_need', 'purpose_code']] as const) {
      await sql`create constraint trigger ${sql.ref(`${table}_has_evidence`)}
        after insert or update or delete on sharing.${sql.ref(table)}
        deferrable initially deferred for each row execute function evidence.require_record('purpose', ${sql.lit(column)})`.execute(db)
    }
  },
}
