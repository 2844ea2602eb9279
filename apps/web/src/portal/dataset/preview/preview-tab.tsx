import { operations, urlOf, type FieldProfileView } from '@datong/contracts'
import { CloseOutlined } from '@ant-design/icons'
import { useSearchParams } from 'react-router'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import '../../../shared/ui/data-table.css'
import { Pager } from '../../../shared/ui/pager.tsx'
import { Empty, ErrorState, Loaded } from '../../../shared/ui/states.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import type { Description } from '../use-rows-access.ts'
import { RowsGrid } from './rows-grid.tsx'
import { parseRowsView, rowsQuery, rowsViewText, type RowsView } from './rows-view.ts'
import './preview.css'
import '../../parts/chosen.css'

const PAGE_SIZE = 20

interface PreviewTabProps {
  readonly description: Description
  readonly profile: readonly FieldProfileView[] | undefined
}

/** The rows themselves, sorted and filtered on the server, with the address that gives the same to a program. */
export function PreviewTab({ description, profile }: PreviewTabProps) {
  const { t } = useT()
  const format = useFormat()
  const [params, setParams] = useSearchParams()
  const view = parseRowsView(params.get('rows') ?? '', description.fields)
  const query = rowsQuery(view)
  const pages = usePages(operations.readRows, { params: { code: description.code }, query, size: PAGE_SIZE })
  const filtered = view.filters.length > 0

  const show = (next: RowsView): void => setParams((before) => {
    const params = new URLSearchParams(before)
    const text = rowsViewText(next)
    if (text === '') params.delete('rows')
    else params.set('rows', text)
    return params
  }, { replace: true, preventScrollReset: true })

  const address = location.origin + urlOf(operations.readRows, { code: description.code }, query)
  return (
    <>
      <div className="dtp-rows-head">
        <p className="dt-secondary">{t('portal.preview.hint')}</p>
        {filtered && (
          <ul className="dtp-chosen" aria-label={t('portal.list.chosen')}>
            {view.filters.map((filter) => {
              const words = `${filter.field} ${t.maybe('portal.op.', filter.op)} ${filter.op === 'like' ? filter.value.replaceAll('%', '') : filter.value}`
              return (
                <li key={`${filter.field}.${filter.op}`}>
                  <button type="button" aria-label={t('portal.list.remove', { label: words })} onClick={() => show({ ...view, filters: view.filters.filter((other) => other !== filter) })}>
                    {words} <CloseOutlined aria-hidden />
                  </button>
                </li>
              )
            })}
            {view.filters.length > 1 && <li><button type="button" className="dtp-chosen-all" onClick={() => show({ ...view, filters: [] })}>{t('portal.list.clear')}</button></li>}
          </ul>
        )}
      </div>
      <Loaded of={{ ...pages.answer, isPending: false }} rows={10}>
        {(page) => (
          <div className="dtp-card dtp-rows-card">
            {pages.answer.error && <ErrorState error={pages.answer.error} onRetry={() => void pages.answer.refetch()} />}
            <RowsGrid
              fields={description.fields} profile={profile} rows={page.items} view={view} waiting={pages.answer.isPlaceholderData}
              label={t('portal.preview.label', { title: description.title })} onView={show}
            />
            {page.items.length === 0
              ? <Empty title={filtered ? t('common.noRowsMatch') : t('common.noRows')} hint={filtered ? t('portal.preview.noneHint') : undefined} />
              : (
                <Pager
                  index={pages.index} size={pages.size} count={page.items.length} total={filtered ? undefined : description.rowCount}
                  onPrevious={pages.onPrevious} onNext={pages.onNext}
                >
                  <span className="dt-secondary">{t('common.version', { number: format.number(page.version) })}</span>
                </Pager>
              )}
          </div>
        )}
      </Loaded>
      <div className="dtp-rows-address">
        <span className="dt-secondary">{t('portal.preview.sameByApi')}</span>
        <code>{decodeURI(address)}</code>
        <CopyButton size="small" text={address} label={t('common.copy')} />
      </div>
    </>
  )
}
