import { pinyin } from 'pinyin-pro'

const HAN = /\p{Script=Han}/u
/** What brackets at the end of a field's name hold when it is a unit and no name. */
const UNITS = /^(万元|元|亿元|千元|元\/月|人|户|个|家|次|件|张|份|天|日|月|年|岁|周|克|千克|公斤|吨|米|厘米|毫米|公里|千米|平方米|㎡|m2|公顷|亩|立方米|度|%|‰|百分比|mg\/l|[µμu]g\/m[³3]|小时|分钟|位|必填|选填)$/i

export const hasHan = (text: string): boolean => HAN.test(text)

/** A name as it is compared: one width, lower case, without spaces, separators and numbers of the column. */
export const foldName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[\s　·•、,，.。:：;；_\-—/\\*#"'“”‘’]+/g, '').replace(/^\d+(?=\D)/, '')

/** The names that a field's title may stand for, the likeliest first: without its unit, then what brackets hold as another name. */
export function readName(title: string): { readonly names: readonly string[]; readonly unit: string | null } {
  const text = title.normalize('NFKC').trim()
  const inside = [...text.matchAll(/[(（[【]([^)）\]】]*)[)）\]】]/g)].map(([, held = '']) => held.trim()).filter((held) => held !== '')
  const bare = text.replace(/[(（[【][^)）\]】]*[)）\]】]/g, '')
  const unit = inside.find((held) => UNITS.test(held)) ?? null
  const others = inside.filter((held) => !UNITS.test(held))
  return { names: [...new Set([bare, ...others].map(foldName).filter((name) => name !== ''))], unit }
}

/** Words of a Latin name: `regCapital_CNY2` gives reg, capital, cny. */
export const latinWords = (name: string): string[] =>
  name.normalize('NFKC').replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/).filter((word) => word !== '')

/** Pinyin of a name without tones: initials (`gmsfhm`) and in full (`gongminshenfenhaoma`). Letters in it stay. */
export function pinyinOf(name: string): { readonly initials: string; readonly full: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((one) => one.toLowerCase().replace(/[^a-z]/g, ''))
  const parts = syllables.filter((one) => one !== '')
  return { initials: parts.map((one) => (HAN.test(name) ? one[0] : one)).join(''), full: parts.join('') }
}

const pairsOf = (text: string): string[] => {
  const letters = [...text]
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => letters[index]! + letter) // index runs one behind
}

/** Dice's coefficient of neighbouring letters, 0–1. */
export function likeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  const rest = [...right]
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
  return (2 * shared.length) / (left.length + right.length)
}
