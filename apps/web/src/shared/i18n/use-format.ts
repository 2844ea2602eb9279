import { useMemo } from 'react'
import { formatFor, type Format } from './format.ts'
import { useT } from './use-t.ts'

/** Formatters of the current language. */
export function useFormat(): Format {
  const { language } = useT()
  return useMemo(() => formatFor(language), [language])
}

/** The name of something that has one in each language. */
export function useName(): (named: { readonly name: string; readonly nameEn?: string | null }) => string {
  const { language } = useT()
  return (named) => (language === 'en' && named.nameEn ? named.nameEn : named.name)
}
