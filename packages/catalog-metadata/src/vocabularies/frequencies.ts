import type { UpdateFrequency } from '../description.ts'
import { euCode, euConcept } from './eu.ts'

/** Update cycles in the EU `frequency` list, and as ISO 8601 repeating durations, which DCAT-US wants (section `accrualPeriodicity`). */
const CYCLES: Readonly<Record<UpdateFrequency, { readonly eu: string; readonly label: string; readonly iso: string }>> = {
  realtime: { eu: 'UPDATE_CONT', label: 'continuously updated', iso: 'R/PT1S' },
  daily: { eu: 'DAILY', label: 'daily', iso: 'R/P1D' },
  weekly: { eu: 'WEEKLY', label: 'weekly', iso: 'R/P1W' },
  monthly: { eu: 'MONTHLY', label: 'monthly', iso: 'R/P1M' },
  quarterly: { eu: 'QUARTERLY', label: 'quarterly', iso: 'R/P3M' },
  yearly: { eu: 'ANNUAL', label: 'annual', iso: 'R/P1Y' },
  irregular: { eu: 'IRREG', label: 'irregular', iso: 'irregular' },
}

/** Codes of the EU list beyond those that we write, each as the nearest cycle of ours that does not promise more. */
const NEAREST: Readonly<Record<string, UpdateFrequency>> = {
  CONT: 'realtime', HOURLY: 'realtime', BIHOURLY: 'daily', TRIHOURLY: 'daily', DAILY_2: 'daily', WEEKLY_2: 'weekly', WEEKLY_3: 'weekly', BIWEEKLY: 'monthly',
  MONTHLY_2: 'monthly', MONTHLY_3: 'monthly', BIMONTHLY: 'quarterly', ANNUAL_2: 'yearly', ANNUAL_3: 'yearly', BIENNIAL: 'irregular', TRIENNIAL: 'irregular',
}

export const euFrequency = (cycle: UpdateFrequency): { readonly iri: string; readonly label: string } =>
  ({ iri: euConcept('frequency', CYCLES[cycle].eu), label: CYCLES[cycle].label })

/** @see ISO 8601, R/P… */
export const isoFrequency = (cycle: UpdateFrequency): string => CYCLES[cycle].iso

/** The cycle for an IRI of the EU list or an ISO 8601 repeating duration; null when it is neither. */
export function frequencyFrom(words: string): UpdateFrequency | null {
  const code = euCode('frequency', words)
  for (const [cycle, { eu, iso }] of Object.entries(CYCLES)) {
    if (eu === code || iso === words) return cycle as UpdateFrequency // a key of the table
  }
  return (code === undefined ? undefined : NEAREST[code]) ?? null
}
