import { operations, ProblemError, type Entry } from '@datong/contracts'
import { Skeleton } from 'antd'
import { useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ErrorState } from '../../shared/ui/states.tsx'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useEntryTitle } from '../parts/entry-title.tsx'
import { NotHere } from '../parts/not-here.tsx'
import { DatasetHead } from './dataset-head.tsx'
import { DatasetTabs } from './dataset-tabs.tsx'
import { useJsonLd } from './use-json-ld.ts'
import './dataset.css'

/** One data set: what it is, how to get it, and what is in it. */
export function DatasetPage() {
  const { code = '' } = useParams()
  const { t } = useT()
  const entry = useApi(operations.getEntry, { params: { code } })
  const titleOf = useEntryTitle()
  const missing = entry.error instanceof ProblemError && [404, 422].includes(entry.error.problem.status)
  usePageTitle(entry.data ? titleOf(entry.data) : missing ? t('portal.dataset.missing') : undefined)

  if (entry.data) return <Dataset key={code} entry={entry.data} />
  if (missing) return <NotHere title={t('portal.dataset.missing')} hint={t('portal.dataset.missingHint')} />
  if (entry.error) return <ErrorState error={entry.error} onRetry={() => void entry.refetch()} />
  return (
    <div aria-busy>
      <Skeleton active title={{ width: '38%' }} paragraph={{ rows: 4 }} />
      <Skeleton active title={false} paragraph={{ rows: 8 }} style={{ marginTop: 40 }} />
    </div>
  )
}

function Dataset({ entry }: { readonly entry: Entry }) {
  useJsonLd(entry)
  return (
    <article>
      <DatasetHead entry={entry} />
      <DatasetTabs entry={entry} />
    </article>
  )
}
