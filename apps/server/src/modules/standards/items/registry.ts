import { chinaDay, type Clock } from '@datong/kernel'
import type { Log, Store, Subscription } from '@datong/metadata-store'
import { type CodeListVersion, createMapper, type DataElement, type Mapper } from '@datong/standards'
import { DIRECTORY_CHANNEL } from '../../identity/index.ts'
import { elementAt, type ListItem, listAt } from './item.ts'
import { type ItemStore, type Standard, STANDARDS_CHANNEL } from './item-store.ts'

/** Name of the list of divisions, to which the installation's own regions belong. */
export const DIVISION_LIST = 'GB2260'

/** The standard in memory, as it is in force today: a few hundred items that every load asks for. */
export interface Registry {
  standard(): Standard
  /** Elements in force today. */
  inForce(): readonly DataElement[]
  /** Codes of a list on a day; those of divisions with the installation's own regions. */
  codesAt(list: string, day: string): (CodeListVersion & { readonly version: number }) | undefined
  mapper(): Mapper
  today(): string
  refresh(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

interface RegistryDeps {
  readonly store: Pick<Store, 'listen'>
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  readonly regions: () => Promise<readonly { code: string; name: string }[]>
}

export function createRegistry(items: ItemStore, { store, clock, log, regions }: RegistryDeps): Registry {
  let standard: Standard = { elements: new Map(), lists: new Map() }
  let own: readonly { code: string; name: string }[] = []
  let made: { day: string; elements: readonly DataElement[]; mapper: Mapper } | undefined
  let subscriptions: Subscription[] = []
  const today = (): string => chinaDay(clock.now())

  const refresh = async (): Promise<void> => {
    const [next, places] = await Promise.all([items.load(), regions()])
    standard = next
    own = places.map(({ code, name }) => ({ code, name }))
    made = undefined
  }
  const refreshSoon = (): void => void refresh().catch((error: unknown) => log.error({ err: error }, 'the standards could not be read anew'))

  const codesAt: Registry['codesAt'] = (list, day) => {
    const item: ListItem | undefined = standard.lists.get(list)
    const version = item === undefined ? undefined : listAt(item, day)
    if (version === undefined || list !== DIVISION_LIST) return version
    const known = new Set(version.codes.map(({ code }) => code))
    return { ...version, codes: [...version.codes, ...own.filter(({ code }) => !known.has(code))] }
  }
  // A version comes into force at midnight without anybody's doing.
  const current = () => {
    const day = today()
    if (made?.day !== day) {
      const elements = [...standard.elements.values()].flatMap((item) => elementAt(item, day) ?? [])
      made = { day, elements, mapper: createMapper(elements, (list) => codesAt(list, day)) }
    }
    return made
  }
  return {
    standard: () => standard,
    inForce: () => current().elements,
    codesAt,
    mapper: () => current().mapper,
    today,
    refresh,
    async start() {
      subscriptions = [await store.listen(STANDARDS_CHANNEL, refreshSoon, { onRestored: refreshSoon }), await store.listen(DIRECTORY_CHANNEL, refreshSoon)]
      await refresh()
      current()
    },
    async stop() {
      await Promise.all(subscriptions.splice(0).map((one) => one.close()))
    },
  }
}
