/** Canonical enough for comparing: JSON with the keys of objects in order: what the database gives back has another order. */
export const stable = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) => (typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part))

/** Whether two values of a description say the same; nothing and null do. */
export const same = (a: unknown, b: unknown): boolean => stable(a) === stable(b)
