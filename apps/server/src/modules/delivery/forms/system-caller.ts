import type { Caller } from '../../../platform/caller.ts'
import type { DeliveryContext } from '../context.ts'
import type { StoredCaller } from './stored-caller.ts'

/** The application for which something leaves by itself, as the caller of its own delivery. */
export async function systemCaller({ apps }: Pick<DeliveryContext, 'apps'>, appId: string, maker: StoredCaller): Promise<Caller> {
  const app = await apps.find(appId)
  const organisation = app?.organisation ?? maker.organisation
  return {
    actor: { kind: 'application', id: appId, name: app?.name ?? appId, organisation }, roles: [], organisation, keyId: null,
    ...(maker.signed === undefined ? {} : { signed: maker.signed }),
  }
}
