import { operations } from '@datong/contracts'
import { useState, type ReactNode } from 'react'
import { useApi } from '../api/hooks.ts'
import { Loaded } from '../ui/states.tsx'
import { ScoreTrend } from './score-trend.tsx'
import { TrendPeriod, USUAL_PERIOD } from './trend-period.tsx'

interface EntryTrendProps {
  readonly code: string
  /** The entry's title. */
  readonly of: string
  /** The frame around it: each face of the platform has its own. */
  readonly frame: (period: ReactNode, body: ReactNode) => ReactNode
}

/** How the score of an entry went, with the versions that were in use. */
export function EntryTrendPanel({ code, of, frame }: EntryTrendProps) {
  const [days, setDays] = useState(USUAL_PERIOD)
  const trend = useApi(operations.getEntryTrend, { params: { code }, query: { days } }, { keepPrevious: true })
  return frame(
    <TrendPeriod days={days} onChange={setDays} />,
    <Loaded of={trend} rows={6}>{({ days: on, versions, ...line }) => <ScoreTrend trend={{ days: on, versions, line }} of={of} />}</Loaded>,
  )
}
