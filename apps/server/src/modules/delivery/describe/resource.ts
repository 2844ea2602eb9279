import type { FastifyRequest } from 'fastify'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { Comparison } from '../verification/forms.ts'
import { comparisonsOf } from '../verification/verify-plan.ts'

/** What descriptions for one caller are written from: only what his plan has. */
export interface DescribedResource {
  readonly plan: DeliveryPlan
  readonly verifiable: ReadonlyMap<string, Comparison>
  /** Empty: nothing identifies a row, or the grant is for something else, so nothing can be verified. */
  readonly identifying: readonly string[]
  /** Whether rows and files may be asked for, and everything that is less. */
  readonly givesRows: boolean
  readonly givesStatistics: boolean
  /** Such as `https://data.example.gov.cn`. */
  readonly origin: string
}

export async function describedResource(context: Pick<DeliveryContext, 'catalog'>, plan: DeliveryPlan, request: FastifyRequest): Promise<DescribedResource> {
  const verifiable = await comparisonsOf(context, plan)
  const only = plan.basis.kind === 'grant' ? plan.basis.only : undefined
  return {
    plan, verifiable, givesRows: only === undefined, givesStatistics: only !== 'verify', origin: originOf(request),
    identifying: only === 'statistics' ? [] : [...verifiable].filter(([, one]) => one.identifying).map(([name]) => name),
  }
}

/** The address under which the caller found us, when it is nothing but one: it stands in code that people run. */
function originOf({ protocol, host }: FastifyRequest): string {
  return /^[a-zA-Z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/.test(host) ? `${protocol}://${host}` : 'http://127.0.0.1:8080'
}

/** Percent-encoding of a name or value in an address, also safe within quotes of a shell. @see RFC 3986 section 2.3 */
export const percentEncoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
