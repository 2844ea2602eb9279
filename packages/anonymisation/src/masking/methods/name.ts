import { hidden, maskText, stars } from '../mask-text.ts'
import { defineMethod } from '../masking-method.ts'

const COMPOUND = new Set(
  (
    '欧阳 司马 上官 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 令狐 钟离 ' +
    '宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 百里 东郭 ' +
    '南门 呼延 羊舌 微生 梁丘 左丘 东门 西门 南宫 完颜 纳兰 歐陽 司馬 諸葛 聞人 東方 赫連 尉遲 單于 公孫 軒轅 鍾離 長孫 鮮于 端木 南宮'
  ).split(' '),
)
const DOT = /[·•‧・∙⋅]/
const SEVERAL = /[、,;/]/
/** Nearly every name; each character is one of UTF-16, and there is nothing to take apart. */
const USUAL = /^[\u4e00-\u9fff]{2,4}$/

function maskUsual(name: string): string {
  const kept = name.length >= 3 && COMPOUND.has(name.slice(0, 2)) ? 2 : 1
  return name.slice(0, kept) + stars(name.length - kept)
}

function maskOne(name: string): string {
  const chars = [...name]
  if (chars.length < 2) return '*'
  if (DOT.test(name)) {
    const [first = '', ...others] = name.split(DOT).map((part) => part.trim())
    const start = [...first].length > 1 ? first.slice(0, [...first][0]!.length) + stars([...first].length - 1) : '*'
    return [start, ...others.slice(0, 4).map(hidden)].join('·')
  }
  const kept = chars.length >= 3 && chars.length <= 4 && COMPOUND.has(chars[0]! + chars[1]!) ? 2 : 1
  return chars.slice(0, kept).join('') + stars(chars.length - kept)
}

/** Keeps the surname, compound ones whole; of a name with · the first character. Several persons are masked one by one. */
export const name = defineMethod({
  id: 'name',
  titleZh: '姓名：保留姓氏',
  titleEn: 'Name: keep the surname',
  example: { from: '欧阳娜娜', to: '欧阳**' },
  accepts: ['text'],
  output: 'text',
  params: {},
  compile: () =>
    maskText((text) => {
      if (USUAL.test(text)) return maskUsual(text)
      if (!SEVERAL.test(text)) return maskOne(text)
      const parts = text.split(SEVERAL).map((part) => part.trim())
      // Only a real list of Chinese names is taken apart: other text would show one character for every comma.
      const list = parts.length <= 20 && parts.every((part) => /^[\p{Script=Han}·]{2,}$/u.test(part))
      return list ? parts.map(maskOne).join('、') : maskOne(text)
    }),
})
