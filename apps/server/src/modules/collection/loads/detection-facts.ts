import type { Detection, Reason } from '@datong/tabular'
import type { DetectionFacts } from '../tables.ts'

/** The reasons of `@datong/tabular` as sentences; `{name}` is filled from the reason's figures. A code without one is shown as it is. */
const SENTENCES: Readonly<Record<string, string>> = {
  'delimiter/even-records': '按这个分隔符拆分，各行列数最一致',
  'delimiter/one-column': '没有找到分隔符，按一列读取',
  'encoding/ascii-only': '开头只有英文字符，按 UTF-8 读取',
  'encoding/byte-order-mark': '文件以 {encoding} 的字节顺序标记开头',
  'encoding/common-characters': '按 {encoding} 解码，常用字占 {commonPercent}%，乱码占 {brokenPercent}%；另一种编码的常用字占 {otherCommonPercent}%',
  'encoding/damaged-utf-8': '绝大部分是 UTF-8，有 {broken} 处损坏',
  'encoding/latin-letters': '像西欧文字，不像中文编码',
  'encoding/utf-16-zeros': '零字节的分布符合 {encoding}',
  'encoding/valid-utf-8': '按 UTF-8 解码没有错误，含 {characters} 个非英文字符',
  'encoding/workbook': '工作簿自带编码',
  'fields/all-keys': '取 {objects} 个对象的全部键作为信息项',
  'fields/as-header': '各行列数与表头一致',
  'fields/evenly-ragged': '表头 {header} 列，各行都是 {records} 列',
  'fields/most-records': '按多数行的列数',
  'fields/records-differ': '表头 {header} 列，多数行 {records} 列，不一致的行会被剔除',
  'fields/widest-row': '按最宽的行',
  'format/json-array': '内容是 JSON 数组',
  'format/json-object': '内容是含数组的 JSON 对象',
  'format/ndjson': '每行一个 JSON 对象',
  'format/signature': '文件特征表明是 {name}',
  'format/text': '内容是分隔文本',
  'format/zip-with-sheet': '压缩结构内含工作表，是电子表格',
  'header/first-row-is-data': '第一行与下面各行同类，没有表头',
  'header/first-row-recurs': '第一行的内容在下面重复出现，没有表头',
  'header/grouped': '表头有两行，上一行是分组',
  'header/keys': '信息项名称取自对象的键',
  'header/names-are-distinct': '第一行各不相同，作为表头',
  'header/names-over-values': '第一行是文字而下面是数值或日期，作为表头',
  'header/only-row': '只有一行，作为表头',
  'header/second-row-of-names': '表头有两行，第二行是另一种语言的名称',
  'header/title-rows': '表头上方有 {rows} 行标题',
  'header/years-as-names': '第一行是年份，作为表头',
  'import/given': '按给定的设置',
  'sheet/most-rows': '共 {sheets} 张工作表，取行数最多的“{sheet}”',
  'sheet/only-one': '取唯一有内容的工作表“{sheet}”',
}

const sentenceOf = ({ code, params = {} }: Reason): string =>
  (SENTENCES[code] ?? code).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

/** What a load shows of how its file is read, each decision with its reason. */
export function factsOf({ options, decisions }: Detection): DetectionFacts {
  const reasons = Object.values(decisions).flatMap(({ reasons: given }) => given.map(sentenceOf))
  return {
    format: options.format,
    encoding: options.format === 'sheet' ? null : options.encoding,
    delimiter: options.format === 'delimited' ? options.delimiter : null,
    headerRows: options.headerRows,
    skipRows: options.skipRows,
    quote: options.quote,
    sheet: options.sheet ?? null,
    columns: options.names.length,
    reasons: [...new Set(reasons)],
  }
}
