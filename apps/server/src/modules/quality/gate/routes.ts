import { operations } from '@datong/contracts'
import { type Route, route } from '../../../platform/route.ts'
import type { QualityContext } from '../context.ts'
import { overseen } from '../rules/sight.ts'
import { releaseVersion } from './release-version.ts'
import { setGate } from './set-gate.ts'
import { viewHold } from './view-hold.ts'

export function gateRoutes(context: QualityContext): Route[] {
  return [
    route(operations.setQualityGate, async ({ params, body, caller }) => setGate(context, params.code, body, caller)),

    route(operations.listHeldVersions, async ({ caller, reach }) => {
      const rows = await context.gates.held(await overseen(context, caller, reach))
      const visible = new Set(await context.catalog.visibleCodes([...new Set(rows.map((row) => row.entry_code))], caller))
      return { items: await Promise.all(rows.filter((row) => visible.has(row.entry_code)).map((row) => viewHold(context, row, caller))) }
    }),

    route(operations.releaseVersion, async ({ params, body, caller }) => viewHold(context, await releaseVersion(context, params.code, params.number, body.reason, caller), caller)),
  ]
}
