import { useMemo } from 'react'
import { formatFor, type Format } from './format.ts'
import { useT } from './use-t.ts'

/** Formatters of the current language. */
export function useFormat(): Format {
  const { language } = useT()
  return useMemo(() => formatFor(language), [language])
}

/** The title of an entry in the language of the interface, where it has one. */
export function useTitle(): (entry: { readonly title: string; readonly titleEn: string | null }) => string {
  const { language } = useT()
  return (entry) => (language === 'en' && entry.titleEn ? entry.titleEn : entry.title)
}

/** The name of something that has one in each language. */
export function useName(): (named: { readonly name: string; readonly nameEn?: string | null }) => string {
  const { language } = useT()
  return (named) => (language === 'en' && named.nameEn ? named.nameEn : named.name)
}
