import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocumentFacts, DocumentTexts } from '@datong/catalog-search'

/** One catalogue entry as the sides of the benchmark take it. */
export interface BenchRecord {
  readonly texts: DocumentTexts
  readonly facts: DocumentFacts
}

const PLACES = ['东湖区', '西河县', '南山市', '北岭县', '云溪区', '江口镇', '临海市', '青石县', '白沙区', '柳林街道', '高新区', '经济开发区', '金水区', '长宁县', '平安县', '新华区', '清河县', '龙泉市', '凤凰镇', '安宁市', '开平区', '永福县', '石桥街道', '海棠区', '松江县', '望城区', '盘龙区', '洪山区', '武陵县', '宝塔区']
const OFFICES = ['市场监督管理局', '公安局', '民政局', '人力资源和社会保障局', '住房和城乡建设局', '交通运输局', '生态环境局', '卫生健康委员会', '教育局', '财政局', '自然资源和规划局', '农业农村局', '水利局', '应急管理局', '文化和旅游局', '税务局', '医疗保障局', '城市管理局', '统计局', '科学技术局', '退役军人事务局', '司法局', '气象局', '林业局', '商务局', '审计局', '体育局', '残疾人联合会', '住房公积金管理中心', '政务服务中心']
const SUBJECTS = ['企业登记', '个体工商户', '营业执照', '食品经营许可证', '药品经营许可', '特种设备', '行政处罚', '行政许可', '户籍人口', '流动人口', '婚姻登记', '低保对象', '养老机构', '殡葬服务', '社会组织', '社保参保', '失业保险', '就业困难人员', '职业培训补贴', '公积金缴存', '不动产登记', '商品房预售', '建筑工地', '物业服务企业', '停车场', '公交线路', '公交站点', '出租汽车', '道路运输经营许可', '桥梁隧道', '空气质量', '水质监测', '污染源企业', '危险废物', '噪声监测', '医院床位', '医师执业', '传染病疫情', '疫苗接种', '公共厕所', '中小学校', '幼儿园', '教师资格', '学生资助', '财政预算', '政府采购', '国有资产', '土地出让', '地质灾害点', '矿业权', '耕地质量', '农产品价格', '畜禽养殖', '农机补贴', '水库水位', '河长制', '取水许可', '防汛物资', '应急避难场所', '安全生产事故', '旅游景区', '图书馆', '文物保护单位', '纳税信用', '发票领用', '医保定点机构', '药品目录', '市容环卫', '垃圾分类', '户外广告', '人口普查', '经济普查', '高新技术企业', '专利授权', '科技项目', '优抚对象', '律师事务所', '公证机构', '气象预警', '古树名木', '森林防火', '进出口企业', '加油站', '审计公告', '体育场馆', '健身设施', '残疾人证', '贷款发放', '办件', '证照']
const KINDS = ['基本信息', '统计表', '名单', '台账', '明细', '年报', '月报', '分布点位', '变更记录', '注销信息', '检查结果', '公示信息', '汇总表', '目录', '监测数据', '评价结果']
const FIELDS = ['统一社会信用代码', '名称', '法定代表人', '身份证号码', '联系电话', '地址', '经度', '纬度', '登记日期', '有效期至', '发证机关', '许可证编号', '所属街道', '行政区划代码', '面积', '金额', '数量', '状态', '备注', '更新时间', '性别', '出生日期', '民族', '学历', '职业', '单位名称', '车牌号码', '泊位数', '收费标准', '监测值', '监测时间', '点位编号', '处罚决定书文号', '违法事实', '处罚依据', '年度', '月份', '同比增长', '环比', '负责人', '经营范围', '注册资本', '行业代码', '企业类型', '经办人', '审批结果', '批准文号', '等级', '床位数', '学生人数', '教师人数', '户数', '人数', 'credit_code', 'person_id', 'area_code', 'update_time', 'amount', 'longitude', 'latitude']
const THEMES = ['market', 'employment', 'housing', 'health', 'education', 'transport', 'environment', 'finance', 'civil-affairs', 'public-security', 'agriculture', 'culture', 'energy', 'law', 'science', 'other']
const OPENINGS = ['open', 'on-application', 'closed']
const CYCLES = ['realtime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'irregular']

/** Numbers that look random and are the same each time. */
export function repeatable(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) / 0x1000000
  }
}

/** The real titles of a national catalogue, when the folder of shared data is there. */
export function realTitles(env: Readonly<Record<string, string | undefined>>): string[] {
  const shared = env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
  const file = join(shared, 'data/reference/tw_datagovtw_titles.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '') : []
}

/** Entries of a large province: the real titles first, then places, offices, subjects, kinds and years by chance. */
export function* recordsOf(count: number, titles: readonly string[]): Generator<BenchRecord> {
  const random = repeatable(20_261_122)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]! // no list is empty
  for (let number = 0; number < count; number++) {
    const [place, office, subject, kind, year] = [pick(PLACES), pick(OFFICES), pick(SUBJECTS), pick(KINDS), 2012 + Math.floor(random() * 15)]
    const title = titles[number] ?? `${place}${random() < 0.7 ? `${year}年` : ''}${subject}${kind}${random() < 0.3 ? `（${pick(SUBJECTS)}）` : ''}`
    const code = `${301_001 + Math.floor(random() * 900)}-${String(number).padStart(6, '0')}`
    yield {
      texts: {
        title, titleEn: '', keywords: [subject, pick(SUBJECTS), kind], codes: [code, code.replace('-', '/')], organisation: `${place}${office}`,
        fieldNames: Array.from({ length: 4 + Math.floor(random() * 8) }, () => pick(FIELDS)),
        summary: `${place}${office}在履行${subject}职责中形成的${kind}，包括${pick(FIELDS)}、${pick(FIELDS)}、${pick(FIELDS)}等内容，按${pick(['年', '月', '季度', '日'])}更新，适用于${pick(SUBJECTS)}和${pick(SUBJECTS)}的核验。`,
      },
      facts: {
        key: code, stamp: number, scopes: random() < 0.9 ? ['public', 'departments'] : ['departments'],
        facets: [`${place}${office}`, pick(THEMES), pick(OPENINGS), pick(CYCLES)],
        numbers: [1_700_000_000_000 + Math.floor(random() * 9e10), 1 + Math.floor(random() * 5)],
      },
    }
  }
}

/** Questions as people ask them: one to three words of what there is, now and then pinyin, a code or a name of a field. */
export function queriesOf(count: number): string[] {
  const random = repeatable(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]! // no list is empty
  const forms: readonly (() => string)[] = [
    () => pick(SUBJECTS), () => `${pick(PLACES)} ${pick(SUBJECTS)}`, () => `${pick(SUBJECTS)}${pick(KINDS)}`, () => `${pick(PLACES)}${pick(SUBJECTS)} ${2012 + Math.floor(random() * 15)}`,
    () => `${pick(OFFICES)} ${pick(SUBJECTS)}`, () => `${pick(FIELDS)} ${pick(SUBJECTS)}`, () => pick(FIELDS), () => pick(OFFICES), () => `${pick(PLACES)} ${pick(KINDS)} ${pick(SUBJECTS)}`,
    () => pick(['统计', '数据', '企业', '登记', '许可', '人口', '信息', '年报', '名单']),
  ]
  return Array.from({ length: count }, () => pick(forms)())
}
