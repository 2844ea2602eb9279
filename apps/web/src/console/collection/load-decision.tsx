import { type Load, type LoadAction, operations } from '@datong/contracts'
import { Alert, Button, Popconfirm } from 'antd'
import { Link } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'

/** What may be done with a load now; its department alone does it. */
function actionsOf({ state, version, kind }: Load): LoadAction[] {
  if (state === 'held') return ['accept', ...(kind === 'source' ? ['split'] as const : []), 'give-up']
  if (state === 'done' || state === 'failed' || version !== null) return []
  return [state === 'paused' ? 'resume' : 'pause', 'give-up']
}

/** Buttons of a load under way: pause, go on, give up, or decide about changed columns. */
export function LoadActions({ load }: { readonly load: Load }) {
  const { t } = useT()
  const { can, user } = useSession()
  const act = useAction(operations.actOnLoad)
  if (!can(operations.actOnLoad) || user?.organisation?.code !== load.organisation.code) return null
  const run = (action: LoadAction): void => act.mutate({ params: { id: load.id, action }, body: {} })
  return (
    <>
      {actionsOf(load).map((action) => {
        const props = { loading: act.isPending && act.variables.params?.action === action, ...(action === 'accept' || action === 'resume' ? { type: 'primary' as const } : {}) }
        return action === 'give-up'
          ? <Popconfirm key={action} title={t('collection.confirmGiveUp')} okText={t('collection.action.give-up')} cancelText={t('common.cancel')} onConfirm={() => run(action)}><Button danger {...props}>{t('collection.action.give-up')}</Button></Popconfirm>
          : <Button key={action} {...props} onClick={() => run(action)}>{t(`collection.action.${action}`)}</Button>
      })}
      {act.error && <ErrorState error={act.error} />}
    </>
  )
}

/** Why a load waits, and for whom. */
export function LoadWaits({ state }: Pick<Load, 'state'>) {
  const { t } = useT()
  if (state === 'paused') return <Alert type="info" showIcon style={{ marginBottom: 16 }} title={t('collection.pausedTitle')} description={t('collection.pausedHint')} />
  if (state === 'held') return <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('collection.heldTitle')} description={t('collection.heldHint')} />
  return null
}

/** How the columns differ from those of the entry, and what was made of it. */
export function Drift({ drift }: { readonly drift: NonNullable<Load['drift']> }) {
  const { t } = useT()
  const typed = ({ name, type }: { name: string; type: string }): string => `${name}（${t.maybe('common.fieldType.', type)}）`
  return (
    <Panel title={t('collection.drift')} extra={drift.settled && <span className="dt-secondary">{t(`collection.drift.settled.${drift.settled}`, { code: drift.entryCode ?? '' })}{drift.entryCode && <> <Link to={`/console/catalog/${drift.entryCode}`}>{drift.entryCode}</Link></>}</span>}>
      <dl className="dt-def">
        {drift.added.length > 0 && <><dt>{t('collection.drift.added')}</dt><dd>{drift.added.map(typed).join('、')}</dd></>}
        {drift.lost.length > 0 && <><dt>{t('collection.drift.lost')}</dt><dd>{drift.lost.map(typed).join('、')}</dd></>}
        {drift.retyped.length > 0 && <><dt>{t('collection.drift.retyped')}</dt><dd>{drift.retyped.map(({ name, from, to }) => `${name}：${t.maybe('common.fieldType.', from)} → ${t.maybe('common.fieldType.', to)}`).join('、')}</dd></>}
      </dl>
    </Panel>
  )
}
