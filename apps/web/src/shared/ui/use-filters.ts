import { useSearchParams } from 'react-router'

/** Filters of a list in the address, so that a link or a reload shows the same list. */
export function useFilters<Name extends string>(names: readonly Name[]): {
  readonly values: Readonly<Partial<Record<Name, string>>>
  set(name: Name, value: string | undefined): void
  clear(): void
  readonly any: boolean
} {
  const [search, setSearch] = useSearchParams()
  const values: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = search.get(name)
    if (value) values[name] = value
  }
  return {
    values,
    set: (name, value) =>
      setSearch((before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      }, { replace: true }),
    clear: () =>
      setSearch((before) => {
        const next = new URLSearchParams(before)
        for (const name of names) next.delete(name)
        return next
      }, { replace: true }),
    any: Object.keys(values).length > 0,
  }
}

/** The value if it is one of those allowed; what stands in an address may be anything. */
export const oneOf = <T extends string>(allowed: readonly T[], value: string | undefined): T | undefined => allowed.find((item) => item === value)
