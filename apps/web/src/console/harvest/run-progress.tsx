import type { HarvestRun, HarvestRunState } from '@datong/contracts'
import { Progress } from 'antd'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'

const TONE: Record<HarvestRunState, Tone> = { queued: 'plain', running: 'primary', done: 'jade', held: 'gamboge', failed: 'cinnabar', stopped: 'plain' }

export function RunStateChip({ state }: { readonly state: HarvestRunState }) {
  const { t } = useT()
  return <Chip tone={TONE[state]}>{t(`harvest.run.${state}`)}</Chip>
}

export const isGoingOn = (run: HarvestRun | null | undefined): boolean => run?.state === 'queued' || run?.state === 'running'

/** How far a run is: a bar where the source says how many records it has, a count otherwise. */
export function RunProgress({ run }: { readonly run: HarvestRun }) {
  const { t } = useT()
  const format = useFormat()
  const words = run.total === null ? t('harvest.seenSoFar', { count: run.seen, figure: format.number(run.seen) }) : t('harvest.seenOf', { seen: format.number(run.seen), total: format.number(run.total) })
  return (
    <div role="status" aria-live="polite">
      {run.total !== null && run.total > 0 && <Progress percent={Math.min(100, Math.floor((run.seen / run.total) * 100))} size="small" aria-label={words} />}
      <span className="dt-secondary">{run.state === 'queued' ? t('harvest.waits') : words}</span>
    </div>
  )
}
