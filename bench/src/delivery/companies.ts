import { seededRandom } from '@datong/kernel'

/** Columns of the served table; rows are looked up by the first. */
export const COLUMNS = ['登记编号', '企业名称', '法定代表人', '联系电话', '住所', '企业类型', '注册资本', '成立日期', '从业人数', '是否存续'] as const

const PLACES = ['东湖区', '临港区', '北关区', '望海县', '云台县', '长宁镇', '新河镇', '石塘镇']
const TRADES = ['商贸', '科技', '建筑工程', '餐饮管理', '物流', '医疗器械', '文化传媒', '农业开发', '机电设备', '信息技术']
const FIRST = [...'恒瑞鑫宏泰盛德华中天海安永福金明远博达嘉']
const FAMILY = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平']
const KINDS = ['有限责任公司', '股份有限公司', '个人独资企业', '合伙企业']
const SEED = 314_159

export const keyOf = (index: number): string => `LHDJ${String(index).padStart(8, '0')}`

/** One row as texts; the same for the same index, whichever process asks. The people and companies are invented. */
export function companyAt(index: number): readonly string[] {
  const { fraction } = seededRandom(SEED + index)
  const below = (limit: number): number => Math.floor(fraction() * limit)
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? ''
  const place = pick(PLACES)
  const kind = pick(KINDS)
  return [
    keyOf(index),
    `澜海市${pick(FIRST)}${pick(FIRST)}${pick(TRADES)}${kind === '股份有限公司' ? kind : '有限公司'}`,
    pick(FAMILY) + pick(GIVEN) + (fraction() < 0.7 ? pick(GIVEN) : ''),
    // No operator has numbers that begin with 154.
    `154${String(below(100_000_000)).padStart(8, '0')}`,
    `澜海市${place}人民路${1 + below(900)}号${1 + below(30)}室`,
    kind,
    `${1 + below(5_000)}.${below(10)}${1 + below(9)}`,
    `${2000 + below(26)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`,
    String(below(900)),
    fraction() < 0.9 ? '是' : '否',
  ]
}

/** Rows of each company name, in the order of the table: names repeat, as in real registers. */
export function rowsByName(rows: number): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (let index = 0; index < rows; index++) {
    const name = companyAt(index)[1] ?? ''
    const list = found.get(name)
    if (list === undefined) found.set(name, [index])
    else list.push(index)
  }
  return found
}

/** The whole table as CSV, in pieces. */
export function* companiesCsv(rows: number): Generator<string> {
  yield `${COLUMNS.join(',')}\n`
  for (let first = 0; first < rows; first += 1_000) {
    let piece = ''
    for (let index = first; index < Math.min(rows, first + 1_000); index++) piece += `${companyAt(index).join(',')}\n`
    yield piece
  }
}
