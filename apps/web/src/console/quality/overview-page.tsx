import { operations } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { CityScore } from './city-score.tsx'
import { DepartmentScores } from './department-scores.tsx'
import { EntriesPanel } from './entries-panel.tsx'
import { HeldPanel } from './held-panel.tsx'
import './checks.css'

/** How good the data of the city are, of which department, and which entries pull down or are held back. */
export function QualityOverviewPage() {
  const { can } = useSession()
  const overview = useApi(operations.qualityOverview)
  return (
    <>
      <Loaded of={overview}>
        {(data) => (
          <>
            <CityScore overview={data} />
            {can(operations.listHeldVersions) && <HeldPanel />}
            <DepartmentScores departments={data.departments} />
          </>
        )}
      </Loaded>
      <EntriesPanel />
    </>
  )
}
