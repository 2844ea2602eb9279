import type { THEMES } from '@datong/contracts'

type Theme = (typeof THEMES)[number]

/** Words of titles that tell the theme; the first match counts, people correct the rest. */
const WORDS: readonly (readonly [Theme, RegExp])[] = [
  ['market', /企业|公司|工商|市场|登记|经营|商标|食品|行业|進出口|出口|business|compan|trade|export/i],
  ['employment', /社保|参保|就业|劳动|失业|养老金|公积金|employ|pension/i],
  ['housing', /不动产|房|住建|抵押|地产|實價|real ?estate|hous/i],
  ['health', /医|卫生|出生|疾病|药|health|hospital/i],
  ['education', /学校|教育|学生|班级|class|school|education/i],
  ['transport', /停车|公交|交通|道路|车辆|机动车|transport|bus|parking/i],
  ['environment', /空气|水质|环境|污染|气象|air|water|environment/i],
  ['finance', /财政|预算|税|金融|budget|tax|finance/i],
  ['civil-affairs', /婚姻|低保|民政|户籍|人口|区划|街道|乡镇|district|street/i],
  ['law', /许可|处罚|执法|司法|permit|penalt/i],
  ['public-security', /公安|治安|消防|police|fire/i],
  ['agriculture', /农|林|渔|粮|farm|agri/i],
  ['culture', /文化|旅游|图书|体育|cultur|touris/i],
  ['energy', /电力|能源|燃气|energy|power/i],
  ['science', /科技|专利|数据集|资料集|opendata|domain|science/i],
]

export const guessTheme = (title: string): Theme => WORDS.find(([, words]) => words.test(title))?.[0] ?? 'other'
