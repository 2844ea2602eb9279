import { licenceIdOf, type CkanPackage } from '@datong/catalog-metadata'
import { type BodyOf, operations, THEMES } from '@datong/contracts'
import { inTransaction } from '@datong/metadata-store'
import { Type } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { holds } from '../../../../platform/caller.ts'
import type { EntryImport } from '../../../catalog/index.ts'
import type { ActionCall, Actions, CkanDeps } from '../action.ts'
import { denied, invalid } from '../ckan-error.ts'
import { findEntry, organisationOf } from '../look-up.ts'
import { objectOf, requiredText, textOf } from '../parameters.ts'

type Patch = BodyOf<typeof operations.updateEntry>

/**
 * Changes by a provider with his token. They go through the catalogue's own commands: what is made is a draft of his department, nothing is published here, and
 * to delete is to withdraw.
 */
export function writingActions(deps: CkanDeps): Actions {
  const shown = async (code: string, { caller, base }: ActionCall): Promise<CkanPackage> => deps.packageOf(await findEntry(deps, code, caller), base)
  const change = async (call: ActionCall): Promise<CkanPackage> => {
    const { code } = await findEntry(deps, requiredText(call.data, 'id'), call.caller)
    await deps.catalog.edit(code, patchOf(call.data), call.caller)
    return shown(code, call)
  }
  return {
    package_create: {
      writes: true,
      help: 'Makes a draft of the caller’s department.\n\n:param title: required\n:param notes, tags, groups, license_id, maintainer, maintainer_email, extras (title_en, frequency)\n:param resources: list of {name, url, format, mimetype}, kept as links\n:param owner_org: the caller’s department, if given',
      run: async (call) => {
        const { caller, data } = call
        const { organisation } = caller
        if (!holds(caller, 'provider') || organisation === null) throw denied('User not authorized to create packages')
        const owner = textOf(data, 'owner_org')
        if (owner !== undefined && organisationOf(deps, owner)?.code !== organisation) throw invalid({ owner_org: ['You cannot add a dataset to this organization'] })
        const { title = textOf(data, 'name'), ...patch } = patchOf(data)
        if (title === undefined) throw invalid({ title: ['Missing value'] })
        // Whole or not at all: a draft that could not be described would stay behind.
        const { entry } = await inTransaction(deps.db, (trx) => deps.catalog.importEntry(trx, { ...draftOf(patch), organisation, title, state: 'draft', reason: 'package_create' }, caller.actor))
        return shown(entry.code, call)
      },
    },
    package_update: { writes: true, help: 'Changes what is given of a description.\n\n:param id: id or name; the rest as in package_create', run: change },
    package_patch: { writes: true, help: 'Changes what is given of a description.\n\n:param id: id or name; the rest as in package_create', run: change },
    package_delete: {
      writes: true,
      help: 'Withdraws a data set, with the notice that the platform gives its users.\n\n:param id: id or name\n:param reason: why',
      run: async ({ data, caller }) => {
        const { code } = await findEntry(deps, requiredText(data, 'id'), caller)
        await deps.catalog.act(code, 'withdraw', { reason: textOf(data, 'reason') ?? 'package_delete' }, caller)
        return null
      },
    },
    resource_create: {
      writes: true,
      help: 'Adds a link to a file or interface elsewhere.\n\n:param package_id: id or name\n:param url: the address\n:param name, format, mimetype',
      run: async (call) => {
        const { code, links } = await findEntry(deps, requiredText(call.data, 'package_id'), call.caller)
        const added = [...links, linkOf(call.data)]
        await deps.catalog.edit(code, checked({ links: added }), call.caller)
        const { resources } = await shown(code, call)
        return resources.at(-1)
      },
    },
  }
}

/** What a package can say of a new entry. */
function draftOf({ summary, keywords, theme, licence, contact, contactEmail, contactPhone, titleEn, updateCycle, links }: Patch): Omit<EntryImport, 'organisation' | 'title'> {
  const said = { summary, keywords, theme, licence, contact, contactEmail, contactPhone, titleEn, updateCycle, links }
  // Members without a value say nothing.
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Omit<EntryImport, 'organisation' | 'title'>
}

/** What a package says, as a change of an entry. @throws CkanError 409 with CKAN's names of the fields */
function patchOf(data: ActionCall['data']): Patch {
  const extras = extrasOf(data)
  const licence = textOf(data, 'license_id')
  const frequency = extras['frequency']
  const group = listOfObjects(data, 'groups')?.map(({ name, id }) => String(name ?? id ?? '')).find((name) => THEMES.some((theme) => theme === name))
  const tags = listOfObjects(data, 'tags')?.map(({ name }) => String(name ?? ''))
  const said: Record<string, unknown> = {
    title: textOf(data, 'title'), summary: typeof data['notes'] === 'string' ? data['notes'] : undefined,
    keywords: tags ?? textOf(data, 'tag_string')?.split(',').map((tag) => tag.trim()), theme: group,
    licence: licence === undefined ? undefined : licence === 'notspecified' ? '' : (licenceIdOf(licence) ?? licence),
    contact: textOf(data, 'maintainer'), contactEmail: textOf(data, 'maintainer_email'), contactPhone: extras['contact_phone'],
    titleEn: extras['title_en'], updateCycle: frequency, links: listOfObjects(data, 'resources')?.filter(({ url }) => typeof url === 'string').map(linkOf), reason: textOf(data, 'reason'),
  }
  return checked(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)))
}

/** The names that CKAN has for ours. */
const CKAN_NAMES: Readonly<Record<string, string>> = { summary: 'notes', keywords: 'tags', theme: 'groups', licence: 'license_id', contact: 'maintainer', contactEmail: 'maintainer_email', links: 'resources', titleEn: 'extras', updateCycle: 'extras', contactPhone: 'extras' }

const schema = Type.Object(operations.updateEntry.body?.properties ?? {}, { additionalProperties: false })

function checked(patch: Record<string, unknown>): Patch {
  if (Check(schema, patch)) return patch
  const fields: Record<string, string[]> = {}
  for (const { instancePath, message } of Errors(schema, patch)) {
    const name = instancePath.split('/')[1] ?? ''
    ;(fields[CKAN_NAMES[name] ?? (name === '' ? 'message' : name)] ??= []).push(message)
  }
  throw invalid(fields)
}

function listOfObjects(data: ActionCall['data'], name: string): Record<string, unknown>[] | undefined {
  const value = data[name]
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length > 200) throw invalid({ [name]: ['Not a list of dictionaries'] })
  return value.map((one: unknown) => objectOf(one) ?? {})
}

function extrasOf(data: ActionCall['data']): Record<string, string> {
  return Object.fromEntries((listOfObjects(data, 'extras') ?? []).map(({ key, value }) => [String(key), String(value)]))
}

function linkOf(resource: Readonly<Record<string, unknown>>): { title: string; url: string; format: string; mediaType: string } {
  if (resource['upload'] !== undefined) throw invalid({ upload: ['Load files by POST /api/v1/collection/uploads'] })
  const url = textOf(resource, 'url')
  if (url === undefined) throw invalid({ url: ['Missing value'] })
  return { title: textOf(resource, 'name') ?? '', url, format: textOf(resource, 'format') ?? '', mediaType: textOf(resource, 'mimetype') ?? '' }
}
