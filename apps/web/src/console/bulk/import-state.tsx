import type { BulkImport, BulkState } from '@datong/contracts'
import { Progress } from 'antd'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'

const TONE: Record<BulkState, Tone> = { mapping: 'gamboge', previewed: 'gamboge', applying: 'primary', applied: 'jade', undoing: 'primary', undone: 'plain', dropped: 'plain' }

export const isWorking = (state: BulkState | undefined): boolean => state === 'applying' || state === 'undoing'

export function ImportStateChip({ state }: { readonly state: BulkState }) {
  const { t } = useT()
  return <Chip tone={TONE[state]}>{t(`bulk.state.${state}`)}</Chip>
}

/** How many rows the job has come to. */
export function ImportProgress({ state, counts, results }: Pick<BulkImport, 'state' | 'counts' | 'results'>) {
  const { t } = useT()
  const format = useFormat()
  const { done, failed, undone, kept } = results
  const total = state === 'undoing' ? done + undone + kept : counts.new + counts.changed
  const reached = state === 'undoing' ? undone + kept : done + failed
  const words = t('bulk.progress', { done: format.number(reached), total: format.number(total) })
  return (
    <div role="status" aria-live="polite">
      <Progress percent={total === 0 ? 100 : Math.floor((reached / total) * 100)} size="small" aria-label={words} />
      <span className="dt-secondary">{words}</span>
    </div>
  )
}
