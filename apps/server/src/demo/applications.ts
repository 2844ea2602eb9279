import type { Application } from '@datong/contracts'
import type { DemoActor, DemoApplication, DemoStep } from '@datong/demo-city'
import { isAppError } from '@datong/kernel'
import type { GrantRecord } from '../modules/sharing/index.ts'
import { callerOf, entryOf, providerOf, send, sessionOf, type Stage, tableOf } from './context.ts'

/** The consumer files the application. */
export async function fileApplication(stage: Stage, application: DemoApplication, again: boolean): Promise<void> {
  const { progress, datong: { sharing } } = stage
  const { name, fields, filter, purposeCode, purpose, use, legalBasis, delivery, until, renews } = application
  if (progress.state.applications[name] !== undefined) return
  const entryCode = entryOf(stage, application.entryKey)
  const before = again ? await findApplication(stage, application, entryCode) : undefined
  const filed = before ?? await sharing.apply({
    entryCode, fields: [...fields], purposeCode, purpose, use, legalBasis, delivery, until, commitment: true,
    filter: filter.map(({ field, op, value }) => ({ field, op, value: typeof value === 'string' ? value : [...value] })),
    ...(renews === null ? {} : { renews: (await grantOf(stage, application, renews)).id }),
  }, await callerOf(stage, application.applicant))
  await progress.noteApplication(name, filed.id)
}

async function findApplication(stage: Stage, { applicant, purpose }: DemoApplication, entryCode: string): Promise<Application | undefined> {
  const headers = await sessionOf(stage, applicant)
  const answer = await send(stage, { url: `/api/v1/sharing/applications?entryCode=${entryCode}&limit=100`, headers })
  return answer.json<{ items: Application[] }>().items.find((one) => one.purpose === purpose)
}

/** The grant that an application led to, or an earlier one of the same department for the same entry. @throws Error when there is none in use */
export async function grantOf(stage: Stage, { entryKey, consumer, name }: DemoApplication, from = name): Promise<GrantRecord> {
  const { progress, datong: { sharing } } = stage
  const grants = await sharing.grantsOfOrganisation(consumer ?? '', entryOf(stage, entryKey))
  const grant = grants.find(({ application_id }) => application_id === progress.state.applications[from])
  if (grant === undefined) throw new Error(`${from} has no grant`)
  return grant
}

/** A later step of an application, unless it was taken before. */
export async function takeStep(stage: Stage, application: DemoApplication, { by, action, reason, legalBasis, scores }: DemoStep): Promise<void> {
  const id = stage.progress.state.applications[application.name]
  if (id === undefined) throw new Error(`${application.name} was not filed`)
  const users: Record<DemoActor, string> = {
    provider: providerOf(stage, tableOf(stage, application.entryKey).owner), applicant: application.applicant, steward: 'steward', security: 'security',
  }
  const body = { reason, ...(legalBasis === undefined ? {} : { legalBasis }), ...(scores === undefined ? {} : { scores }) }
  try {
    await stage.datong.sharing.act(id, action, body, await callerOf(stage, users[by]))
  } catch (error) {
    if (!isAppError(error) || error.code !== 'sharing/wrong-state') throw error
  }
}
