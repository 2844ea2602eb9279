import { operations } from '@datong/contracts'
import { useApi } from '../api/hooks.ts'
import { useSession } from '../api/session.tsx'
import { useT } from '../i18n/use-t.ts'

/** Names of masking methods in the language of the interface; the id where the list may not be read. */
export function useMaskingNames(): (id: string) => string {
  const { language } = useT()
  const { can } = useSession()
  const methods = useApi(operations.listMaskingMethods, {}, { enabled: can(operations.listMaskingMethods) })
  const byId = new Map(methods.data?.items.map((method) => [method.id, language === 'en' ? method.titleEn : method.title]))
  return (id) => byId.get(id) ?? id
}
