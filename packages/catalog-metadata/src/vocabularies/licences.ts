import type { LicenceDescription } from '../description.ts'
import { euCode, euConcept } from './eu.ts'

interface LicenceTerm {
  readonly name: string
  /** Where its text is. */
  readonly url: string
  /** Code of the EU `licence` list; null for one that it does not have. */
  readonly eu: string | null
  /** Id that CKAN's list of licences has, or one like them. */
  readonly ckan: string
  /** Whether the Open Definition's register says that it conforms. @see https://opendefinition.org/licenses/ */
  readonly conformant: boolean
}

/** Licences by SPDX identifier; one that SPDX does not list is a `LicenseRef-`. */
const LICENCE_TERMS: Readonly<Record<string, LicenceTerm>> = {
  'CC-BY-4.0': { name: 'Creative Commons Attribution 4.0 International', url: 'https://creativecommons.org/licenses/by/4.0/', eu: 'CC_BY_4_0', ckan: 'cc-by', conformant: true },
  'CC-BY-SA-4.0': { name: 'Creative Commons Attribution-ShareAlike 4.0 International', url: 'https://creativecommons.org/licenses/by-sa/4.0/', eu: 'CC_BYSA_4_0', ckan: 'cc-by-sa', conformant: true },
  'CC-BY-NC-4.0': { name: 'Creative Commons Attribution-NonCommercial 4.0 International', url: 'https://creativecommons.org/licenses/by-nc/4.0/', eu: 'CC_BYNC_4_0', ckan: 'cc-nc', conformant: false },
  'CC0-1.0': { name: 'Creative Commons CC0 1.0 Universal', url: 'https://creativecommons.org/publicdomain/zero/1.0/', eu: 'CC0', ckan: 'cc-zero', conformant: true },
  'ODC-By-1.0': { name: 'Open Data Commons Attribution License 1.0', url: 'https://opendatacommons.org/licenses/by/1-0/', eu: 'ODC_BY', ckan: 'odc-by', conformant: true },
  'ODbL-1.0': { name: 'Open Database License 1.0', url: 'https://opendatacommons.org/licenses/odbl/1-0/', eu: 'ODC_BL', ckan: 'odc-odbl', conformant: true },
  'PDDL-1.0': { name: 'Open Data Commons Public Domain Dedication and License 1.0', url: 'https://opendatacommons.org/licenses/pddl/1-0/', eu: 'ODC_PDDL', ckan: 'odc-pddl', conformant: true },
  'LicenseRef-MulanOWL-BY-v1': { name: 'Mulan Open Works License Attribution, Version 1', url: 'https://license.coscl.org.cn/MulanOWLBYv1', eu: null, ckan: 'mulanowl-by', conformant: false },
  'LicenseRef-MulanOWL-BY-SA-v1': { name: 'Mulan Open Works License Attribution-ShareAlike, Version 1', url: 'https://license.coscl.org.cn/MulanOWLBYSAv1', eu: null, ckan: 'mulanowl-by-sa', conformant: false },
}

/** A licence by the words of the catalogue: an SPDX identifier, an address, or any name. */
export function licenceOf(words: string): LicenceDescription | null {
  const given = words.trim()
  if (given === '') return null
  const id = licenceIdOf(given)
  if (id !== null) return { id, iri: LICENCE_TERMS[id]!.url, name: LICENCE_TERMS[id]!.name } // `licenceIdOf` answers keys of the table
  return { id: null, iri: /^https?:\/\/\S+$/i.test(given) ? given : null, name: given }
}

/** The SPDX identifier of a licence that is known by identifier, name, CKAN id, EU concept or the address of its text; otherwise null. */
export function licenceIdOf(words: string): string | null {
  const folded = addressOf(words)
  const eu = euCode('licence', words)
  const said = words.trim().toLowerCase()
  for (const [id, term] of Object.entries(LICENCE_TERMS)) {
    if (id.toLowerCase() === said || term.name.toLowerCase() === said || term.ckan === words || term.eu === eu || addressOf(term.url) === folded) return id
  }
  return null
}

/** The concept of the EU list for a licence; null when it has none. */
export function euLicence({ id }: LicenceDescription): string | null {
  const term = id === null ? undefined : LICENCE_TERMS[id]
  return term?.eu == null ? null : euConcept('licence', term.eu)
}

/** CKAN's id of a licence; `notspecified` when there is none, `other-closed` when CKAN does not know it. */
export const ckanLicence = (licence: LicenceDescription | null): string =>
  licence === null ? 'notspecified' : (licence.id === null ? undefined : LICENCE_TERMS[licence.id]?.ckan) ?? 'other-closed'

/** Whether CKAN calls it open. */
export const isOpenLicence = (licence: LicenceDescription | null): boolean => licence?.id != null && LICENCE_TERMS[licence.id]?.conformant === true

/** Licences that CKAN's list shows, by SPDX identifier. */
export const knownLicences = (): { id: string; name: string; url: string; ckan: string; conformant: boolean }[] =>
  Object.entries(LICENCE_TERMS).map(([id, { name, url, ckan, conformant }]) => ({ id, name, url, ckan, conformant }))

/** Addresses of one text differ in scheme, `www.`, a last slash, `legalcode` and `deed.xx`. */
const addressOf = (url: string): string =>
  url.toLowerCase().replace(/^https?:\/\/(www\.)?/, '').replace(/\/(legalcode|deed)(\.[a-z-]+)?$/, '').replace(/\/$/, '')
