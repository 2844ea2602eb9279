import type { DataElement } from './data-element.ts'
import { foldName, hasHan, latinWords, likeness, pinyinOf } from './names.ts'
import type { Reason } from './reason.ts'

/** How well a field's name speaks for an element, 0–1, and by what. */
export interface NameEvidence {
  readonly score: number
  readonly reason: Reason
}

/** Names so general that they say nothing about what they end. */
const GENERAL = new Set(['名称', '地址', '编号', '类型', '类别', '状态', '日期', '时间', '代码', '编码', '金额', '数量', '电话', '等级', '单位', '余额', '证号', '说明', '区域', '街道', '手机', '身份证', '线路', '社区', '乡镇', '年度', '年份', '股东', '主体名称', '数据来源', '国家', '宗教', '床位', '网站', '地区', '案由', '事项', '费率', '学段'])

/** An element's names in the forms that are compared, worked out once. */
export interface NameForms {
  readonly folded: readonly { readonly text: string; readonly shown: string; readonly own: boolean }[]
  readonly initials: ReadonlySet<string>
  readonly pinyin: ReadonlySet<string>
  readonly english: readonly (readonly string[])[]
}

export function nameForms({ name, nameEn, synonyms }: DataElement): NameForms {
  const chinese = [name, ...synonyms].filter(hasHan)
  const spoken = chinese.map(pinyinOf)
  return {
    folded: [name, ...synonyms].map((shown, index) => ({ text: foldName(shown), shown, own: index === 0 })),
    initials: new Set(spoken.map(({ initials }) => initials).filter((one) => one.length >= 2)),
    pinyin: new Set(spoken.map(({ full }) => full).filter((one) => one.length >= 4)),
    english: [nameEn, ...synonyms.filter((one) => !hasHan(one))].map(latinWords).filter((words) => words.length > 0),
  }
}

const evidence = (score: number, kind: Reason['kind'], ...params: string[]): NameEvidence => ({ score, reason: { kind, params } })

/** The best that can be said for an element from a field's names (the likeliest first). */
export function nameEvidence(names: readonly string[], title: string, forms: NameForms): NameEvidence | null {
  let best: NameEvidence | null = null
  const take = (found: NameEvidence | null, factor: number): void => {
    if (found !== null && (best === null || found.score * factor > best.score)) best = { ...found, score: found.score * factor }
  }
  names.forEach((name, index) => take(hasHan(name) ? chineseEvidence(name, forms) : latinEvidence(name, title, forms), index === 0 ? 1 : 0.9))
  return best
}

function chineseEvidence(name: string, { folded }: NameForms): NameEvidence | null {
  let best: NameEvidence | null = null
  for (const { text, shown, own } of folded) {
    const found = compare(name, text, shown, own)
    if (found !== null && (best === null || found.score > best.score)) best = found
  }
  return best
}

function compare(name: string, text: string, shown: string, own: boolean): NameEvidence | null {
  if (name === text) return own ? evidence(1, 'name-equal', shown) : evidence(0.96, 'name-synonym', shown)
  const share = Math.min(name.length, text.length) / Math.max(name.length, text.length)
  // The head of a Chinese name stands last: 母亲姓名 is a name.
  const telling = text.length >= 2 && !GENERAL.has(text)
  if (telling && name.endsWith(text)) return evidence(0.62 + 0.3 * share, 'name-ends', shown)
  if (name.length >= 3 && text.endsWith(name) && !GENERAL.has(name)) return evidence(0.5 + 0.35 * share, 'name-contained', shown)
  if (telling && text.length >= 3 && name.includes(text)) return evidence(0.45 + 0.3 * share, 'name-contains', shown)
  const alike = likeness(name, text)
  return alike >= 0.6 ? evidence(0.8 * alike, 'name-alike', shown) : null
}

/** Letters needed for initials to say something: XM may be 姓名 or 项目. */
const INITIALS_SCORE: Readonly<Record<number, number>> = { 2: 0.62, 3: 0.74, 4: 0.84 }

function latinEvidence(name: string, title: string, { folded, initials, pinyin, english }: NameForms): NameEvidence | null {
  const equal = folded.find(({ text }) => text === name)
  if (equal !== undefined) return evidence(0.96, 'name-synonym', equal.shown)
  const words = latinWords(title)
  const joined = words.join('')
  if (initials.has(joined)) return evidence(INITIALS_SCORE[joined.length] ?? 0.9, 'name-initials', joined)
  if (pinyin.has(joined)) return evidence(0.93, 'name-pinyin', joined)
  const part = words.length > 1 ? words.find((word) => word.length >= 3 && (initials.has(word) || pinyin.has(word))) : undefined
  if (part !== undefined) return evidence(0.7, 'name-initials', part)
  let best: NameEvidence | null = null
  for (const other of english) {
    const shared = other.filter((word) => words.includes(word)).length
    if (shared === 0) continue
    const overlap = (2 * shared) / (other.length + words.length)
    const found = overlap === 1 ? evidence(0.92, 'name-english', other.join(' ')) : overlap >= 0.6 ? evidence(0.75 * overlap, 'name-words', other.join(' ')) : null
    if (found !== null && (best === null || found.score > best.score)) best = found
  }
  return best
}
