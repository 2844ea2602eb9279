/** Where the Publications Office of the EU keeps its authority lists. */
const AUTHORITY = 'http://publications.europa.eu/resource/authority'

/** Authority lists that DCAT-AP 3 takes concepts from (section 5.2), with the titles of their schemes. */
export const EU_LISTS = {
  'access-right': 'Access right',
  country: 'Country',
  'data-theme': 'Data theme',
  'file-type': 'File type',
  frequency: 'Frequency',
  language: 'Language',
  licence: 'Licence',
  'planned-availability': 'Planned availability',
} as const
export type EuList = keyof typeof EU_LISTS

export const euScheme = (list: EuList): string => `${AUTHORITY}/${list}`
export const euConcept = (list: EuList, code: string): string => `${AUTHORITY}/${list}/${code}`

/** The code of a concept of a list, from its IRI in any spelling that is met; undefined when it is of another list. */
export function euCode(list: EuList, iri: string): string | undefined {
  const match = /^https?:\/\/publications\.europa\.eu\/resource\/authority\/([\w-]+)\/([\w.-]+)$/.exec(iri)
  return match?.[1] === list ? match[2] : undefined
}
