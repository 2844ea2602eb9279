import { operations, type PUSH_ACTIONS, type PushTarget } from '@datong/contracts'
import { Button, Spin } from 'antd'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../../shared/ui/chips.tsx'
import { useDoing } from '../access/use-delivery.ts'
import { useDeed } from '../workbench/use-deed.ts'
import { useReason } from '../workbench/use-reason.ts'

const TONE: Record<PushTarget['state'], Tone> = { idle: 'jade', running: 'primary', failed: 'cinnabar', paused: 'gamboge', ended: 'plain' }
/** Steps that each state allows, as `act-on-target` on the server. */
const STEPS: Record<PushTarget['state'], readonly (typeof PUSH_ACTIONS)[number][]> = { idle: ['run', 'pause'], running: ['pause'], failed: ['run', 'pause'], paused: ['resume'], ended: [] }

/** One table elsewhere: what it holds, how a push is going, what went wrong. */
export function TargetRow({ target }: { readonly target: PushTarget }) {
  const { t } = useT()
  const format = useFormat()
  const reason = useReason()
  const { run, confirm } = useDeed()
  const act = useDoing(operations.actOnPushTarget)
  const end = useDoing(operations.endPushTarget)
  const params = { code: target.code, id: target.id }
  return (
    <li>
      <div className="dt-work-list-head">
        <strong>{target.database}.{target.table}</strong>
        <Chip tone={TONE[target.state]}>{t(`workbench.push.state.${target.state}`)}</Chip>
        {target.state === 'running' && <Spin size="small" />}
        {target.reason && <span className={target.state === 'failed' ? 'dt-work-miss' : 'dt-secondary'}>{reason(target.reason)}</span>}
      </div>
      {target.startedAt && (
        <div className="dt-work-facts">
          <span>{t('workbench.push.rows', { rows: format.number(target.rowsDone) })}</span>
          {target.rowsPerSecond > 0 && <span>{t('workbench.push.rate', { rate: format.number(target.rowsPerSecond) })}</span>}
          {target.finishedAt && target.state !== 'running' && <span>{t('workbench.push.finished', { at: format.dateTime(target.finishedAt) })}</span>}
          {target.nextTryAt && <span>{t('workbench.push.nextTry', { tries: target.tries, at: format.dateTime(target.nextTryAt) })}</span>}
        </div>
      )}
      <div className="dt-work-facts dt-secondary">
        <span>{target.kind === 'postgresql' ? 'PostgreSQL' : 'MariaDB'} · {target.user}@{target.host}:{target.port}</span>
        <span>{t(`workbench.push.tls.${target.tls}`)}</span>
        <span>{t(`workbench.push.schedule.${target.schedule}`)}</span>
        <span>{target.version === null ? t('workbench.push.empty') : t('workbench.push.holds', { version: target.version })}</span>
      </div>
      {target.state !== 'ended' && (
        <div className="dt-work-acts">
          {STEPS[target.state].map((action) => (
            <Button key={action} size="small" loading={act.isPending && act.variables?.params?.action === action} onClick={() => run(() => act.mutateAsync({ params: { ...params, action } }), t(`workbench.push.done.${action}`))}>{t(`workbench.push.action.${action}`)}</Button>
          ))}
          <Button size="small" danger onClick={() => confirm(t('workbench.push.endAsk'), () => end.mutateAsync({ params }), t('workbench.push.ended'))}>{t('workbench.end')}</Button>
        </div>
      )}
    </li>
  )
}
