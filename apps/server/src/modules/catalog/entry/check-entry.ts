import type { Issue } from '@datong/kernel'
import type { EntryRecord } from './entry.ts'

const issue = (pointer: string, code: string, message: string): Issue => ({ pointer, code, message })

/** What is still missing before an entry can be reviewed; core metadata of 《政务信息资源目录编制指南》. All issues at once. */
export function missingForReview(entry: EntryRecord): Issue[] {
  const issues: Issue[] = []
  if (entry.summary.trim() === '') issues.push(issue('/summary', 'missing', '请填写摘要'))
  if (entry.links.length === 0 && (entry.version === null || entry.fields.length === 0)) issues.push(issue('/version', 'no-data', '还没有数据版本，请先上传文件，或登记数据所在的链接'))
  if (entry.sharingType === null) issues.push(issue('/sharingType', 'missing', '请选择共享属性'))
  if (entry.sharingType !== null && entry.sharingType !== 'not-shared' && entry.sharingWays.length === 0) issues.push(issue('/sharingWays', 'missing', '请选择共享方式'))
  if (entry.sharingType === 'conditional' && entry.sharingCondition.trim() === '') issues.push(issue('/sharingCondition', 'missing', '有条件共享须写明共享条件'))
  if (entry.sharingType === 'not-shared' && entry.legalBasis.trim() === '') issues.push(issue('/legalBasis', 'missing', '不予共享须写明法律、行政法规或者国务院决定依据'))
  if (entry.openingType === null) issues.push(issue('/openingType', 'missing', '请选择开放属性'))
  return [...issues, ...releaseRisks(entry)]
}

/**
 * The release gate (E2): what opens to everyone carries no secret field, and internal fields only masked.
 */
export function releaseRisks(entry: EntryRecord): Issue[] {
  if (entry.openingType !== 'open') return []
  return entry.fields.flatMap((field, index) => {
    const pointer = `/fields/${index}`
    if (field.grade === 'secret' || field.grade === 'top-secret') return [issue(pointer, 'too-secret-to-open', `信息项“${field.name}”的分级不允许无条件开放`)]
    if (field.grade === 'internal' && field.masking === null) return [issue(pointer, 'unmasked-internal', `内部信息项“${field.name}”开放前须脱敏`)]
    return []
  })
}
