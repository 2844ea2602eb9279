import { isoOf } from '../calendar.ts'
import { creditCode } from '../codes.ts'
import { personName } from '../names.ts'
import { streetAddress } from '../addresses.ts'
import { distinct, pickerFor, weightedOf } from '../pick.ts'
import { sexZh, type Person } from '../population.ts'
import type { TableSpec } from '../table-spec.ts'
import { scaled, type World } from '../world.ts'

const HOSPITALS = ['澜海市第一人民医院', '澜海市妇幼保健院', '澜海市中医院', '鹭洲区人民医院', '青屿县人民医院', '松浦区妇幼保健院', '白沙原市人民医院'] as const

type Child = Person & { readonly mother: Person }

/** Children of the last fifteen years whose mother is known. */
const bornHere = (world: World): Child[] =>
  world.persons.filter((person): person is Child => person.age < 15 && person.mother !== undefined)

export const birth: TableSpec = {
  key: 'birth-certificate',
  owner: 'health',
  entryTitle: { zh: '出生医学证明信息', en: 'Medical certificates of birth' },
  description: {
    zh: '助产机构签发的出生医学证明，含新生儿、母亲、父亲的身份信息和出生情况。',
    en: 'Certificates of birth issued by hospitals: child, mother, father and circumstances of birth.',
  },
  theme: '卫生健康',
  keywords: ['出生', '新生儿', '证照', '出生一件事'],
  updateCycle: 'daily',
  sharingType: 'conditional',
  sharingCondition: '限用于户口登记、医保参保、生育津贴等“出生一件事”事项。',
  legalBasis: '《中华人民共和国母婴保健法》第二十三条、第三十四条',
  openingType: 'closed',
  file: { name: '出生医学证明.csv', encoding: 'utf-8', delimiter: ',' },
  fields: [
    ['出生证编号', 'Certificate number', '1 位字母加 9 位数字'],
    ['新生儿姓名', "Child's name", ''],
    ['新生儿性别', "Child's sex", '男、女'],
    ['出生日期', 'Date of birth', ''],
    ['出生孕周', 'Weeks of pregnancy', '周'],
    ['出生体重（克）', 'Weight at birth', '克'],
    ['出生身长（厘米）', 'Length at birth', '厘米'],
    ['母亲姓名', "Mother's name", ''],
    ['母亲身份证号', "Mother's citizen number", ''],
    ['父亲姓名', "Father's name", '未提供时为空'],
    ['父亲身份证号', "Father's citizen number", '未提供时为空'],
    ['家庭住址', 'Home address', ''],
    ['出生医疗机构', 'Hospital', ''],
    ['签发日期', 'Date of issue', ''],
  ],
  *rows(world, pick) {
    for (const [i, child] of bornHere(world).slice(0, scaled(world, 3_000)).entries()) {
      const { mother, father } = child
      yield [
        `Y99${String(i + 1).padStart(7, '0')}`, child.name, sexZh(child.sex), isoOf(child.birthDay), String(Math.round(pick.normal(39, 1.3))),
        String(Math.round(pick.normal(3300, 380))), String(Math.round(pick.normal(50, 1.6))), mother.name, mother.number,
        father?.name ?? '', father?.number ?? '', child.address, pick.one(HOSPITALS),
        isoOf(Math.min(world.today, child.birthDay + pick.int(2, 30))),
      ]
    }
  },
}

const CLINICS = weightedOf<readonly [kind: string, level: string, beds: number]>([
  [['综合医院', '二级', 320], 8], [['中医医院', '二级', 180], 4], [['妇幼保健院', '二级', 120], 3], [['口腔诊所', '未定级', 0], 18],
  [['社区卫生服务中心', '一级', 30], 14], [['社区卫生服务站', '未定级', 0], 22], [['村卫生室', '未定级', 0], 24], [['门诊部', '未定级', 0], 14],
])

export const clinic: TableSpec = {
  key: 'medical-institution',
  owner: 'health',
  entryTitle: { zh: '医疗机构名录', en: 'Medical institutions' },
  description: {
    zh: '依法取得执业许可的医疗机构，含类别、等级、地址、床位、诊疗科目和经纬度。',
    en: 'Licensed medical institutions: kind, grade, address, beds, departments and position.',
  },
  theme: '卫生健康',
  keywords: ['医院', '诊所', '卫生服务中心', '医疗机构'],
  updateCycle: 'quarterly',
  sharingType: 'unconditional',
  openingType: 'open',
  file: { name: '医疗机构名录.csv', encoding: 'utf-8-bom', delimiter: ',' },
  fields: [
    ['机构名称', 'Name', ''],
    ['统一社会信用代码', 'Unified social credit code', '18 位，GB 32100'],
    ['机构类别', 'Kind', ''],
    ['医院等级', 'Grade', '二级、一级、未定级'],
    ['主要负责人', 'Head', '姓名'],
    ['地址', 'Address', ''],
    ['联系电话', 'Telephone', '区号 0338 未分配给任何地区'],
    ['床位数', 'Beds', '张'],
    ['诊疗科目', 'Departments', '以顿号分隔'],
    ['经度', 'Longitude', 'WGS 84，度'],
    ['纬度', 'Latitude', 'WGS 84，度'],
  ],
  *rows(world, pick) {
    const taken = new Set<string>()
    const codes = pickerFor(world.seed, 'clinic-codes')
    for (let i = 0, count = scaled(world, 420); i < count; i++) {
      const place = pick.one(world.places.all)
      const [kind, level, beds] = pick.weighted(CLINICS)
      const sex = pick.one(['male', 'female'] as const)
      const serial = String(i + 1).padStart(3, '0')
      const quarter = place.region.nameZh.replace(/社区$|村$/, '')
      const word = kind === '村卫生室' && place.urban ? '社区卫生服务站' : kind
      yield [
        distinct(taken, (ordinal) => `${place.district.nameZh}${quarter}${ordinal}${word}`),
        creditCode('12', place.district.code, `4${serial}${codes.digits(4)}`), kind, level, personName(pick, sex, pick.int(1962, 1988)),
        streetAddress(pick, place), `0338-6${pick.digits(7)}`, String(beds === 0 ? 0 : Math.max(10, Math.round(pick.normal(beds, beds / 4)))),
        kind.includes('口腔') ? '口腔科' : pick.one(['全科医疗科', '内科、外科、儿科', '内科、中医科', '预防保健科、全科医疗科']),
        (place.region.longitude + pick.normal(0, 0.002)).toFixed(6), (place.region.latitude + pick.normal(0, 0.002)).toFixed(6),
      ]
    }
  },
}
