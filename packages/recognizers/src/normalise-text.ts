import { halfWidth } from '@datong/kernel'

/** `halfWidth` without the blanks, hyphens and dots that people put between groups of digits. */
export const compact = (value: string): string => halfWidth(value).replace(/[\s\-.·•‐-―]/g, '')

/**
 * A column's name for matching: half width, camel case and separators turned into `_`, lower case.
 * `contactEmail`, `CONTACT EMAIL` and `contact-email` all become `contact_email`.
 */
export function normaliseName(name: string): string {
  return halfWidth(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s\-./\\:()（）[\]【】]+/g, '_')
    .toLowerCase()
}

/**
 * A pattern over normalised names.
 * @param chinese alternatives matched anywhere in the name
 * @param words alternatives matched as whole words between `_`: English, or pinyin initials as old databases use them
 */
export const namePattern = (chinese: string, words: string): RegExp =>
  new RegExp(`${chinese}|(?<![a-z0-9])(?:${words})(?![a-z])`)

const PLACEHOLDER = /^(?:[-—–_*.?？/\\#\s]+|0{4,}|无|無|空|不详|不詳|未知|暂无|暫無|没有|其他|n\/?a|null|none|nil|nan|unknown|\(?blank\)?|tbd|待补|待定|未填)$/i

/** Says nothing about what a column holds: blank, dashes, 无, 不详, 0000, `(blank)`. */
export const saysNothing = (value: string): boolean => value === '' || PLACEHOLDER.test(value)
