/** A class and what is below it: last digits, names, children. */
type Seed = readonly [digits: string, name: string, nameEn: string, below?: readonly Seed[]]

/**
 * 类 and 项 of 《政务信息资源目录编制指南（试行）》 (发改高技术〔2017〕1272号), section 6.1.1; the guideline leaves 目 and 细目 to those who
 * keep a catalogue. These 目 are where a city begins. The departments' own 目 are made with their first entries.
 */
const SEED: readonly Seed[] = [
  ['1', '基础信息资源类', 'Basic information', [
    ['01', '人口基础信息', 'Population', [
      ['001', '身份与户籍', 'Identity and household registration'], ['002', '婚姻', 'Marriage'], ['003', '出生与死亡', 'Births and deaths'],
      ['004', '教育经历', 'Education'], ['005', '就业与参保', 'Employment and insurance'],
    ]],
    ['02', '法人单位基础信息', 'Legal entities', [
      ['001', '企业登记', 'Company registration'], ['002', '机关与事业单位', 'Public bodies and institutions'], ['003', '社会组织', 'Social organisations'],
      ['004', '个体工商户', 'Sole traders'], ['005', '年度报告与变更', 'Annual reports and changes'],
    ]],
    ['03', '自然资源和空间地理基础信息', 'Natural resources and geography', [
      ['001', '行政区划与地名', 'Divisions and place names'], ['002', '地址', 'Addresses'], ['003', '土地与不动产', 'Land and real estate'], ['004', '水与矿产', 'Water and minerals'],
    ]],
    ['04', '社会信用基础信息', 'Public credit', [
      ['001', '行政许可', 'Permits'], ['002', '行政处罚', 'Penalties'], ['003', '守信与失信名单', 'Lists of trust and distrust'],
    ]],
    ['05', '电子证照基础信息', 'Electronic certificates', [
      ['001', '个人证照', 'Certificates of persons'], ['002', '法人证照', 'Certificates of legal entities'],
    ]],
  ]],
  ['2', '主题信息资源类', 'Subjects', [
    ['01', '公共服务', 'Public services', [['001', '政务服务事项', 'Government services'], ['002', '交通出行', 'Transport'], ['003', '教育', 'Schools'], ['004', '文化旅游', 'Culture and tourism']]],
    ['02', '健康保障', 'Health', [['001', '医疗机构', 'Medical institutions'], ['002', '公共卫生', 'Public health']]],
    ['03', '社会保障', 'Social security', [['001', '社会保险', 'Social insurance'], ['002', '社会救助', 'Social assistance'], ['003', '就业', 'Employment'], ['004', '住房保障', 'Housing']]],
    ['04', '食品药品安全', 'Food and drug safety', [['001', '食品', 'Food'], ['002', '药品与器械', 'Drugs and devices']]],
    ['05', '安全生产', 'Safety at work', [['001', '许可与检查', 'Permits and inspections'], ['002', '事故', 'Accidents']]],
    ['06', '价格监管', 'Prices', [['001', '价格监测', 'Price monitoring']]],
    ['07', '能源安全', 'Energy', [['001', '生产与供应', 'Production and supply']]],
    ['08', '信用体系', 'Credit system', [['001', '信用评价', 'Credit ratings'], ['002', '信用公示', 'Publicity of credit']]],
    ['09', '城乡建设', 'Building and planning', [['001', '规划与工程', 'Planning and works'], ['002', '房屋与设施', 'Buildings and facilities']]],
    ['10', '社区治理', 'Communities', [['001', '社区与网格', 'Communities and grids']]],
    ['11', '生态环保', 'Environment', [['001', '空气与水', 'Air and water'], ['002', '污染源', 'Sources of pollution']]],
    ['12', '应急维稳', 'Emergencies', [['001', '应急资源', 'Emergency resources'], ['002', '预警与事件', 'Warnings and incidents']]],
    ['13', '宏观经济', 'Economy', [['001', '财政与税务', 'Budget and taxes'], ['002', '统计', 'Statistics']]],
  ]],
  ['3', '部门信息资源类', 'Departments', [['01', '本级政务部门', 'Departments of this level'], ['02', '下级政务部门', 'Departments below']]],
]

export interface SeedNode {
  readonly code: string
  readonly parent: string | null
  readonly name: string
  readonly nameEn: string
}

/** The seed as rows, parents before their children. */
export const classificationSeed = (nodes: readonly Seed[] = SEED, parent: string | null = null): SeedNode[] =>
  nodes.flatMap(([digits, name, nameEn, below = []]) => {
    const code = `${parent ?? ''}${digits}`
    return [{ code, parent, name, nameEn }, ...classificationSeed(below, code)]
  })
