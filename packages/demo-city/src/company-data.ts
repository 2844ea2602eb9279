/** Kinds of business: share, word in the company name, GB/T 4754 code and name, scope of business. */
export interface Industry {
  readonly weight: number
  readonly words: readonly string[]
  readonly code: string
  readonly name: string
  readonly scope: string
}

const industry = (weight: number, words: string, code: string, name: string, scope: string): Industry =>
  ({ weight, words: words.split(' '), code, name, scope })

export const INDUSTRIES: readonly Industry[] = [
  industry(16, '餐饮管理 餐饮服务 小吃店餐饮 酒店管理', 'H6210', '正餐服务', '餐饮服务；食品销售；外卖递送服务'),
  industry(11, '食品 食品贸易 粮油 茶业', 'F5229', '其他食品零售', '食品销售；食用农产品零售；日用百货销售'),
  industry(6, '超市 便利店连锁 生鲜', 'F5212', '超级市场零售', '食品销售；日用品零售；烟草制品零售'),
  industry(10, '科技 信息技术 网络科技 数字科技', 'I6510', '应用软件开发', '技术开发、技术咨询；软件开发；信息系统集成服务'),
  industry(12, '贸易 商贸 进出口 实业', 'F5179', '其他机械设备批发', '货物进出口；建筑材料销售；五金产品批发'),
  industry(8, '建筑工程 装饰工程 市政工程 建设', 'E5010', '公共建筑装饰和装修', '建设工程施工；住宅室内装饰装修；园林绿化工程施工'),
  industry(7, '物流 运输 供应链管理 货运代理', 'G5432', '集装箱道路运输', '道路货物运输；国际货物运输代理；普通货物仓储服务'),
  industry(8, '机械制造 精密机械 五金制品 模具', 'C3484', '机械零部件加工', '机械零件加工；五金产品制造；模具制造与销售'),
  industry(4, '服饰 纺织 针织', 'C1819', '其他机织服装制造', '服装制造；针纺织品销售；服装辅料销售'),
  industry(4, '水产 渔业 海产品', 'A0411', '海水养殖', '水产养殖；水产品冷冻加工；水产品零售'),
  industry(4, '文化传媒 广告 会展', 'L7259', '其他广告服务', '广告设计、代理；组织文化艺术交流活动；会议及展览服务'),
  industry(4, '物业服务 物业管理 家政服务', 'K7020', '物业管理', '物业管理；家政服务；停车场服务'),
  industry(3, '教育咨询 文化艺术培训 托育服务', 'P8399', '其他未列明教育', '教育咨询服务；组织体育表演活动；托育服务'),
  industry(3, '环保科技 环境工程 新能源', 'N7729', '其他污染治理', '环境保护专用设备销售；水污染治理；太阳能发电技术服务'),
  industry(3, '医疗器械 大药房 健康管理', 'F5251', '西药零售', '第二类医疗器械销售；药品零售；健康咨询服务'),
  industry(2, '投资管理 企业管理 财务咨询', 'L7221', '企业总部管理', '企业管理咨询；财务咨询；以自有资金从事投资活动'),
]

/** Characters that shop and company names are put together from. */
export const BRAND_FIRST = '鑫恒瑞盛宏嘉德信和诚旺华泰润丰佳永利源汇昌隆博远创启星海云聚众锦禾优润臻拓卓腾'
export const BRAND_LAST = '达源盛泰隆兴茂丰通顺和美佳诚信恒远腾凯悦康宁晟辉航益邦辰洋森海语润帆'

export const FORMS: readonly (readonly [form: string, type: string, weight: number])[] = [
  ['有限公司', '有限责任公司（自然人投资或控股）', 58],
  ['有限公司', '有限责任公司（自然人独资）', 27],
  ['有限责任公司', '有限责任公司（非自然人投资或控股的法人独资）', 5],
  ['股份有限公司', '股份有限公司（非上市）', 3],
  ['有限公司', '有限责任公司（港澳台投资、非独资）', 1],
  ['有限公司', '有限责任公司（国有独资）', 1],
]
