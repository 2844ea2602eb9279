import type { VersionRule } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { Lake, LakeVersion } from '../deps.ts'

/**
 * The version that a plan delivers: the current one, unless the grant is fixed to another.
 * @throws AppError `delivery/no-data` before the first version; `delivery/version-gone` when the one that was granted is kept
 *   no more: another in its place would not be what was granted
 */
export async function versionOf(lake: Lake, entryCode: string, rule: VersionRule = { kind: 'current' }): Promise<LakeVersion> {
  const version = rule.kind === 'fixed' ? await lake.version(entryCode, rule.version) : await lake.current(entryCode)
  if (version !== undefined) return version
  throw rule.kind === 'fixed' ? new AppError('delivery/version-gone', { code: entryCode, version: rule.version }) : new AppError('delivery/no-data', { code: entryCode })
}
