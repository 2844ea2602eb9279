import { licenceById } from '@datong/contracts'
import type { Issue } from '@datong/kernel'
import type { CatalogContext } from '../context.ts'
import { same } from '../revisions/same.ts'
import type { EntryRecord } from './entry.ts'
import { weaker } from './patch-fields.ts'

/** What loosens the sharing of a published entry, or widens who sees it. */
const REVIEWED = ['sharingType', 'sharingCondition', 'sharingWays', 'legalBasis', 'openingType', 'openingCondition', 'visibility', 'visibleTo'] as const

/** What a provider alone may not do to a published entry. */
export function loosened(before: EntryRecord, after: EntryRecord): Issue[] {
  const issues: Issue[] = []
  const needsReview = (pointer: string): number => issues.push({ pointer, code: 'needs-review', message: '已发布条目的这一项须由数据主管部门修改' })
  for (const key of REVIEWED) if (!same(before[key], after[key])) needsReview(`/${key}`)
  after.fields.forEach((field, index) => {
    const old = before.fields[index]
    if (old === undefined) return
    if (weaker(field.grade, old.grade)) needsReview(`/fields/${index}/grade`)
    if (old.masking !== null && field.masking !== old.masking) needsReview(`/fields/${index}/masking`)
    if ((field.owner ?? null) !== (old.owner ?? null)) needsReview(`/fields/${index}/owner`)
  })
  return issues
}

/** A number as people write it, with one or several extensions. */
const PHONE = /^[+()（）\d\s–-]{5,}(?:(?:转|轉|分机|分機|ext\.?|[#＃])\s*\d[\d\s、,，~-]*)?$/i

/** What is wrong with the values themselves, whatever the state: only those that the edit changes. */
export function wrongValues(before: EntryRecord, after: EntryRecord, { organisations, divisionName }: Pick<CatalogContext, 'organisations' | 'divisionName'>): Issue[] {
  const issues: Issue[] = []
  const add = (pointer: string, code: string, message: string): number => issues.push({ pointer, code, message })
  if (after.licence !== before.licence && licenceById(after.licence) === undefined) add('/licence', 'unknown-licence', `许可清单中没有“${after.licence}”`)
  const division = after.spatial?.division
  if (division !== undefined && division !== before.spatial?.division && divisionName !== undefined && divisionName(division) === undefined) {
    add('/spatial/division', 'unknown-division', `没有行政区划代码 ${division}`)
  }
  const { from, to } = after.temporal ?? { from: null, to: null }
  if (from !== null && to !== null && from > to) add('/temporal/to', 'before-from', '时间范围的结束早于开始')
  if (after.contactEmail !== '' && after.contactEmail !== before.contactEmail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(after.contactEmail)) {
    add('/contactEmail', 'wrong-form', '邮箱地址的格式不对')
  }
  if (after.contactPhone !== '' && after.contactPhone !== before.contactPhone && !PHONE.test(after.contactPhone)) {
    add('/contactPhone', 'wrong-form', '电话号码的格式不对')
  }
  if (after.visibility === 'named' && after.visibleTo.length === 0) add('/visibleTo', 'missing', '请指定可以看到目录的部门')
  after.visibleTo.forEach((code, index) => {
    // An organisation that is not known has its code for a name.
    if (!before.visibleTo.includes(code) && organisations.ref(code).name === code) add(`/visibleTo/${index}`, 'unknown-organisation', `没有部门“${code}”`)
  })
  return issues
}
