/** What people write to have written something. In lower case; SQL compares `lower(trim(value))` with them. */
export const PLACEHOLDERS: readonly string[] = (
  '无 無 没有 暂无 暫無 不详 不詳 未知 未填 未填写 待补 待补充 待定 空 空白 略 同上 不明 无此项 无数据 测试 ' +
  'null none nil nan n/a na #n/a #value! #ref! unknown undefined tbd blank (blank) test xxx xxxx . .. … ? ?? / \\ - -- --- ---- — —— _ * ** ***'
).split(' ')

const WORDS: ReadonlySet<string> = new Set(PLACEHOLDERS)

/** Days on which nothing happened, with or without a time; RE2 and JavaScript read it alike. */
export const PLACEHOLDER_DAYS = '(?:0001|1900)-01-01(?:[Tt ].*)?|9999-12-31(?:[Tt ].*)?'
/** The day on which computers begin to count: nobody's day rather often, and somebody's birthday now and then. */
export const DOUBTFUL_DAY = '1970-01-01(?:[Tt ].*)?'
/** Runs of one digit that fill an obligatory field: 0000, 99999999; and such days. */
export const PLACEHOLDER_RUNS = `\\s*(?:0{4,}|9{6,}|1{8,}|${PLACEHOLDER_DAYS})\\s*`
const RUN = new RegExp(`^(?:${PLACEHOLDER_RUNS})$`)

/** Whether a value only pretends to be one. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase()
  return WORDS.has(text) || RUN.test(text)
}
