import { operations, type Change } from '@datong/contracts'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, ErrorState } from '../../../shared/ui/states.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { CodeBox } from '../workbench/code-box.tsx'
import { WideTable } from '../workbench/wide-table.tsx'
import { useFeed, type Feed } from './use-feed.ts'

const TONE: Record<Change['kind'], Tone> = { reset: 'gamboge', version: 'primary', added: 'jade', changed: 'primary', removed: 'cinnabar' }
const STATE_TONE: Record<Feed['state'], Tone> = { off: 'plain', opening: 'primary', live: 'jade', ended: 'gamboge' }

/** The feed of changes as it comes, with positions to go on from. */
export function ChangesPage() {
  const { t } = useT()
  const format = useFormat()
  const { code } = useDeliveryAccess()
  const [from, setFrom] = useState(0)
  const { feed, start, stop } = useFeed()
  const on = feed.state === 'opening' || feed.state === 'live'
  const curl = `curl --no-buffer '${location.origin}${operations.readChanges.path.replace('{code}', code)}?from=${feed.position ?? from}' \\\n  --header 'Accept: text/event-stream' \\\n  --header "Authorization: Bearer $DATONG_KEY"`
  return (
    <>
      <Panel title={t('workbench.changes.title')} extra={<Chip tone={STATE_TONE[feed.state]}>{t(`workbench.changes.state.${feed.state}`)}</Chip>}>
        <p className="dt-secondary dt-lead">{t('workbench.changes.hint')}</p>
        <div className="dt-work-line">
          <label className="dt-work-line"><span className="dt-secondary">{t('workbench.changes.from')}</span><InputNumber min={0} max={Number.MAX_SAFE_INTEGER} precision={0} value={from} disabled={on} onChange={(value) => setFrom(value ?? 0)} /></label>
          {on ? <Button onClick={stop}>{t('workbench.changes.stop')}</Button> : <Button type="primary" onClick={() => start(from)}>{t('workbench.changes.start')}</Button>}
          {!on && feed.position !== null && feed.position !== from && <Button onClick={() => setFrom(feed.position ?? 0)}>{t('workbench.changes.goOn', { position: format.number(feed.position) })}</Button>}
        </div>
        <div role="status" className="dt-work-answer">
          {feed.position !== null && <p className="dt-secondary">{t('workbench.changes.seen', { seen: format.number(feed.seen), position: format.number(feed.position) })}</p>}
          {feed.error !== null && <ErrorState error={feed.error} />}
        </div>
        {feed.changes.length > 0
          ? <ChangeTable changes={feed.changes} />
          : on && <Empty title={t('workbench.changes.waiting')} hint={t('workbench.changes.waitingHint')} />}
      </Panel>
      <Panel title={t('workbench.changes.byProgram')}><CodeBox text={curl} label="curl" /></Panel>
    </>
  )
}

function ChangeTable({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useT()
  return (
    <WideTable<Change>
      label={t('workbench.changes.title')} rowKey={(change) => `${change.position}`} dataSource={[...changes]} pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
      columns={[
        { key: 'position', width: 110, title: t('workbench.changes.position'), align: 'right', className: 'dt-num', render: (_, change) => change.position },
        { key: 'kind', width: 150, title: t('workbench.changes.kind'), render: (_, change) => <Chip tone={TONE[change.kind]}>{t(`workbench.changes.kind.${change.kind}`)}</Chip> },
        { key: 'version', width: 110, title: t('workbench.changes.version'), align: 'right', className: 'dt-num', render: (_, change) => change.version },
        { key: 'row', title: t('workbench.changes.row'), render: (_, change) => <span className="dt-change-row">{change.row ? Object.entries(change.row).map(([name, value]) => `${name} ${value === null ? '–' : String(value)}`).join(' · ') : (change.id ?? '–')}</span> },
      ]}
    />
  )
}
