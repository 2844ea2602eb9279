import { type Random, seededRandom } from '@datong/kernel'

/** Columns of the generated file, one of each kind that departments send. */
export const COLUMNS = ['编号', '姓名', '证照编号', '登记日期', '金额', '数量', '说明', '是否有效'] as const

const ROWS_AT_ONCE = 2_000
const FAMILY_NAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤']
const GIVEN_NAMES = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国志文玉红梅海燕春秀珍荣辉鹏斌宇浩凯健俊帆雪琳慧莹佳欣怡然子轩梓涵一诺']
const WHAT = ['许可证新办', '许可证变更', '许可证延续', '备案登记', '年度报告', '社保补贴申领', '公积金提取', '不动产转移登记']
const OUTCOME = ['，材料齐全，当场办结', '，材料补正后办结', '，转相关科室办理', '，已送达申请人', '', '，经现场核验后办结']

/** Every text that the column 说明 takes. */
export const REMARKS: readonly string[] = WHAT.flatMap((what) => OUTCOME.map((outcome) => what + outcome))

/**
 * The file in pieces: UTF-8 text, a header, then rows of `COLUMNS`; about 85 bytes a row. The same seed gives the same
 * bytes. One value in forty of date, amount and text is missing, as in real files.
 */
export function* generateTable(rows: number, seed: number): Generator<string> {
  const random = seededRandom(seed)
  yield `${COLUMNS.join(',')}\n`
  for (let first = 1; first <= rows; first += ROWS_AT_ONCE) {
    let piece = ''
    const end = Math.min(rows, first + ROWS_AT_ONCE - 1)
    for (let id = first; id <= end; id++) piece += row(id, random)
    yield piece
  }
}

function row(id: number, { fraction }: Random): string {
  const below = (limit: number): number => Math.floor(fraction() * limit)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]! // within the list
  const missing = (text: string): string => (fraction() < 0.025 ? '' : text)
  const name = pick(FAMILY_NAMES) + pick(GIVEN_NAMES) + (fraction() < 0.75 ? pick(GIVEN_NAMES) : '')
  const code = `LH${330_100 + below(20)}${String(below(100_000_000)).padStart(8, '0')}`
  const date = `${2005 + below(21)}-${two(1 + below(12))}-${two(1 + below(28))}`
  const cents = below(100) ** 3 * 10 + below(100)
  const amount = `${Math.floor(cents / 100)}.${two(cents % 100)}`
  return `${id},${name},${code},${missing(date)},${missing(amount)},${below(500)},${missing(pick(WHAT) + pick(OUTCOME))},${fraction() < 0.9 ? '是' : '否'}\n`
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
