import { operations, type Advice, type Entry } from '@datong/contracts'
import { useAsked } from '../../../shared/api/hooks.ts'
import { useCalm } from './use-calm.ts'
import { nothingOf, type Wishes } from './wishes.ts'

/** What the platform says to the chosen fields of an entry for this purpose; nothing until both are there. */
export function useAdvice(entry: Pick<Entry, 'code'>, wishes: Wishes): Advice | undefined {
  const { fields } = wishes.of[entry.code] ?? nothingOf
  const text = wishes.purpose.trim()
  const body = useCalm(fields.length === 0 || (!wishes.purposeCode && text === '') ? null : {
    entryCode: entry.code, fields: [...fields], ...(wishes.purposeCode ? { purposeCode: wishes.purposeCode } : {}), ...(text ? { purposeText: text } : {}),
  })
  const asked = useAsked(operations.adviseFields, body)
  return body === null ? undefined : asked.data
}
