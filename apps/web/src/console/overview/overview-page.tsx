import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'

/** First page of the console. */
export function OverviewPage() {
  const { t } = useT()
  return <PageHeader title={t('shell.nav.overview')} />
}
