import { streetAddress } from '../addresses.ts'
import { distinct, weightedOf } from '../pick.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

const KINDS = weightedOf<readonly [kind: string, from: number, to: number]>([
  [['路内停车场', 20, 90], 34], [['公共停车场', 80, 420], 30], [['商场配建停车场', 150, 900], 20], [['医院配建停车场', 100, 600], 6], [['枢纽停车场', 300, 1500], 4],
  [['公园景区停车场', 60, 300], 6],
])

export const parking: TableSpec = {
  key: 'parking',
  owner: 'transport',
  entryTitle: { zh: '公共停车场信息', en: 'Public car parks' },
  description: {
    zh: '向社会开放的停车场，含位置、总泊位、充电泊位、无障碍泊位、收费标准和开放时间。',
    en: 'Car parks open to the public: position, spaces, charging and accessible spaces, fee and hours.',
  },
  theme: '交通出行',
  keywords: ['停车', '停车场', '泊位', '充电'],
  updateCycle: 'weekly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '公共停车场.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['停车场编号', 'Number', ''],
    ['停车场名称', 'Name', ''],
    ['停车场类型', 'Kind', ''],
    ['所属区县', 'District', ''],
    ['地址', 'Address', ''],
    ['经度', 'Longitude', 'WGS 84，度'],
    ['纬度', 'Latitude', 'WGS 84，度'],
    ['总泊位数', 'Spaces', '个'],
    ['充电泊位数', 'Charging spaces', '个'],
    ['无障碍泊位数', 'Accessible spaces', '个'],
    ['收费标准（元/小时）', 'Fee per hour', '元/小时'],
    ['开放时间', 'Hours', ''],
    ['管理单位', 'Operator', '企业名称'],
    ['服务电话', 'Telephone', ''],
  ],
  *rows(world, pick) {
    const operators = world.companies.filter(({ industry }) => industry.scope.includes('停车场'))
    const taken = new Set<string>()
    for (let i = 0, count = scaled(world, 820); i < count; i++) {
      const place = pick.one(world.places.communities)
      const [kind, from, to] = pick.weighted(KINDS)
      const spaces = pick.int(from, to)
      const address = streetAddress(pick, place)
      const road = address.slice(address.indexOf(place.town.nameZh) + place.town.nameZh.length).replace(/\d+号$/, '')
      yield [
        `P${place.district.code}${String(i + 1).padStart(4, '0')}`, distinct(taken, (ordinal) => `${place.town.nameZh.slice(0, -2)}${road}${ordinal}${kind}`), kind, place.district.nameZh,
        address, (place.region.longitude + pick.normal(0, 0.004)).toFixed(6), (place.region.latitude + pick.normal(0, 0.004)).toFixed(6),
        String(spaces), String(Math.floor(spaces * pick.fraction() * 0.2)), String(Math.max(1, Math.round(spaces * 0.02))),
        kind === '公园景区停车场' ? '0.0' : `${pick.int(2, 8)}.0`, pick.chance(0.7) ? '00:00-24:00' : '07:00-22:00',
        operators.length === 0 ? pick.one(world.companies).name : pick.one(operators).name, `0338-8${pick.digits(7)}`,
      ]
    }
  },
}

export const bus: TableSpec = {
  key: 'bus-stop',
  owner: 'transport',
  entryTitle: { zh: '公交线路站点信息', en: 'Bus lines and stops' },
  description: {
    zh: '公交线路的途经站点，按线路、方向和站序排列，含首末班时间和票价。',
    en: 'Stops of the bus lines by line, direction and order, with first and last departure and fare.',
  },
  theme: '交通出行',
  keywords: ['公交', '线路', '站点', '出行'],
  updateCycle: 'monthly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '公交线路站点.csv', encoding: 'utf-8-bom', delimiter: ',' },
  fields: [
    ['线路编号', 'Line', ''],
    ['线路名称', 'Name', '起点—终点'],
    ['方向', 'Direction', '上行、下行'],
    ['站序', 'Order', '从 1 开始'],
    ['站点名称', 'Stop', ''],
    ['经度', 'Longitude', 'WGS 84，度'],
    ['纬度', 'Latitude', 'WGS 84，度'],
    ['首班时间', 'First departure', 'HH:MM'],
    ['末班时间', 'Last departure', 'HH:MM'],
    ['票价（元）', 'Fare', '元'],
  ],
  *rows(world, pick) {
    for (let i = 0, count = scaled(world, 90); i < count; i++) {
      const line = `${pick.chance(0.12) ? 'K' : ''}${i + 1}路`
      const stops = Array.from({ length: pick.int(9, 22) }, () => pick.one(world.places.all).region)
        .sort((a, b) => a.longitude - b.longitude)
      const first = `${String(pick.int(5, 6)).padStart(2, '0')}:${pick.one(['00', '15', '30', '45'])}`
      const last = `${pick.int(20, 22)}:${pick.one(['00', '30'])}`
      const fare = pick.one(['1.0', '2.0', '2.0', '3.0'])
      for (const direction of ['上行', '下行']) {
        const way = direction === '上行' ? stops : stops.toReversed()
        const name = `${way[0]!.nameZh}—${way.at(-1)!.nameZh}`
        for (const [order, { nameZh, longitude, latitude }] of way.entries()) {
          yield [line, name, direction, String(order + 1), `${nameZh}站`, longitude.toFixed(6), latitude.toFixed(6), first, last, fare]
        }
      }
    }
  },
}
