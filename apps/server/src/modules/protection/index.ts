import type { ServerModule } from '../../platform/server-module.ts'
import type { ProtectionContext, ProtectionDeps } from './context.ts'
import { gradeFields } from './grade-fields.ts'
import { createMaskOf, type MaskOf } from './mask-of.ts'
import { protectionMigration } from './migrations/20261122T0160-protection.ts'
import { createPolicyStore } from './policy-store.ts'
import { protectionRoutes } from './routes.ts'

export type { ProtectionDeps } from './context.ts'
export type { MaskOf } from './mask-of.ts'

export const protectionMigrations = [protectionMigration]

export interface Protection extends ServerModule {
  readonly maskOf: MaskOf
}

export function createProtection(deps: ProtectionDeps): Protection {
  const context: ProtectionContext = { ...deps, policies: createPolicyStore(deps.db) }
  return {
    routes: protectionRoutes(context),
    async start() {
      await deps.events.subscribe('quality.version-profiled', 'protection', (event) => gradeFields(context, event))
    },
    maskOf: createMaskOf(deps.pseudonymKey),
  }
}
