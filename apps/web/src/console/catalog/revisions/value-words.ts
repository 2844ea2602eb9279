import { operations } from '@datong/contracts'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

/** Words of the interface for values that are from a list, by key. */
const LISTS = {
  theme: 'common.theme.', resourceFormat: 'entry.format.', state: 'common.entryState.', sharingType: 'common.sharing.', openingType: 'common.opening.', updateCycle: 'common.cycle.',
  visibility: 'entry.visibility.', grade: 'common.grade.', sharingWays: 'entry.way.', type: 'common.fieldType.',
} as const

/** Keys whose values are codes of departments. */
const DEPARTMENTS: ReadonlySet<string> = new Set(['organisation', 'visibleTo', 'owner'])

/** Puts a value of a description in words that a person reads: lists as their words, objects as their parts. */
export function useValueWords(): (key: string, value: unknown) => string {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const organisations = useApi(operations.listOrganisations)
  const wordsOf = (key: string, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return t('entry.diff.none')
    if (typeof value === 'boolean') return t(value ? 'entry.diff.yes' : 'entry.diff.no')
    if (typeof value === 'number') return key === 'conformity' ? format.percent(value, 0) : format.number(value)
    if (typeof value === 'string' && DEPARTMENTS.has(key)) {
      const department = organisations.data?.items.find(({ code }) => code === value)
      return department ? name(department) : value
    }
    if (typeof value === 'string') return key in LISTS ? t.maybe(LISTS[key as keyof typeof LISTS], value) : value // asked in the same breath
    if (Array.isArray(value)) return value.map((item) => wordsOf(key, item)).join(t('shell.and'))
    if (typeof value !== 'object') return String(value)
    if ('kind' in value && 'code' in value) return `${t.maybe('entry.relation.', String(value.kind))} ${String(value.code)}`
    return Object.values(value).filter((part) => part !== null && part !== '').map((part: unknown) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join(' · ')
  }
  return wordsOf
}
