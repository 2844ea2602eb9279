import { operations } from '@datong/contracts'
import { type Route, route } from '../../../platform/route.ts'
import type { QualityContext } from '../context.ts'

/** Answers told of each endpoint. */
const TOLD = 48

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null

export function endpointRoutes({ catalog, endpoints }: QualityContext): Route[] {
  return [
    route(operations.listEndpoints, async ({ params, caller }) => {
      const { code } = await catalog.requireVisible(params.code, caller)
      const [rows, history] = [await endpoints.ofEntry(code), await endpoints.history(code, TOLD)]
      return {
        items: rows.map(({ kind, address, up, status, milliseconds, reason, asked_at: askedAt, since }) => ({
          kind, address, up, status, milliseconds, reason, askedAt: timeOf(askedAt), since: timeOf(since),
          seen: history.filter((one) => one.address === address).map((one) => ({ at: one.at.toISOString(), up: one.up, status: one.status, milliseconds: one.milliseconds, reason: one.reason })),
        })),
      }
    }),
  ]
}
