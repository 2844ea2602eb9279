/** Surnames with their share in per mille of the population, after the published ranking of the 2020 census. */
export const SURNAMES =
  '王71 李70 张67 刘51 陈46 杨32 黄25 赵22 吴21 周20 徐16 孙15 马14 朱13 胡13 郭12 何12 林11 高11 罗10 ' +
  '郑9 梁9 谢8 宋8 唐8 许7 韩7 冯7 邓7 曹6 彭6 曾6 肖6 田6 董5 袁5 潘5 于5 蒋5 蔡5 余5 杜5 叶4 程4 苏4 魏4 吕4 ' +
  '丁4 任4 沈4 姚4 卢4 姜4 崔4 钟4 谭4 陆3 汪3 范3 金3 石3 廖3 贾3 夏3 韦3 付3 方3 白3 邹3 孟3 熊3 秦3 邱3 江3 尹3 薛3 ' +
  '闫3 段3 雷3 侯3 龙2 史2 陶2 黎2 贺2 顾2 毛2 郝2 龚2 邵2 万2 钱2 严2 覃2 武2 戴2 莫2 孔2 向2 汤2 温1 康1 施1 文1 牛1 樊1 ' +
  '葛1 邢1 安1 齐1 易1 乔1 伍1 庞1 颜1 倪1 庄1 聂1 章1 鲁1 岳1 翟1 殷1 詹1 申1 欧1 耿1 关1 兰1 焦1 俞1 左1 柳1 甘1 祝1 包1 ' +
  '宁1 尚1 符1 舒1 阮1 柯1 纪1 梅1 童1 凌1 毕1 单1 季1 裴1 霍1 涂1 成1 苗1 谷1 盛1 曲1 翁1 冉1 骆1 蓝1 路1 游1 辛1 欧阳0.8 ' +
  '上官0.2 司马0.15 诸葛0.15 皇甫0.1 尉迟0.1 夏侯0.1 司徒0.15 东方0.1 令狐0.1 慕容0.1 端木0.08'

/** First and last characters of given names, and how often a name has one character, by the time of birth. */
export interface NameEra {
  /** Births before this year, exclusive. */
  readonly before: number
  readonly single: number
  readonly male: readonly [first: string, last: string]
  readonly female: readonly [first: string, last: string]
}

export const NAME_ERAS: readonly NameEra[] = [
  {
    before: 1960,
    single: 0.14,
    male: ['国建德志文永福金玉长振光明荣兴正树庆少家', '华民林明生祥贵富山清才海发忠义良成根荣福泉顺安'],
    female: ['秀桂玉凤淑兰美素金春翠月惠爱银彩莲', '英兰珍芳梅花香云莲娥芝琴凤琴仙华娣珠妹菊'],
  },
  {
    before: 1980,
    single: 0.33,
    male: ['建国卫志文永红军晓海立新东春宏学光少伟', '军平强明华伟东林斌辉波勇峰刚忠民生涛兵平海良'],
    female: ['丽红秀晓玉海春桂艳淑美小爱雪建凤文惠', '霞丽红梅英芳萍华艳玲燕琴娟敏珍平云兰香凤琼'],
  },
  {
    before: 1990,
    single: 0.38,
    male: ['晓海志建文俊小伟永立剑国少振鹏宏家', '伟涛磊鹏杰飞超勇强军斌波辉峰亮刚明龙宇凯健'],
    female: ['丽晓海小雪春艳婷静红玉美燕丹慧文', '静丽娜娟敏燕婷艳芳玲霞丹莉萍颖洁琳雪梅慧'],
  },
  {
    before: 2000,
    single: 0.3,
    male: ['俊志文嘉浩宇鑫子家晓天明伟一泽思', '杰豪鑫宇浩涛龙超鹏凯博文辉伟林轩航阳斌峰'],
    female: ['雪晓佳思梦嘉雨婷诗文欣静玉美慧雅', '婷雪颖琪悦玲敏欣怡琳洁慧倩丽娜燕瑶丹莹'],
  },
  {
    before: 2010,
    single: 0.14,
    male: ['子浩宇俊博嘉志梓天思家文佳明泽瑞', '轩豪宇杰涵浩然博睿航阳鑫霖文泽晨辰源翔熙'],
    female: ['雨欣思佳梓子诗嘉雅梦语心文怡紫若', '怡涵萱欣雨彤琪悦婷妍颖瑶雯琳菲轩蕾宁茜'],
  },
  {
    before: 9999,
    single: 0.06,
    male: ['沐浩宇奕子梓宸俊睿一泽皓亦嘉铭煜景', '宸泽辰轩然霖睿晨阳航熙逸川言恒宇尘安谦远'],
    female: ['若一梓沐语诗欣可依雨芷思书昕星苡以', '汐熙涵萱悦溪诺宁瑶彤妍晴言禾玥柠安恩墨桐'],
  },
]

/** Parts of the names of peoples whose names are written with a middle dot. */
export const DOTTED = {
  male: ['买买提', '艾力', '吐尔逊', '阿卜杜拉', '玉素甫', '库尔班', '依明', '热合曼', '木拉提', '叶尔江', '巴合提', '努尔兰'],
  female: ['阿依古丽', '帕提古丽', '热娜', '古丽娜尔', '玛依拉', '米热古丽', '阿米娜', '迪丽努尔', '阿依努尔', '沙吾列'],
} as const

/** Han characters and other characters that sound or look alike and are mixed up at counters. */
export const ALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  '丽莉 红宏 英瑛 明铭 芳方 建健 晓小 静靖 华桦 伟玮 志智 燕艳 玲铃 峰锋 辉晖 文雯 子梓 涛滔 强强 杰捷 雪学 嘉佳 欣昕 怡宜 涵函 宇雨'
    .split(' ')
    .map((pair) => [pair[0]!, pair[1]!]),
)
