import type { Role } from '@datong/contracts'
import type { WorkingCalendar } from '@datong/kernel'
import type { Caller } from './caller.ts'
import type { DomainEvents, EventBus, EventName } from './events.ts'

/** A person of a department for tests. */
export function anOfficer(name: string, organisation: string | null, ...roles: Role[]): Caller {
  const id = `00000000-0000-7000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`
  return { actor: { kind: 'user', id, name, organisation }, roles, organisation, keyId: null }
}

/** A system of a department calling with a key. */
export function aSystem(appId: string, organisation: string | null): Caller {
  return { actor: { kind: 'application', id: appId, name: '系统', organisation }, roles: [], organisation, keyId: '00000000-0000-7000-8000-00000000000a' }
}

/** Monday to Friday, no holidays. */
export const plainCalendar: WorkingCalendar = { holidays: new Set(), workdays: new Set() }

/** Names organisations by their codes. */
export const plainOrganisations = { ref: (code: string) => ({ code, name: `部门${code}`, nameEn: `Department ${code}` }) }

/** A bus for tests that keeps what was published and delivers when told to. */
export function recordingEvents(): EventBus & { published: { name: EventName; payload: unknown }[]; deliver(): Promise<void> } {
  const handlers = new Map<string, ((payload: never) => Promise<void>)[]>()
  const published: { name: EventName; payload: unknown }[] = []
  let delivered = 0
  return {
    published,
    publish: async (_, name, payload) => void published.push({ name, payload }),
    subscribe: async (name, _, handler) => void handlers.set(name, [...(handlers.get(name) ?? []), handler]),
    async deliver() {
      while (delivered < published.length) {
        const { name, payload } = published[delivered++]!
        // Each handler was subscribed for exactly this event's payload.
        for (const handler of handlers.get(name) ?? []) await handler(payload as DomainEvents[typeof name] as never)
      }
    },
  }
}
