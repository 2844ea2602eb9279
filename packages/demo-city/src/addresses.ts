import type { Region } from './model.ts'
import { pickerFor, weightedOf, type Picker, type Weighted } from './pick.ts'

const ROAD_HEADS = '海晏 观潮 云汀 松涛 明月 清风 揽星 望江 渔火 锦帆 紫藤 芳草 竹影 梧桐 书香 朝霞 秋实 春华 听雨 踏浪 长风 归帆 碧波 鸣鹤'.split(' ')
const ROAD_TAILS = ['路', '路', '路', '大道', '街', '巷']
const ESTATES = '锦绣花园 碧海名邸 望潮雅苑 云汀华府 松浦人家 翠湖山庄 星河湾里 和润佳园 江南里 鹭洲公馆 春晓新村 学府雅居 海上明月 金色家园 阳光水岸 东方丽景'.split(' ')

/** A place where people live or work: a village or community with the roads and estates of its town. */
export interface Place {
  readonly region: Region
  readonly town: Region
  readonly district: Region
  readonly urban: boolean
  readonly roads: readonly string[]
  readonly estates: readonly string[]
}

export interface Places {
  readonly all: readonly Place[]
  /** By where people live: communities five times as likely as villages. */
  readonly byPeople: Weighted<Place>
  readonly communities: readonly Place[]
}

export function placesOf(seed: number, regions: readonly Region[]): Places {
  const pick = pickerFor(seed, 'places')
  const byCode = new Map(regions.map((region) => [region.code, region]))
  const roadsOfTown = new Map<string, string[]>()
  const all = regions.filter(({ level }) => level === 'village').map((region): Place => {
    const town = byCode.get(region.parent!)!
    let roads = roadsOfTown.get(town.code)
    if (roads === undefined) {
      roads = Array.from({ length: 6 }, () => pick.one(ROAD_HEADS) + pick.one(ROAD_TAILS))
      roadsOfTown.set(town.code, roads)
    }
    return {
      region, town, roads,
      district: byCode.get(town.parent!)!,
      urban: region.nameZh.endsWith('社区'),
      estates: [pick.one(ESTATES), pick.one(ESTATES), pick.one(ESTATES)],
    }
  })
  return {
    all,
    byPeople: weightedOf(all.map((place): [Place, number] => [place, place.urban ? 5 : 1])),
    communities: all.filter(({ urban }) => urban),
  }
}

/** The address without the flat, down to the house number. */
export function streetAddress(pick: Picker, place: Place): string {
  return `澜海市${place.district.nameZh}${place.town.nameZh}${pick.one(place.roads)}${pick.int(1, 399)}号`
}

/** Where a household lives: a flat on an estate, or a house in a village. */
export function homeAddress(pick: Picker, place: Place): string {
  if (!place.urban) {
    return `澜海市${place.district.nameZh}${place.town.nameZh}${place.region.nameZh}${pick.int(1, 12)}组${pick.int(1, 180)}号`
  }
  const flat = `${pick.int(1, 28)}${pick.int(1, 4).toString().padStart(2, '0')}室`
  return `${streetAddress(pick, place)}${pick.one(place.estates)}${pick.int(1, 32)}幢${pick.int(1, 4)}单元${flat}`
}

/** Where a company has its seat. */
export function seatAddress(pick: Picker, place: Place): string {
  const room = pick.chance(0.7) ? `${pick.int(1, 26)}楼${pick.int(1, 26)}${String(pick.int(1, 18)).padStart(2, '0')}室` : ''
  return streetAddress(pick, place) + (room === '' ? '' : pick.one(['A座', 'B座', '1号楼', '2号楼', '3幢', '']) + room)
}
