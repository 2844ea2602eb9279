import type { Region } from './model.ts'
import { pickerFor, type Picker } from './pick.ts'

/**
 * Divisions 3395 to 3399 have never been given out, so no citizen number, credit code or division code below them can be
 * a real one. The first two digits are those of a province in use, because checks of such numbers ask for one.
 */
export const CITY_CODE = '339900'

/** Divisions of further invented cities, where people who moved in were born. */
export const OTHER_DIVISIONS = ['339802', '339803', '339821', '339782', '339702', '339723', '339602', '339681'] as const

const CENTRE = { longitude: 123.42, latitude: 30.86 }

interface DistrictPlan {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly east: number
  readonly north: number
  readonly subdistricts: readonly string[]
  readonly towns: readonly string[]
}

const plan = (
  code: string, zh: string, en: string, east: number, north: number, subdistricts: string, towns: string,
): DistrictPlan => ({ code, zh, en, east, north, subdistricts: subdistricts.split(' '), towns: towns.split(' ') })

const DISTRICTS: readonly DistrictPlan[] = [
  plan('339902', '望潮区', 'Wangchao District', 0, 0,
    '听涛Tingtao 海晏Haiyan 鼓楼前Gulouqian 书院Shuyuan 长堤Changdi 星桥Xingqiao 临浦Linpu', '潮音Chaoyin'),
  plan('339903', '云汀区', 'Yunting District', 0.11, 0.05, '云汀Yunting 月湖Yuehu 梧桐Wutong 新港Xingang 紫薇Ziwei 软件园Ruanjianyuan',
    '芦花Luhua 沙洲Shazhou'),
  plan('339904', '鹭洲区', 'Luzhou District', -0.12, 0.04, '鹭江Lujiang 白鹭Bailu 双塔Shuangta 石帆Shifan 桂园Guiyuan', '竹屿Zhuyu 南溪Nanxi'),
  plan('339905', '松浦区', 'Songpu District', -0.05, -0.14, '松浦Songpu 东篱Dongli 盐仓Yancang 锦带Jindai', '松陵Songling 三渡Sandu 麦浪Mailang'),
  plan('339921', '青屿县', 'Qingyu County', 0.22, -0.17, '渔歌Yuge', '青屿Qingyu 灯塔Dengta 礁石Jiaoshi 海门塘Haimentang 碧湾Biwan 蓝田埠Lantianbu'),
  plan('339981', '白沙原市', 'Baishayuan City', -0.24, 0.19, '雁栖Yanqi 稻香Daoxiang', '白沙原Baishayuan 清源里Qingyuanli 茶亭Chating 枫桥头Fengqiaotou 禾丰Hefeng'),
]

const VILLAGE_HEADS =
  '春晓Chunxiao 和风Hefeng 朝阳Chaoyang 锦绣Jinxiu 翠湖Cuihu 金沙Jinsha 东湾Dongwan 西埠Xibu 南塘Nantang 北渚Beizhu 石板Shiban 柳岸Liuan ' +
  '杏林Xinglin 桃源Taoyuan 梅坞Meiwu 兰亭里Lantingli 竹溪Zhuxi 菊园Juyuan 荷塘Hetang 枫林Fenglin 松涧Songjian 鹤鸣Heming 鹿苑Luyuan 燕回Yanhui ' +
  '渔港Yugang 帆影Fanying 贝壳Beike 珊瑚Shanhu 潮生Chaosheng 海棠Haitang 银杏Yinxing 红枫Hongfeng 青禾Qinghe 麦田Maitian 稻花Daohua 谷雨Guyu'

const split = (word: string): { zh: string; en: string } => {
  const at = word.search(/[A-Z]/)
  return { zh: word.slice(0, at), en: word.slice(at) }
}

const round = (value: number): number => Math.round(value * 1e5) / 1e5

function villagesOf(town: Region, urban: boolean, pick: Picker): Region[] {
  const heads = VILLAGE_HEADS.split(' ')
  const count = pick.int(6, 10)
  const start = pick.int(0, heads.length - 1)
  return Array.from({ length: count }, (_, i) => {
    const { zh, en } = split(heads[(start + i * 5) % heads.length]!)
    const community = urban || i === 0
    return {
      code: town.code + String(community ? i + 1 : 200 + i).padStart(3, '0'),
      nameZh: zh + (community ? '社区' : '村'),
      nameEn: `${en} ${community ? 'Community' : 'Village'}`,
      level: 'village',
      parent: town.code,
      longitude: round(town.longitude + pick.normal(0, 0.008)),
      latitude: round(town.latitude + pick.normal(0, 0.008)),
    }
  })
}

/** The region tree of the invented city, parents before children. @see GB/T 2260, GB/T 10114 for the shape of the codes */
export function regionsOf(seed: number): Region[] {
  const pick = pickerFor(seed, 'regions')
  const regions: Region[] = [
    { code: CITY_CODE, nameZh: '澜海市', nameEn: 'Lanhai City', level: 'city', parent: null, ...CENTRE },
  ]
  for (const district of DISTRICTS) {
    const longitude = round(CENTRE.longitude + district.east)
    const latitude = round(CENTRE.latitude + district.north)
    regions.push({
      code: district.code, nameZh: district.zh, nameEn: district.en, level: 'county', parent: CITY_CODE, longitude, latitude,
    })
    const towns = [...district.subdistricts.map((word) => ({ word, urban: true })), ...district.towns.map((word) => ({ word, urban: false }))]
    towns.forEach(({ word, urban }, i) => {
      const { zh, en } = split(word)
      const serial = urban ? i + 1 : 100 + i - district.subdistricts.length
      const town: Region = {
        code: district.code + String(serial).padStart(3, '0'),
        nameZh: zh + (urban ? '街道' : '镇'),
        nameEn: `${en} ${urban ? 'Subdistrict' : 'Town'}`,
        level: 'town',
        parent: district.code,
        longitude: round(longitude + pick.normal(0, 0.03)),
        latitude: round(latitude + pick.normal(0, 0.03)),
      }
      regions.push(town, ...villagesOf(town, urban, pick))
    })
  }
  return regions
}
