import type { Application, ApplicationAction } from '@datong/contracts'
import type { DemoApplication } from '@datong/demo-city'
import { isAppError } from '@datong/kernel'
import { callerOf, entryOf, providerOf, send, sessionOf, type Stage, tableOf } from './context.ts'

/** Its place in the story, for noting it down. */
export const nameOf = (application: DemoApplication): string => `${application.entryKey} by ${application.applicant}`

/** The consumer files the application. */
export async function fileApplication(stage: Stage, application: DemoApplication, again: boolean): Promise<void> {
  const { progress, datong: { sharing } } = stage
  const name = nameOf(application)
  if (progress.state.applications[name] !== undefined) return
  const entryCode = entryOf(stage, application.entryKey)
  const before = again ? await findApplication(stage, application, entryCode) : undefined
  const { fields, filter, purpose, use, legalBasis, delivery, until } = application
  const filed = before ?? await sharing.apply({
    entryCode, fields: [...fields], purpose, use, legalBasis, delivery, until,
    filter: filter.map(({ field, op, value }) => ({ field, op, value: typeof value === 'string' ? value : [...value] })),
  }, await callerOf(stage, application.applicant))
  await progress.noteApplication(name, filed.id)
}

async function findApplication(stage: Stage, { applicant, purpose }: DemoApplication, entryCode: string): Promise<Application | undefined> {
  const headers = await sessionOf(stage, applicant)
  const answer = await send(stage, { url: `/api/v1/sharing/applications?entryCode=${entryCode}&limit=100`, headers })
  return answer.json<{ items: Application[] }>().items.find((one) => one.purpose === purpose)
}

type Decider = 'provider' | 'applicant' | 'security'

/** A later step of an application, unless it was taken before. */
export async function takeStep(
  stage: Stage, application: DemoApplication, by: Decider, action: ApplicationAction, body: { reason?: string; legalBasis?: string; score?: number },
): Promise<void> {
  const id = stage.progress.state.applications[nameOf(application)]
  if (id === undefined) throw new Error(`${nameOf(application)} was not filed`)
  const users: Record<Decider, string> = {
    provider: providerOf(stage, tableOf(stage, application.entryKey).owner), applicant: application.applicant, security: 'security',
  }
  try {
    await stage.datong.sharing.act(id, action, body, await callerOf(stage, users[by]))
  } catch (error) {
    if (!isAppError(error) || error.code !== 'sharing/wrong-state') throw error
  }
}
