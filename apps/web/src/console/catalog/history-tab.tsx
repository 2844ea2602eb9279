import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { Timeline } from '../../shared/ui/timeline.tsx'

/** What was done to the entry, each deed with its seal. */
export function HistoryTab({ code }: { readonly code: string }) {
  const { t } = useT()
  const history = useApi(operations.entryHistory, { params: { code } })
  return (
    <Panel>
      <Loaded of={history}>{({ items }) => (items.length === 0 ? <Empty title={t('catalog.noHistory')} /> : <Timeline items={items} />)}</Loaded>
    </Panel>
  )
}
