import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { UsageChart } from '../delivery/usage-chart.tsx'
import { ApplicationsTable } from '../sharing/inbox/applications-table.tsx'
import { GrantsTable } from '../sharing/grants/grants-table.tsx'

/** Who uses the entry and who asked to. */
export function SharingTab({ code }: { readonly code: string }) {
  const { t } = useT()
  return (
    <>
      <Panel title={t('sharing.grants')} flush><GrantsTable query={{ entryCode: code }} /></Panel>
      <Panel title={t('sharing.applications')} flush><ApplicationsTable query={{ entryCode: code }} /></Panel>
      <UsageChart query={{ entryCode: code, days: 30 }} />
    </>
  )
}
