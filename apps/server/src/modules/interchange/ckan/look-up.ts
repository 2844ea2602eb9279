import { ckanDatasetId, ckanName, ckanNameId, codeInCkanId, type CkanPackage, type CkanResource } from '@datong/catalog-metadata'
import type { Organisation } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { ActionCall, CkanDeps } from './action.ts'
import { notFound } from './ckan-error.ts'

const CODE = /^[1-9][0-9]{5,11}-[0-9]{6}$/

/** The entry's code for what callers name: a package by id or name, or one of its resources by id. */
export function codeOf(words: string): string | undefined {
  const name = words.trim()
  if (CODE.test(name)) return name
  return codeInCkanId(name, 'dataset') ?? codeInCkanId(name, 'resource')
}

/** @throws CkanError 404 alike for what does not exist and what the caller may not see */
export async function findEntry({ catalog }: CkanDeps, idOrName: string, caller: Caller): Promise<EntryRecord> {
  const code = CODE.test(idOrName.trim()) ? idOrName.trim() : codeInCkanId(idOrName.trim(), 'dataset')
  if (code === undefined) throw notFound()
  try {
    return await catalog.requireVisible(code, caller)
  } catch (error) {
    throw isAppError(error) && error.code === 'request/not-found' ? notFound() : error
  }
}

export async function findPackage(deps: CkanDeps, idOrName: string, { caller, base }: Pick<ActionCall, 'caller' | 'base'>): Promise<CkanPackage> {
  return deps.packageOf(await findEntry(deps, idOrName, caller), base)
}

/** @throws CkanError 404 */
export async function findResource(deps: CkanDeps, id: string, call: Pick<ActionCall, 'caller' | 'base'>): Promise<CkanResource> {
  const code = codeInCkanId(id.trim(), 'resource')
  const found = code === undefined ? undefined : (await findPackage(deps, ckanDatasetId(code), call)).resources.find((resource) => resource.id === id.trim().toLowerCase())
  if (found === undefined) throw notFound()
  return found
}

/** An organisation by id or name; names are its code in lower case. */
export function organisationOf({ organisations }: Pick<CkanDeps, 'organisations'>, words: string): Organisation | undefined {
  const name = words.trim()
  return organisations.find(name.toUpperCase()) ?? organisations.list().find(({ code }) => ckanNameId('organization', code) === name.toLowerCase() || ckanName(code) === name.toLowerCase())
}
