import { type Capture, type CaptureAction, type CaptureState, operations, type Source } from '@datong/contracts'
import { Alert, Button, Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../../shared/ui/states.tsx'

const TONES: Record<CaptureState, Tone> = { starting: 'primary', running: 'jade', paused: 'plain', held: 'cinnabar', ended: 'plain' }
const REFETCH_MS = 2_000

/** The capture of a source whose changes are taken: whether it runs, how far it is, and what can be done with it. */
export function CapturePanel({ source }: { readonly source: Source }) {
  const { t } = useT()
  const captures = useApi(operations.listCaptures, { query: { sourceId: source.id, limit: 1 } }, { refetchMs: REFETCH_MS })
  const create = useAction(operations.createCapture)
  const mayBegin = source.allowedActions.includes('edit')
  return (
    <Panel title={t('capture.title')}>
      <Loaded of={captures} rows={3}>
        {({ items: [capture] }) => (
          <>
            {capture !== undefined && <CaptureFacts capture={capture} />}
            {(capture === undefined || capture.state === 'ended') && (
              <>
                <p className="dt-secondary">{t('capture.about')}</p>
                {mayBegin && <Button type="primary" loading={create.isPending} onClick={() => create.mutate({ body: { sourceId: source.id } })}>{t('capture.begin')}</Button>}
              </>
            )}
          </>
        )}
      </Loaded>
      {create.error && <ErrorState error={create.error} />}
    </Panel>
  )
}

function CaptureFacts({ capture }: { readonly capture: Capture }) {
  const { t } = useT()
  const format = useFormat()
  const act = useAction(operations.actOnCapture)
  const run = (action: CaptureAction): void => act.mutate({ params: { id: capture.id, action }, body: {} })
  const at = (instant: string | null): ReactNode => (instant === null ? '–' : format.dateTime(instant))
  const button = (action: CaptureAction) => {
    const isAsked = action === 'end' || action === 'restart'
    const inner = <Button key={action} danger={action === 'end'} loading={act.isPending && act.variables.params?.action === action} {...(isAsked ? {} : { onClick: () => run(action) })}>{t(`capture.action.${action}`)}</Button>
    if (!isAsked) return inner
    return <Popconfirm key={action} title={t(`capture.confirm.${action}`)} okText={t(`capture.action.${action}`)} cancelText={t('common.cancel')} onConfirm={() => run(action)}>{inner}</Popconfirm>
  }
  return (
    <>
      {capture.failure !== null && (
        <Alert type={capture.state === 'held' ? 'error' : 'warning'} showIcon style={{ marginBottom: 16 }} title={t(capture.state === 'held' ? 'capture.heldTitle' : 'capture.tryingTitle')} description={t.maybe('errors.', capture.failure.code, capture.failure.code, capture.failure.params)} />
      )}
      <dl className="dt-def">
        <Fact label={t('capture.state')}><Chip tone={TONES[capture.state]}>{t(`capture.states.${capture.state}`)}</Chip></Fact>
        <Fact label={t('capture.changes')}>{format.number(capture.changes)}</Fact>
        <Fact label={t('capture.unpacked')}>{format.number(capture.unpacked)}</Fact>
        <Fact label={t('capture.version')}>{capture.version === null ? '–' : `v${capture.version}`} · {t('capture.packing', { minutes: capture.packMinutes })}</Fact>
        <Fact label={t('capture.lastCommitted')}>{at(capture.lastCommittedAt)}</Fact>
        <Fact label={t('capture.heard')}>{at(capture.heardAt)}</Fact>
        <Fact label={t('capture.key')}><span className="dt-mono">{capture.key.join(', ')}</span></Fact>
      </dl>
      <div className="dt-source-actions" style={{ marginTop: 16 }}>
        {capture.allowedActions.map(button)}
        {capture.loadId !== null && <LinkButton to={`/console/collection/loads/${capture.loadId}`}>{t('capture.load')}</LinkButton>}
      </div>
      {act.error && <ErrorState error={act.error} />}
    </>
  )
}

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => <><dt>{label}</dt><dd>{children}</dd></>
