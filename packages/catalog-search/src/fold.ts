import { Converter } from 'opencc-js/t2cn'

const HAN_FROM = 0x3400
const HAN_TO = 0x9fff
/** Diacritics are dropped from Latin, Greek and Cyrillic only: elsewhere they make another letter. */
const ALPHABETS_END = 0x530

let table: Uint16Array | undefined

/**
 * One form for all ways of writing a character: full width and half width, upper and lower case, accents, traditional and
 * simplified script (with the variants of Taiwan and Hong Kong).
 * @returns a text of the same length in UTF-16 units, so that a place in it is the same place in `text`
 * @see opencc-js, the tables of OpenCC; used character by character, on both sides of the search
 */
export function fold(text: string): string {
  table ??= buildTable()
  let folded = ''
  let same = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const to = table[unit] ?? unit // the table has every unit
    if (to === unit) continue
    // Most texts are plain already: only what differs is written anew.
    folded += text.slice(same, at) + String.fromCharCode(to)
    same = at + 1
  }
  return same === 0 ? text : folded + text.slice(same)
}

function buildTable(): Uint16Array {
  const folded = new Uint16Array(65_536)
  for (let unit = 0; unit < folded.length; unit++) folded[unit] = plainUnit(unit)
  for (const from of ['t', 'tw', 'hk'] as const) simplify(folded, from)
  return folded
}

function plainUnit(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit
  const parts = String.fromCharCode(unit).normalize('NFKD')
  const bare = parts.replace(/\p{M}/gu, '')
  const plain = parts.length === 1 || (bare.length === 1 && bare.charCodeAt(0) < ALPHABETS_END) ? bare : ''
  const lower = (plain === '' ? String.fromCharCode(unit) : plain).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
}

/** Characters go through the converter one a line: phrases would change others than a text that is read by character. */
function simplify(folded: Uint16Array, from: 't' | 'tw' | 'hk'): void {
  const characters = Array.from({ length: HAN_TO - HAN_FROM + 1 }, (_, step) => String.fromCharCode(HAN_FROM + step))
  const simple = Converter({ from, to: 'cn' })(characters.join('\n')).split('\n')
  for (const [step, to] of simple.entries()) {
    const at = HAN_FROM + step
    if (to.length === 1 && folded[at] === at) folded[at] = to.charCodeAt(0)
  }
  // What was compatibility writing of a traditional character follows it.
  for (let unit = 0; unit < folded.length; unit++) folded[unit] = folded[folded[unit] ?? unit] ?? unit
}
