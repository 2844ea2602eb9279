import { operations } from '@datong/contracts'
import { useMemo, useSyncExternalStore } from 'react'
import { useSession } from '../api/session.tsx'
import { readCart, withItem, withoutItems, type CartItem } from './cart-store.ts'

export interface Cart {
  readonly items: readonly CartItem[]
  /** Whether this person applies for data at all. */
  readonly usable: boolean
  has(code: string): boolean
  put(item: CartItem): void
  remove(codes: readonly string[]): void
}

const listeners = new Set<() => void>()
/** The last text seen and what it says, so that one text is always the same object; also the cart where storage is refused. */
const seen = new Map<string, { text: string | null; items: readonly CartItem[] }>()

function storedText(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return seen.get(key)?.text ?? null // storage is refused in some private windows
  }
}

function itemsOf(key: string): readonly CartItem[] {
  const text = storedText(key)
  const known = seen.get(key)
  if (known?.text === text) return known.items
  const items = readCart(text)
  seen.set(key, { text, items })
  return items
}

function keep(key: string, items: readonly CartItem[]): void {
  const text = JSON.stringify(items)
  seen.set(key, { text, items })
  try {
    localStorage.setItem(key, text)
  } catch {
    // kept for this window only
  }
  for (const notify of listeners) notify()
}

const subscribe = (notify: () => void): (() => void) => {
  listeners.add(notify)
  addEventListener('storage', notify)
  return () => {
    listeners.delete(notify)
    removeEventListener('storage', notify)
  }
}

/** The cart of whoever is signed in, kept in this browser; the same in every window of it. */
export function useCart(): Cart {
  const { user, can } = useSession()
  const key = `datong.cart.${user?.id ?? 'nobody'}`
  const items = useSyncExternalStore(subscribe, () => itemsOf(key))
  const usable = can(operations.apply)
  return useMemo(() => ({
    items, usable,
    has: (code) => items.some((item) => item.code === code),
    put: (item) => keep(key, withItem(itemsOf(key), item)),
    remove: (codes) => keep(key, withoutItems(itemsOf(key), codes)),
  }), [items, usable, key])
}
