import { useT } from '../../shared/i18n/use-t.ts'
import { NotHere } from '../parts/not-here.tsx'
import { usePageTitle } from './use-page-title.ts'

/** An address of the portal that names nothing. */
export function NotFoundPage() {
  const { t } = useT()
  usePageTitle(t('shell.notFound'))
  return <NotHere title={t('shell.notFound')} hint={t('portal.notFoundHint')} />
}
