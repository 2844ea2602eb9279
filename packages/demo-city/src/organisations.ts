import { creditCode } from './codes.ts'
import type { Organisation, OrganisationKey } from './model.ts'
import { pickerFor } from './pick.ts'
import { CITY_CODE } from './regions.ts'

interface OrganisationPlan {
  readonly zh: string
  readonly en: string
  readonly short: string
  readonly duties: readonly string[]
}

const PLANS: Readonly<Record<OrganisationKey, OrganisationPlan>> = {
  bureau: { zh: '澜海市大数据局', en: 'Lanhai Municipal Big Data Bureau', short: '大数据局',
    duties: ['统筹全市政务数据共享和公共数据开放', '编制政务数据目录', '建设和管理政务数据平台', '监督数据质量和共享时限'] },
  market: { zh: '澜海市市场监督管理局', en: 'Lanhai Administration for Market Regulation', short: '市场监管局',
    duties: ['市场主体登记注册', '食品安全监督管理', '市场监管综合执法', '行政许可和行政处罚信息公示'] },
  labour: { zh: '澜海市人力资源和社会保障局', en: 'Lanhai Human Resources and Social Security Bureau', short: '人社局',
    duties: ['社会保险参保登记和待遇核定', '就业失业登记', '劳动关系协调'] },
  tax: { zh: '国家税务总局澜海市税务局', en: 'Lanhai Tax Service, State Taxation Administration', short: '税务局',
    duties: ['税收征收管理', '纳税信用评价', '社会保险费征缴'] },
  land: { zh: '澜海市自然资源和规划局', en: 'Lanhai Natural Resources and Planning Bureau', short: '自然资源局',
    duties: ['不动产统一登记', '国土空间规划', '土地供应和用途管制'] },
  health: { zh: '澜海市卫生健康委员会', en: 'Lanhai Municipal Health Commission', short: '卫生健康委',
    duties: ['医疗机构执业登记', '出生医学证明管理', '公共卫生服务'] },
  fund: { zh: '澜海市住房公积金管理中心', en: 'Lanhai Housing Provident Fund Centre', short: '公积金中心',
    duties: ['住房公积金缴存、提取和贷款管理'] },
  police: { zh: '澜海市公安局', en: 'Lanhai Public Security Bureau', short: '公安局',
    duties: ['户籍和居民身份证管理', '机动车和驾驶人管理', '出入境管理'] },
  civil: { zh: '澜海市民政局', en: 'Lanhai Civil Affairs Bureau', short: '民政局',
    duties: ['婚姻登记', '最低生活保障审核确认', '社会组织登记'] },
  transport: { zh: '澜海市交通运输局', en: 'Lanhai Transport Bureau', short: '交通局',
    duties: ['公共交通线网管理', '道路运输管理', '公共停车设施信息归集'] },
  ecology: { zh: '澜海市生态环境局', en: 'Lanhai Ecology and Environment Bureau', short: '生态环境局',
    duties: ['空气和水环境质量监测', '排污许可', '环境违法举报受理'] },
  education: { zh: '澜海市教育局', en: 'Lanhai Education Bureau', short: '教育局',
    duties: ['学校设置和学籍管理', '义务教育招生'] },
  finance: { zh: '澜海市财政局', en: 'Lanhai Finance Bureau', short: '财政局',
    duties: ['部门预算编制和公开', '国库集中支付', '政府采购监督'] },
}

/** The bureau and the twelve departments of the city, the bureau first. */
export function organisationsOf(seed: number): Organisation[] {
  const pick = pickerFor(seed, 'organisations')
  // Object.entries forgets the keys' type; PLANS is a Record over exactly them.
  return (Object.entries(PLANS) as [OrganisationKey, OrganisationPlan][]).map(([key, { zh, en, short, duties }]) => ({
    key,
    code: creditCode(key === 'fund' ? '12' : '11', CITY_CODE, `00${pick.digits(6)}`),
    nameZh: zh,
    nameEn: en,
    shortZh: short,
    kind: key === 'bureau' ? 'bureau' : 'department',
    regionCode: CITY_CODE,
    duties,
  }))
}
