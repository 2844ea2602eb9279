/** One entry that somebody means to apply for, with the fields chosen so far (none: all are still to be chosen from). */
export interface CartItem {
  readonly code: string
  readonly title: string
  readonly fields: readonly string[]
}

/** More than this in one go is no application that anybody could explain. */
export const CART_LIMIT = 20

/** The cart with an entry in it; an entry that is there already keeps its place and takes the new fields. */
export function withItem(items: readonly CartItem[], item: CartItem): readonly CartItem[] {
  if (items.some(({ code }) => code === item.code)) return items.map((one) => (one.code === item.code ? item : one))
  return items.length < CART_LIMIT ? [...items, item] : items
}

/** The cart without some entries. */
export const withoutItems = (items: readonly CartItem[], codes: readonly string[]): readonly CartItem[] => items.filter(({ code }) => !codes.includes(code))

const isItem = (value: unknown): value is CartItem => {
  if (typeof value !== 'object' || value === null) return false
  const { code, title, fields } = value as Partial<Record<keyof CartItem, unknown>> // an object; each part is looked at
  return typeof code === 'string' && typeof title === 'string' && Array.isArray(fields) && fields.every((field) => typeof field === 'string')
}

/** What was stored in the browser; whatever is not a cart is an empty one. */
export function readCart(stored: string | null): readonly CartItem[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter(isItem).slice(0, CART_LIMIT) : []
  } catch {
    return []
  }
}
