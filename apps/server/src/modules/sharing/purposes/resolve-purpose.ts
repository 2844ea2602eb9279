import type { Issue } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import { createPurposeStore } from './purpose-store.ts'
import { recognisePurpose } from './recognise-purpose.ts'

/**
 * The purpose of an application: the one that was chosen, else the one that its text speaks of, else none.
 * @returns an issue for a chosen one that the catalogue does not have or has no more
 */
export async function resolvePurpose(db: Db, { purposeCode, purpose = '' }: { purposeCode?: string; purpose?: string }): Promise<{ code: string | null; issues: Issue[] }> {
  const purposes = createPurposeStore(db)
  if (purposeCode === undefined) return { code: recognisePurpose(purpose, await purposes.list())?.code ?? null, issues: [] }
  const row = await purposes.find(purposeCode)
  if (row !== undefined && row.state !== 'retired') return { code: row.code, issues: [] }
  return { code: null, issues: [{ pointer: '/purposeCode', code: 'unknown-purpose', message: '没有这个用途，或已停用' }] }
}
