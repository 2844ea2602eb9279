import { airIndex } from '../air-index.ts'
import { isoOf, monthBefore, monthOf, yearOf } from '../calendar.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

const STATIONS = ['市监测站', '望潮书院', '云汀软件园', '鹭洲双塔', '松浦盐仓', '青屿灯塔', '白沙原雁栖', '海晏植物园'] as const

export const air: TableSpec = {
  key: 'air-quality',
  owner: 'ecology',
  entryTitle: { zh: '空气质量小时监测数据', en: 'Hourly air quality' },
  description: {
    zh: '各空气自动监测站近三个月的小时浓度、空气质量指数、等级和首要污染物。',
    en: 'Hourly concentrations, air quality index, grade and first pollutant of all stations over three months.',
  },
  theme: '生态环境',
  keywords: ['空气质量', 'AQI', 'PM2.5', '监测'],
  updateCycle: 'daily',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '空气质量小时监测.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['监测点编码', 'Station code', ''],
    ['监测点名称', 'Station', ''],
    ['监测时间', 'Time', '北京时间，整点'],
    ['AQI', 'Air quality index', 'HJ 633-2012'],
    ['空气质量等级', 'Grade', '优、良、轻度污染、中度污染、重度污染、严重污染'],
    ['首要污染物', 'First pollutant', 'AQI 不大于 50 时为“—”'],
    ['PM2.5', 'PM2.5', 'µg/m³'],
    ['PM10', 'PM10', 'µg/m³'],
    ['SO2', 'SO2', 'µg/m³'],
    ['NO2', 'NO2', 'µg/m³'],
    ['O3', 'O3', 'µg/m³'],
    ['CO', 'CO', 'mg/m³'],
  ],
  *rows(world, pick) {
    const days = scaled(world, 90)
    for (let day = world.today - days; day < world.today; day++) {
      const winter = Math.cos(((monthOf(day) - 1) / 12) * 2 * Math.PI)
      const weather = Math.max(0.4, pick.normal(1, 0.4))
      for (let hour = 0; hour < 24; hour++) {
        const noon = Math.max(0, Math.sin(((hour - 7) / 12) * Math.PI))
        for (const [station, name] of STATIONS.entries()) {
          const fine = Math.max(3, Math.round((24 + 14 * winter) * weather * pick.normal(1, 0.15) * (1 + station / 40)))
          const coarse = Math.round(fine * pick.normal(1.7, 0.15))
          const ozone = Math.max(8, Math.round((52 - 18 * winter + 95 * noon) * Math.min(1.4, weather) * pick.normal(1, 0.1)))
          const nitrogen = Math.max(4, Math.round((30 + 12 * winter - 14 * noon) * weather * pick.normal(1, 0.2)))
          const { index, grade, first } = airIndex({ 'PM2.5': fine, PM10: coarse, O3: ozone, NO2: nitrogen })
          yield [
            `3399A${String(station + 1).padStart(2, '0')}`, name, `${isoOf(day)} ${String(hour).padStart(2, '0')}:00:00`, String(index), grade, first,
            String(fine), String(coarse), String(Math.max(2, Math.round(pick.normal(8, 2)))), String(nitrogen), String(ozone),
            Math.max(0.2, pick.normal(0.7, 0.15)).toFixed(1),
          ]
        }
      }
    }
  },
}

const RIVERS = ['澜江', '云汀河', '鹭溪', '松浦塘', '南溪', '雁栖水库', '月湖', '盐仓河', '清源渠', '白沙港'] as const
const CLASSES = ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', '劣Ⅴ'] as const
/** Limits of the classes I to V: at most, in mg/L; dissolved oxygen: at least. @see GB 3838-2002 table 1 */
const WATER_LIMITS = { oxygen: [7.5, 6, 5, 3, 2], permanganate: [2, 4, 6, 10, 15], ammonia: [0.15, 0.5, 1, 1.5, 2], phosphorus: [0.02, 0.1, 0.2, 0.3, 0.4] }

const classOf = (value: number, limits: readonly number[], sound: (value: number, limit: number) => boolean): number => {
  const at = limits.findIndex((limit) => sound(value, limit))
  return at < 0 ? 5 : at
}

export const water: TableSpec = {
  key: 'water-quality',
  owner: 'ecology',
  entryTitle: { zh: '地表水水质监测数据', en: 'Surface water quality' },
  description: {
    zh: '全市地表水监测断面的逐月监测结果和水质类别。',
    en: 'Monthly results and class of water at all sections monitored.',
  },
  theme: '生态环境',
  keywords: ['水质', '断面', '地表水', '监测'],
  updateCycle: 'monthly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '地表水水质监测.csv', encoding: 'utf-8-bom', delimiter: ',' },
  fields: [
    ['断面编码', 'Section code', ''],
    ['断面名称', 'Section', ''],
    ['所在水体', 'Water body', ''],
    ['监测年月', 'Month', 'YYYY-MM'],
    ['pH值', 'pH', '无量纲'],
    ['溶解氧', 'Dissolved oxygen', 'mg/L'],
    ['高锰酸盐指数', 'Permanganate index', 'mg/L'],
    ['氨氮', 'Ammonia nitrogen', 'mg/L'],
    ['总磷', 'Total phosphorus', 'mg/L'],
    ['水质类别', 'Class', 'Ⅰ 至 劣Ⅴ，GB 3838-2002'],
  ],
  *rows(world, pick) {
    const sections = Array.from({ length: 30 }, (_, i) => ({
      code: `3399W${String(i + 1).padStart(3, '0')}`, river: RIVERS[i % RIVERS.length]!, name: `${RIVERS[i % RIVERS.length]!}${['上游', '桥', '入海口'][Math.floor(i / 10)]!}断面`,
      load: 0.6 + pick.fraction(),
    }))
    for (let back = scaled(world, 36); back >= 1; back--) {
      for (const { code, name, river, load } of sections) {
        const oxygen = Math.max(1.5, pick.normal(8.4 - 1.6 * load, 0.8))
        const permanganate = Math.max(0.8, pick.normal(3.2 * load, 0.6))
        const ammonia = Math.max(0.03, pick.normal(0.42 * load, 0.14))
        const phosphorus = Math.max(0.01, pick.normal(0.09 * load, 0.03))
        const most = (value: number, limit: number): boolean => value <= limit
        const worst = Math.max(
          classOf(oxygen, WATER_LIMITS.oxygen, (value, limit) => value >= limit), classOf(permanganate, WATER_LIMITS.permanganate, most),
          classOf(ammonia, WATER_LIMITS.ammonia, most), classOf(phosphorus, WATER_LIMITS.phosphorus, most),
        )
        yield [
          code, name, river, monthBefore(world.today, back), pick.normal(7.5, 0.25).toFixed(1), oxygen.toFixed(1), permanganate.toFixed(1),
          ammonia.toFixed(2), phosphorus.toFixed(3), CLASSES[worst]!,
        ]
      }
    }
  },
}

export const complaint: TableSpec = {
  key: 'environment-report',
  owner: 'ecology',
  entryTitle: { zh: '环境违法举报件', en: 'Reports of offences against the environment' },
  description: {
    zh: '公众对环境违法行为的举报和办理情况。举报人信息依法保密，不予共享。',
    en: 'Reports from the public and how they were handled. The reporter is kept confidential by law; not shared.',
  },
  theme: '生态环境',
  keywords: ['举报', '环境执法'],
  updateCycle: 'daily',
  sharingType: 'not-shared',
  legalBasis: '《中华人民共和国环境保护法》第五十七条第三款',
  openingType: 'closed',
  file: { name: '环境违法举报件.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['举报编号', 'Number', ''],
    ['举报日期', 'Date', ''],
    ['举报人', 'Reporter', ''],
    ['举报人电话', "Reporter's telephone", ''],
    ['被举报对象', 'Company reported', ''],
    ['污染类型', 'Kind of pollution', '水、大气、噪声、固废'],
    ['举报内容', 'Content', ''],
    ['办理状态', 'Status', '已办结、办理中、不予受理'],
  ],
  *rows(world, pick) {
    const works = world.companies.filter(({ industry }) => /^[CEH]/.test(industry.code))
    const tellers = world.adults
    for (let i = 0, count = scaled(world, 1_400); i < count; i++) {
      const day = world.today - pick.int(0, 1000)
      const teller = pick.one(tellers)
      const [kind, what] = pick.one([['水', '夜间排放污水，水面发黑有异味'], ['大气', '烟囱冒黑烟，气味刺鼻'], ['噪声', '夜间施工、设备轰鸣，影响休息'], ['固废', '露天堆放废渣，未做覆盖']] as const)
      yield [
        `JB${yearOf(day)}${String(i + 1).padStart(6, '0')}`, isoOf(day), teller.name, teller.phone,
        pick.one(works.length === 0 ? world.companies : works).name, kind, what, pick.chance(0.8) ? '已办结' : pick.one(['办理中', '不予受理']),
      ]
    }
  },
}
