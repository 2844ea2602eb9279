import { MASKING_METHODS } from '@datong/anonymisation'
import { operations, type ResponseOf } from '@datong/contracts'
import { RECOGNIZERS } from '@datong/recognizers'
import { type Route, route } from '../../platform/route.ts'
import type { ProtectionContext } from './context.ts'
import type { MaskingPolicy } from './masking-policy.ts'
import { setMaskingPolicy } from './set-masking-policy.ts'

export function protectionRoutes(context: ProtectionContext): Route[] {
  return [
    route(operations.listMaskingMethods, async () => ({
      items: Object.values(MASKING_METHODS).map(({ id, titleZh, titleEn, example }) => ({
        id, title: titleZh, titleEn, exampleBefore: example.from, exampleAfter: example.to,
      })),
    })),

    route(operations.getMaskingPolicy, async () => viewPolicy(await context.policies.current())),

    route(operations.setMaskingPolicy, async ({ body, caller }) => viewPolicy(await setMaskingPolicy(context, body, caller))),
  ]
}

const viewPolicy = ({ revision, rules }: MaskingPolicy): ResponseOf<typeof operations.getMaskingPolicy> => ({
  revision,
  rules: [...rules].map(([recognizer, rule]) => ({ recognizer, title: RECOGNIZERS[recognizer].titleZh, titleEn: RECOGNIZERS[recognizer].titleEn, ...rule })),
})
