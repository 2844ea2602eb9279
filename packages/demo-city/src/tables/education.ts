import { streetAddress } from '../addresses.ts'
import { personName } from '../names.ts'
import { distinct, weightedOf } from '../pick.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled } from '../world.ts'

const SCHOOLS = weightedOf<readonly [kind: string, word: string, pupils: number, perTeacher: number]>([
  [['幼儿园', '幼儿园', 260, 9], 44], [['小学', '小学', 980, 17], 28], [['初级中学', '中学', 1100, 13], 14], [['高级中学', '高级中学', 1600, 12], 6],
  [['九年一贯制学校', '学校', 1500, 15], 6], [['中等职业学校', '职业技术学校', 2200, 15], 2],
])

export const school: TableSpec = {
  key: 'school',
  owner: 'education',
  entryTitle: { zh: '学校名录', en: 'Schools' },
  description: {
    zh: '全市幼儿园、中小学和中等职业学校，含地址、办学性质、在校生数、专任教师数和经纬度。',
    en: 'Kindergartens, schools and vocational schools: address, kind, pupils, teachers and position.',
  },
  theme: '教育',
  keywords: ['学校', '幼儿园', '小学', '中学', '招生'],
  updateCycle: 'yearly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '学校名录.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['学校标识码', 'School code', '10 位，99 开头不与真实学校重复'],
    ['学校名称', 'Name', ''],
    ['办学类型', 'Kind', ''],
    ['办学性质', 'Public or private', '公办、民办'],
    ['所属区县', 'District', ''],
    ['地址', 'Address', ''],
    ['校长', 'Head', '姓名'],
    ['联系电话', 'Telephone', ''],
    ['在校生数', 'Pupils', '人'],
    ['专任教师数', 'Teachers', '人'],
    ['经度', 'Longitude', 'WGS 84，度'],
    ['纬度', 'Latitude', 'WGS 84，度'],
  ],
  *rows(world, pick) {
    const taken = new Set<string>()
    for (let i = 0, count = scaled(world, 360); i < count; i++) {
      const place = pick.one(world.places.all)
      const [kind, word, size, perTeacher] = pick.weighted(SCHOOLS)
      const pupils = Math.max(40, Math.round(pick.normal(size, size / 3)))
      yield [
        `99${String(i + 1).padStart(8, '0')}`, distinct(taken, (ordinal) => `${place.district.nameZh}${place.region.nameZh.replace(/社区$|村$/, '')}${ordinal}${word}`), kind,
        kind === '幼儿园' && pick.chance(0.5) ? '民办' : pick.chance(0.08) ? '民办' : '公办', place.district.nameZh, streetAddress(pick, place),
        personName(pick, pick.one(['male', 'female']), pick.int(1966, 1986)), `0338-7${pick.digits(7)}`, String(pupils),
        String(Math.max(4, Math.round(pupils / perTeacher))), (place.region.longitude + pick.normal(0, 0.002)).toFixed(6),
        (place.region.latitude + pick.normal(0, 0.002)).toFixed(6),
      ]
    }
  },
}
