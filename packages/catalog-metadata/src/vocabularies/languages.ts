import { euCode, euConcept } from './eu.ts'

/** BCP 47 primary subtags in the EU `language` list (ISO 639-3). */
const LANGUAGES: Readonly<Record<string, { readonly code: string; readonly label: string }>> = {
  zh: { code: 'ZHO', label: 'Chinese' }, en: { code: 'ENG', label: 'English' }, bo: { code: 'BOD', label: 'Tibetan' }, ug: { code: 'UIG', label: 'Uyghur' },
  mn: { code: 'MON', label: 'Mongolian' }, ja: { code: 'JPN', label: 'Japanese' }, ko: { code: 'KOR', label: 'Korean' }, fr: { code: 'FRA', label: 'French' },
  de: { code: 'DEU', label: 'German' }, es: { code: 'SPA', label: 'Spanish' }, ru: { code: 'RUS', label: 'Russian' }, pt: { code: 'POR', label: 'Portuguese' },
}

/** The concept of a language by its BCP 47 tag; undefined when it is not in our table. */
export function euLanguage(tag: string): { readonly iri: string; readonly label: string } | undefined {
  const known = LANGUAGES[tag.toLowerCase().split('-')[0] ?? '']
  return known && { iri: euConcept('language', known.code), label: known.label }
}

/** The BCP 47 subtag for an IRI of the EU list; undefined when it is not in our table. */
export function languageFromEu(iri: string): string | undefined {
  const code = euCode('language', iri)
  return Object.entries(LANGUAGES).find(([, language]) => language.code === code)?.[0]
}
