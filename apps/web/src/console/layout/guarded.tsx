import type { Operation } from '@datong/contracts'
import type { ComponentType } from 'react'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { Empty } from '../../shared/ui/states.tsx'

/** The page for those who may call one of the operations; the others learn whom to ask. The server decides in any case. */
export function guarded(Page: ComponentType, needs: readonly Operation[]): ComponentType {
  if (needs.length === 0) return Page
  return function GuardedPage() {
    const { t } = useT()
    const { can } = useSession()
    if (needs.some(can)) return <Page />
    return <Empty page title={t('shell.forbidden')} hint={t('shell.forbiddenHint')} action={<LinkButton to="/console">{t('shell.toOverview')}</LinkButton>} />
  }
}
