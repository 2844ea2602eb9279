/** An object part only where it has a value; `exactOptionalPropertyTypes` tells absent from undefined. */
export const pick = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>) // a computed key loses its name in the type
