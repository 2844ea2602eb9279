import { operations } from '@datong/contracts'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { USUAL_PERIOD } from '../../shared/quality/trend-period.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { CityScore } from './city-score.tsx'
import { DepartmentScores } from './department-scores.tsx'
import { EntriesPanel } from './entries-panel.tsx'
import { GroupTrend } from './group-trend.tsx'
import { HeldPanel } from './held-panel.tsx'
import { WorstEntries } from './worst-entries.tsx'
import './checks.css'

/** How good the data of the city are and how that went, of which department, and which entries pull down or are held back. */
export function QualityOverviewPage() {
  const { can } = useSession()
  const [days, setDays] = useState(USUAL_PERIOD)
  const [scope, setScope] = useState<string | null>(null)
  const overview = useApi(operations.qualityOverview)
  const trend = useApi(operations.qualityTrend, { query: { days } }, { keepPrevious: true })
  const show = (organisation: string): void => {
    setScope(organisation)
    document.getElementById('quality-trend')?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <Loaded of={overview}>
        {(data) => (
          <>
            <CityScore overview={data} />
            {can(operations.listHeldVersions) && <HeldPanel />}
            <GroupTrend trend={trend} days={days} onDays={setDays} scope={scope} onScope={setScope} />
            <DepartmentScores departments={data.departments} trend={trend.data} onShow={show} />
            <WorstEntries entries={data.worst} />
          </>
        )}
      </Loaded>
      <EntriesPanel />
    </>
  )
}
