/**
 * UTF-8 that was read as GB18030. Three bytes of a Chinese character, 11100xxx 10xxxxxx 10xxxxxx, become one and a half characters of
 * two bytes each; turned back into bytes they are UTF-8 again, which real text in two or more characters is next to never.
 */

const FIRST_LEAD = 0x81
const LAST_LEAD = 0xfe
const FIRST_TRAIL = 0x40
const LAST_TRAIL = 0xfe
/** First bytes of the three of a common Chinese character, and the range of the two that follow. */
const HAN_LEADS = [0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9]
const FIRST_FOLLOWING = 0x80
const LAST_FOLLOWING = 0xbf
/** Share of the bytes that must come out as Chinese characters; the rest was lost on the way. */
const ENOUGH = 0.5

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const GB18030 = new TextDecoder('gb18030')
const decode = (lead: number, trail: number): string => GB18030.decode(Uint8Array.of(lead, trail))

/** Characters of the given lead and trail bytes, as a class of a regular expression. */
function classOf(leads: readonly number[], trails: readonly number[]): string {
  const signs = leads.flatMap((lead) => trails.map((trail) => decode(lead, trail))).filter((sign) => /^[^\0-\x7f\ufffd]$/u.test(sign))
  return `[${[...new Set(signs)].join('')}]`
}

const FOLLOWING = range(FIRST_FOLLOWING, LAST_FOLLOWING).filter((byte) => byte !== 0x7f && byte !== 0x80)

/** The byte 80 begins no character of two bytes; alone it is read so. */
const ALONE = '€'

/** RE2 and JavaScript: two characters in a row as the first four bytes of two Chinese characters look. */
export const MOJIBAKE_SUSPECTS = `${classOf(HAN_LEADS, [0x80, ...FOLLOWING])}(?:${classOf(FOLLOWING, HAN_LEADS)}|${ALONE})`
const SUSPECTS = new RegExp(MOJIBAKE_SUSPECTS, 'u')

let bytesOf: ReadonlyMap<string, readonly [number, number]> | undefined

/** Two bytes of each character; made when the first suspect comes. */
function gbkBytes(): ReadonlyMap<string, readonly [number, number]> {
  if (bytesOf !== undefined) return bytesOf
  const map = new Map<string, readonly [number, number]>()
  for (const lead of range(FIRST_LEAD, LAST_LEAD)) {
    for (const trail of range(FIRST_TRAIL, LAST_TRAIL)) if (trail !== 0x7f) map.set(decode(lead, trail), [lead, trail])
  }
  return (bytesOf = map)
}

/** Whether a text is UTF-8 that was read as GB18030, whole or for the greater part. */
export function isMojibake(text: string): boolean {
  if (!SUSPECTS.test(text)) return false
  const map = gbkBytes()
  const bytes: number[] = []
  for (const sign of text) {
    const pair = map.get(sign)
    if (sign === ALONE) bytes.push(FIRST_FOLLOWING)
    else if (pair !== undefined) bytes.push(...pair)
    else if (sign.charCodeAt(0) > 0x7f) bytes.push(0xff)
  }
  const back = new TextDecoder('utf-8').decode(Uint8Array.from(bytes))
  const han = back.match(/\p{Script=Han}/gu)?.length ?? 0
  return (han * 3) / bytes.length >= ENOUGH
}
