import type { DemoRole, DemoUser, Organisation, OrganisationKey } from './model.ts'

type Row = readonly [
  username: string, zh: string, en: string, organisation: OrganisationKey | null, roles: readonly DemoRole[],
  positionZh: string, positionEn: string,
]

/** The accounts whose names other documents and scripts rely on. No one holds two of sysadmin, security, auditor. */
const FIXED: readonly Row[] = [
  ['steward', '沈知澜', 'Shen Zhilan', 'bureau', ['steward', 'provider'], '数据资源处数据管家', 'Data steward'],
  ['provider', '陆闻舟', 'Lu Wenzhou', 'market', ['provider', 'consumer'], '信息中心数据专员', 'Data officer'],
  ['provider2', '何沐青', 'He Muqing', 'labour', ['provider', 'consumer'], '信息中心数据专员', 'Data officer'],
  ['consumer', '乔望舒', 'Qiao Wangshu', 'tax', ['consumer'], '征管科技科科员', 'Officer, tax collection'],
  ['security', '严守一', 'Yan Shouyi', 'bureau', ['security'], '安全保密员', 'Security officer'],
  ['sysadmin', '程立行', 'Cheng Lixing', 'bureau', ['sysadmin'], '系统管理员', 'System administrator'],
  ['auditor', '顾明鉴', 'Gu Mingjian', 'bureau', ['auditor'], '安全审计员', 'Auditor'],
  ['leader', '江海平', 'Jiang Haiping', 'bureau', ['leader'], '分管负责人', 'Responsible leader'],
  ['developer', '温小码', 'Wen Xiaoma', null, ['developer'], '注册开发者', 'Registered developer'],
]

/** Officers of the departments that none of the fixed accounts speaks for. */
const OFFICERS: readonly Row[] = [
  ['officer-land', '穆青原', 'Mu Qingyuan', 'land', ['provider', 'consumer'], '登记中心数据专员', 'Data officer'],
  ['officer-health', '杜若水', 'Du Ruoshui', 'health', ['provider', 'consumer'], '统计信息科数据专员', 'Data officer'],
  ['officer-fund', '祝安居', 'Zhu Anju', 'fund', ['provider', 'consumer'], '信息科数据专员', 'Data officer'],
  ['officer-police', '雷正平', 'Lei Zhengping', 'police', ['provider', 'consumer'], '科技信息化支队数据专员', 'Data officer'],
  ['officer-civil', '柳暖阳', 'Liu Nuanyang', 'civil', ['provider', 'consumer'], '救助科数据专员', 'Data officer'],
  ['officer-transport', '路通达', 'Lu Tongda', 'transport', ['provider', 'consumer'], '科技科数据专员', 'Data officer'],
  ['officer-ecology', '苏碧川', 'Su Bichuan', 'ecology', ['provider', 'consumer'], '监测科数据专员', 'Data officer'],
  ['officer-education', '文思远', 'Wen Siyuan', 'education', ['provider', 'consumer'], '计财科数据专员', 'Data officer'],
  ['officer-finance', '金有度', 'Jin Youdu', 'finance', ['provider', 'consumer'], '预算科数据专员', 'Data officer'],
  ['officer-tax', '舒清和', 'Shu Qinghe', 'tax', ['provider'], '信息中心数据专员', 'Data officer'],
]

function accounts(rows: readonly Row[], organisations: readonly Organisation[]): DemoUser[] {
  const codes = new Map(organisations.map(({ key, code }) => [key, code]))
  return rows.map(([username, nameZh, nameEn, organisation, roles, zh, en]) => ({
    username, nameZh, nameEn, roles,
    organisationCode: organisation === null ? null : codes.get(organisation)!,
    position: { zh, en },
  }))
}

/** The nine demonstration accounts. */
export const usersOf = (organisations: readonly Organisation[]): DemoUser[] => accounts(FIXED, organisations)

/** One officer for each further department that owns tables; seeding acts in their names. */
export const officersOf = (organisations: readonly Organisation[]): DemoUser[] => accounts(OFFICERS, organisations)
